import Foundation
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// The gate counts classes again on a file's bytes, whoever wrote them.
@Suite struct ClassRecountTests {
  /// A table with the columns `a`, `b` (quasi-identifiers), `p` (persons) and `s`.
  private func verdict(
    _ rows: [[String]], _ classes: [ClassTerms], format: PlannedOutput.Format = .csv,
    rounded: (columns: [Int], base: Int)? = nil, entries: Int? = nil
  ) throws -> String {
    let names = ["a", "b", "p", "s"]
    let text: String
    switch format {
    case .csv, .csvGzip:
      text = ([names] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    case .json, .jsonLines:
      let lines = rows.map { row in
        "{"
          + zip(names, row).map { "\"\($0)\":\($1.isEmpty ? "null" : "\"\($1)\"")" }
          .joined(separator: ",") + "}"
      }
      text =
        format == .json
        ? "[" + lines.joined(separator: ",\n") + "]" : lines.map { $0 + "\n" }.joined()
    }
    let folder = try TemporaryFolder()
    try folder.write(text, to: "x")
    var sizes = GateWatch.Sizes()
    if let entries { sizes.entries = entries }
    let watch = GateWatch(
      GateTerms(name: "x", format: format, names: names, classes: classes, rounded: rounded),
      path: folder.url.appending(path: "x").path, threads: 1, sizes: sizes)
    watch.written(Array(text.utf8), content: text.utf8.count)
    do {
      _ = try watch.finish(rowsWritten: rows.count)
      return ""
    } catch let error as RunError {
      #expect(error.exit == .refused && error.remedy != nil)
      return error.message.en
    }
  }

  private func terms(
    k: Int, person: Int? = nil, _ spreads: [Anonymity.Spread] = []
  ) -> ClassTerms {
    ClassTerms(
      k: k, quasi: [0, 1], person: person, hasPersons: true,
      sensitive: [.init(field: "s", column: 3, isNumber: false, spreads: spreads)])
  }

  private static let formats: [PlannedOutput.Format] = [.csv, .json, .jsonLines]

  @Test(arguments: formats) func aClassTooSmallIsFound(_ format: PlannedOutput.Format) throws {
    let sound = [["1", "x", "p1", "u"], ["1", "x", "p2", "v"], ["2", "", "p3", "u"]]
    #expect(try verdict(sound + [["2", "", "p4", "u"]], [terms(k: 2)], format: format) == "")
    #expect(
      try verdict(sound + [["2", "y", "p4", "u"]], [terms(k: 2)], format: format)
        == "gate: 'x' holds classes of fewer than 2 persons (2)")
  }

  /// An empty cell, an empty text and a star are three values; so are cells moved by a column.
  @Test func noTwoCellsAreTakenForOne() throws {
    let pairs = [["", "x"], ["\"\"", "x"], ["*", "x"], ["1", "12"], ["11", "2"]]
    for one in pairs {
      for other in pairs where one != other {
        let rows = [one + ["p", "u"], one + ["q", "u"], other + ["r", "u"]]
        #expect(try verdict(rows, [terms(k: 2)]) != "", "\(one) \(other)")
      }
    }
    // Rows that are nothing but stars are a class, too.
    #expect(try verdict([["*", "*", "p", "u"]], [terms(k: 2)]) != "")
  }

  @Test func rowsOfOnePersonAreOne() throws {
    let rows = [["1", "x", "p1", "u"], ["1", "x", "p1", "v"], ["1", "x", "p2", "v"]]
    #expect(try verdict(rows, [terms(k: 3)]) == "")
    #expect(try verdict(rows, [terms(k: 2, person: 2)]) == "")
    #expect(
      try verdict(rows, [terms(k: 3, person: 2)])
        == "gate: 'x' holds classes of fewer than 3 persons (1)")
  }

  @Test func whatIsAlikeIsFound() throws {
    func rows(_ values: String) -> [[String]] {
      values.enumerated().map { ["1", "x", "p\($0)", String($1)] }
    }
    let found = "gate: 'x' holds classes (1) in which 's' breaks the promise "
    #expect(try verdict(rows("uuv"), [terms(k: 2, [.distinct(2)])]) == "")
    #expect(try verdict(rows("uuu"), [terms(k: 2, [.distinct(2)])]) == found + "l=2")
    // Even shares of two values: exactly ln 2.
    #expect(try verdict(rows("uuvv"), [terms(k: 2, [.entropy(millionths: 2_000_000)])]) == "")
    #expect(
      try verdict(rows("uuuv"), [terms(k: 2, [.entropy(millionths: 2_000_000)])])
        == found + "entropy l=2")
    // r1 < c·(r2 + …) is strict.
    let recursive = Anonymity.Spread.recursive(millionths: 2_000_000, 2)
    #expect(try verdict(rows("uuuvv"), [terms(k: 2, [recursive])]) == "")
    #expect(
      try verdict(rows("uuuuvv"), [terms(k: 2, [recursive])]) == found + "recursive (2, 2)")
  }

  @Test func countsThatAreNoMultiplesAreFound() throws {
    let rows = [["1", "x", "p", "15"], ["2", "x", "p", "0"], ["3", "x", "p", ""]]
    #expect(try verdict(rows, [], rounded: ([3], 5)) == "")
    for other in ["14", "-1", "5.0", "x", "99999999999999999999"] {
      #expect(
        try verdict(rows + [["4", "x", "p", other]], [], rounded: ([3], 5))
          == "gate: 'x' holds rows (1) with a count that is no multiple of 5")
    }
  }

  /// Random tables against a count of their rows, whole and in parts of any size.
  @Test func countsAreThoseOfTheRows() throws {
    var numbers = RandomLines.Numbers(state: 41)
    var verdicts: Set<String> = []
    for _ in 0..<60 {
      let (wide, most) = (Int.random(in: 1...6, using: &numbers), 60)
      let rows = (0..<Int.random(in: 1...most, using: &numbers)).map { _ in
        [wide, 2, 8, 4].map { String(Int.random(in: 0..<$0, using: &numbers)) }
      }
      let k = Int.random(in: 1...5, using: &numbers)
      let byPerson = Bool.random(using: &numbers)
      let l = Int.random(in: 1...3, using: &numbers)
      let classes = Dictionary(grouping: rows) { [$0[0], $0[1]] }.values
      let small = classes.count { own in
        (byPerson ? Set(own.map { $0[2] }).count : own.count) < k
      }
      let alike = classes.count { Set($0.map { $0[3] }).count < l }
      let expected =
        small > 0
        ? "gate: 'x' holds classes of fewer than \(k) persons (\(small))"
        : alike > 0
          ? "gate: 'x' holds classes (\(alike)) in which 's' breaks the promise l=\(l)" : ""
      verdicts.insert(expected.isEmpty ? "sound" : small > 0 ? "small" : "alike")
      for entries in [nil, 0, 12] {
        let found = try verdict(
          rows, [terms(k: k, person: byPerson ? 2 : nil, [.distinct(l)])], entries: entries)
        #expect(found == expected)
      }
    }
    #expect(verdicts.count == 3)
  }
}
