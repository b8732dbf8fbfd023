import Foundation
import TestSupport
import Testing

/// The scanner beside Python's csv module, cell by cell, on texts well formed and not.
///
/// Where both take a text for a table of so many columns they must read the same cells. Where one
/// does not, the other does not either, but for the differences named here:
/// - Python ends a record at a lone CR; here it is a character of a dialect whose lines end with LF.
/// - Python takes a zero byte for a character; here it is a fault.
/// - Python gives a row without cells for a blank line; here blank lines are counted, not rows.
@Suite struct ScanPythonTests {
  static let script = """
    import csv, io, json, sys
    # All of the input before any output: who runs this does not read while it writes.
    for line in sys.stdin.read().splitlines():
        text = bytes.fromhex(line.strip()).decode("latin-1")
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            rows = None
        print(json.dumps(rows and [row for row in rows if row]) if rows is not None else "null")
    """

  static func texts() -> [[UInt8]] {
    var random = SeededBytes(seed: 4711)
    var texts: [[UInt8]] = []
    for round in 0..<3_000 {
      let text: [UInt8] =
        switch round % 4 {
        case 0: random.bytes(random.below(60), from: "\"\",,\na")
        case 1: random.csv(rows: random.below(12), columns: 3, dirt: 0)
        case 2: random.csv(rows: random.below(12), columns: 3, dirt: random.pick([20, 60, 300]))
        default: random.openings(lines: random.below(12))
        }
      texts.append(text)
    }
    return texts
  }

  @Test func readsWhatPythonReads() throws {
    guard let python = Program.python else { return }
    // Without the first two of the named differences.
    let texts = Self.texts().filter { text in
      !text.contains(0)
        && text.indices.allSatisfy { text[$0] != 13 || ($0 + 1 < text.count && text[$0 + 1] == 10) }
    }
    let input = texts.map { $0.map { String(format: "%02x", $0) }.joined() + "\n" }.joined()
    let result = try Program.run(python, ["-c", Self.script], input: Data(input.utf8))
    #expect(result.status == 0, "\(result.errors)")
    let answers = result.output.split(separator: "\n")
    try #require(answers.count == texts.count)
    var (tables, refused) = (0, 0)
    for (text, answer) in zip(texts, answers) {
      let rows = try JSONDecoder().decode([[String]]?.self, from: Data(answer.utf8))
      var trial = ScanPropertyTests.Trial(text: text)
      trial.wanted = [0, 1, 2]
      trial.block = 100_000
      let reading = try #require(ScanPropertyTests.read(trial))
      let isTable = rows.map { $0.allSatisfy { $0.count == 3 } } ?? false
      guard isTable == reading.faults.isEmpty else {
        Issue.record("Python \(answer), here \(reading.faults): \(Self.shown(text))")
        continue
      }
      guard isTable, let rows else { refused += 1; continue }
      tables += 1
      let cells = reading.records.map { $0.map { Self.latin($0.content) } }
      #expect(cells == rows, "\(Self.shown(text))")
    }
    #expect(tables > 700 && refused > 700, "\(tables) tables, \(refused) others")
  }

  private static func latin(_ bytes: [UInt8]) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  private static func shown(_ text: [UInt8]) -> String { latin(text).debugDescription }
}
