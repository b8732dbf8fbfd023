import Anonymise
import Foundation
import StageKit
import StageTestSupport
import Synchronization
import Tabular
import Testing

/// Levels that are laid down, reviewed and used again.
@Suite struct SolutionFileTests {
  private let folder: String
  private static let ages = "1;low;*\n2;low;*\n3;high;*\n4;high;*\n"

  init() throws {
    folder = NSTemporaryDirectory() + "octroi-solution-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Self.ages.write(toFile: folder + "/ages.csv", atomically: true, encoding: .utf8)
  }

  private func stage(
    _ ages: [Int], k: Int = 2, limit: String = "0", _ diagnostics: Diagnostics = Diagnostics()
  ) throws -> BoundStage<KAnonymiseStage> {
    let table = try YamlText.node(
      """
      fields: {age: integer quasi}
      csv: |
        age
      \(ages.map { "  \($0)\n" }.joined())
      """, file: "table.yml")
    return try BoundStage(
      """
      k: \(k)
      person: row
      quasi: {age: ages.csv}
      suppress_at_most: \(limit)
      solution: levels.yml
      """, try TestTable(table, source: "table.yml"),
      diagnostics: diagnostics, folder: folder)
  }

  /// What a run throws, and what it proposes.
  private func run(_ stage: BoundStage<KAnonymiseStage>) throws -> (rows: Int?, told: String) {
    let proposal = Mutex<[UInt8]?>(nil)
    do {
      let rows = try stage.run(propose: { _, bytes in proposal.withLock { $0 = bytes } }).rows
      #expect(proposal.withLock { $0 } == nil)
      return (rows.count, "")
    } catch let error as OperatorError {
      if let bytes = proposal.withLock({ $0 }) {
        try Data(bytes).write(to: URL(filePath: folder + "/levels.yml"))
      }
      return (nil, error.message.en)
    }
  }

  @Test func isProposedThenUsedThenVerified() throws {
    let diagnostics = Diagnostics()
    let first = try run(try stage([1, 2, 3, 4], diagnostics))
    #expect(diagnostics.all.map(\.code) == ["no-solution"] && !diagnostics.hasErrors)
    #expect(first.rows == nil && first.told.contains("nothing was published"))
    let text = try String(contentsOfFile: folder + "/levels.yml", encoding: .utf8)
    #expect(text.contains("\n  \"age\": 1\n") && text.contains("\nproven_best: true\n"))
    // Level 0 would do here; what was reviewed is used all the same.
    let again = try stage([1, 1, 3, 3])
    #expect(try run(again).rows == 4)
    #expect(
      try again.run().rows.map { "\($0[0])" }.allSatisfy {
        $0.contains("low") || $0.contains("high")
      })
    let broken = try run(try stage([1, 1, 3]))
    #expect(broken.rows == nil && broken.told.contains("1 of 3 rows"))
    // A preview searches and lays nothing down.
    try FileManager.default.removeItem(atPath: folder + "/levels.yml")
    #expect(try stage([1, 1, 3, 3]).run().rows.count == 4)
  }

  @Test func otherOptionsAndHierarchiesMakeItStale() throws {
    _ = try run(try stage([1, 2, 3, 4], limit: "5.0%"))
    // What means the same is the same.
    #expect(try run(try stage([1, 2, 3, 4], limit: "5%")).rows == 4)
    let diagnostics = Diagnostics()
    #expect(throws: StageRejected.self) { try stage([1], k: 3, limit: "5%", diagnostics) }
    #expect(diagnostics.all.map(\.code) == ["stale-solution"])
    try (Self.ages + "5;high;*\n")
      .write(toFile: folder + "/ages.csv", atomically: true, encoding: .utf8)
    let others = Diagnostics()
    #expect(throws: StageRejected.self) { try stage([1], limit: "5%", others) }
    #expect(others.all.map(\.message.en) == ["the solution was chosen for other hierarchies"])
  }

  @Test(arguments: [
    ("levels:\n  \"age\": 1", "no solution"), ("octroi: 1\nlevels: x: y", "no solution"),
    ("octroi: 1\nsolution: k_anonymise\noptions: a\nhierarchies: b\nlevels:\n  age: one", "line 6"),
    ("octroi: 1\noctroi: 1", "line 2"), ("words", "line 1"),
  ])
  func whatIsNoSolutionIsTold(_ text: String, _ told: String) {
    let error = #expect(throws: PinnedSolution.Fault.self) { try PinnedSolution(text: text) }
    #expect(error?.message.en.contains(told) == true)
  }

  @Test func levelsBeyondTheHierarchyAreTold() throws {
    _ = try run(try stage([1, 2, 3, 4]))
    let text = try String(contentsOfFile: folder + "/levels.yml", encoding: .utf8)
    for wrong in ["\"age\": 3", "\"age\": -1", "\"age\": [1, 1]", "\"Age\": 1"] {
      try text.replacing("\"age\": 1", with: wrong)
        .write(toFile: folder + "/levels.yml", atomically: true, encoding: .utf8)
      let diagnostics = Diagnostics()
      #expect(throws: StageRejected.self) { try stage([1], diagnostics) }
      #expect(diagnostics.all.map(\.code) == ["bad-solution"], "\(wrong)")
    }
  }

  @Test func namesStandInQuotes() throws {
    let purpose = PinnedSolution.Purpose(options: ["a"], hierarchies: [])
    let names = ["a\"b", "c\\", "d: e", "é #"]
    let text = SolutionText(
      purpose, names.map { .init(name: $0, levels: [1, 2], lost: 0.25) }, score: 0.5, rows: 1,
      suppressed: 0, classes: 1, isOptimal: false
    ).text
    let read = try PinnedSolution(text: text)
    #expect(read.purpose == purpose)
    #expect(read.levels == Dictionary(uniqueKeysWithValues: names.map { ($0, [1, 2]) }))
  }

  @Test func partsDoNotRunTogether() {
    let one = PinnedSolution.Purpose(options: ["ab", "c"], hierarchies: [])
    let other = PinnedSolution.Purpose(options: ["a", "bc"], hierarchies: [])
    #expect(one.options != other.options)
  }
}
