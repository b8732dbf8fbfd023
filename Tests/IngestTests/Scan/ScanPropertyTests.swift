import Ingest
import Tabular
import Testing

/// Random texts: the scan against libcsv, and against itself with other threads and blocks.
@Suite struct ScanPropertyTests {
  /// Records that strict CSV allows, with everything that makes them hard.
  static func strict(_ numbers: inout SeededNumbers) -> [[String]] {
    let pieces = ["a", "é", " ", "\"", ";", "\n", "\r\n", "'", "x y", "😀", ",", "0"]
    return (0..<Int.random(in: 1...40, using: &numbers)).map { _ in
      (0..<3).map { _ in
        (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &numbers)]
        }.joined()
      }
    }
  }

  static func text(_ rows: [[String]], _ end: String, _ numbers: inout SeededNumbers) -> String {
    var text = "a;b;c" + end
    for row in rows {
      let cells = row.map { cell -> String in
        let special = cell.contains { ";\"\n\r".contains($0) } || cell.contains("\r\n")
        let quotes = special || Int.random(in: 0..<3, using: &numbers) == 0
        return quotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }
      text += cells.joined(separator: ";") + end
    }
    return text
  }

  static var options: DialectOptions {
    var dialect = Dialect(delimiter: UInt8(ascii: ";"))
    dialect.hasHeader = true
    return .declared(dialect)
  }

  @Test(arguments: 0..<30)
  func agreesWithLibcsvOnStrictTexts(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    let rows = Self.strict(&numbers)
    let text = Self.text(rows, seed % 2 == 0 ? "\n" : "\r\n", &numbers)
    let reader = try ReferenceReader(
      BytesSource(Array(text.utf8)), name: "t", delimiter: UInt8(ascii: ";"))
    var expected: [[String]] = []
    var row = ReferenceRow()
    while try reader.next(&row) {
      // What the scan skips: a record of delimiters alone.
      let isEmpty = (0..<row.count).allSatisfy { row.isNull($0) }
      if !isEmpty || row.count == 0 { expected.append(row.strings) }
    }
    expected.removeFirst()
    let scanned = try Scanning.scan(text, Scanning.texts("a", "b", "c"), threads: 2) {
      $0.dialect = Self.options
      $0.blockSize = 97
    }
    #expect(scanned.error == nil && scanned.counts.rejected == 0)
    let found = scanned.rows.map { row in
      row.map { cell in if case .text(let text) = cell { text } else { "" } }
    }
    // Blanks alone in the first cell look like an empty row when nothing else is there.
    let kept = expected.filter { row in
      !row.allSatisfy { $0.allSatisfy { $0 == " " } } || found.contains(row)
    }
    #expect(found == kept)
    #expect(scanned.counts.read == expected.count + scanned.counts.skipped - 0)
  }

  /// Bytes that make no sense at all, with a header in front.
  static func noise(_ seed: UInt64) -> [UInt8] {
    var numbers = SeededNumbers(seed)
    let alphabet = Array("ab;;\"\"\n\n\r1,2 é\\".utf8)
    let count = Int.random(in: 0...3000, using: &numbers)
    return Array("a;b;c\n".utf8)
      + (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)] }
  }

  @Test(arguments: 0..<25)
  func threadsAndBlocksChangeNothing(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", Self.noise(seed))
    var schema = Scanning.texts("a", "b", "c")
    schema.fields[0].constraints.unique = true
    schema.fields[1].constraints.required = true
    func scan(_ threads: Int, _ block: Int) -> Scanned {
      Scanning.scan(folder, ["t.csv"], schema, threads: threads) {
        $0.dialect = Self.options
        $0.dialect.encoding = .windows1252
        $0.dialect.footerRecords = nil
        $0.blockSize = block
      }
    }
    let first = scan(1, 1 << 20)
    #expect(first.error == nil)
    for (threads, block) in [(1, 64), (4, 64), (3, 1000), (4, 1 << 16)] {
      let other = scan(threads, block)
      #expect(other.error == nil)
      #expect(other.rows == first.rows)
      #expect(other.counts == first.counts)
      #expect(other.rejects == first.rejects)
      #expect(other.report?.files[0].identity == first.report?.files[0].identity)
    }
  }

  /// The books are kept right whatever the bytes: every physical line is in a record once.
  @Test(arguments: 0..<25)
  func everyByteBelongsToSomething(seed: UInt64) throws {
    let bytes = Self.noise(seed &+ 1000)
    let folder = try TemporaryFolder()
    try folder.write("t.csv", bytes)
    let scanned = Scanning.scan(folder, ["t.csv"], Scanning.texts("a", "b", "c")) {
      $0.dialect = Self.options
      $0.dialect.encoding = .iso8859x1
    }
    let report = try #require(scanned.report)
    #expect(report.files[0].textBytes == bytes.count)
    #expect(scanned.rows.count == scanned.counts.passed)
    #expect(
      scanned.rejects.count == (scanned.counts.rejected == 0 ? 0 : scanned.counts.rejected + 1))
    // Lines of rejects ascend.
    let lines = scanned.rejects.dropFirst().compactMap { Int($0[1]) }
    #expect(lines == lines.sorted())
  }
}
