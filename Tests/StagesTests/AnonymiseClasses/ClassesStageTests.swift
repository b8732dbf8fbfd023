import Anonymise
import Foundation
import StageKit
import StageTestSupport
import Tabular
import Testing

/// The stage on a few thousand rows: the same whatever the threads, batches and memory.
@Suite struct ClassesStageTests {
  private let folder: String
  private static let hierarchies = [
    "age": (0..<90).map { "\($0);\($0 / 10);*" }.joined(separator: "\n"),
    "naissance": (0..<28).map { "2001-02-\($0 < 9 ? "0" : "")\($0 + 1);\($0 / 7);*" }
      .joined(separator: "\n"),
  ]

  init() throws {
    folder = NSTemporaryDirectory() + "octroi-classes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in Self.hierarchies {
      try text.write(toFile: folder + "/\(name).csv", atomically: true, encoding: .utf8)
    }
  }

  private func table(_ count: Int) throws -> TestTable {
    var dice = SmallDice(seed: 3)
    let rows = (0..<count).map { _ in
      let day = dice.below(28) + 1
      let age = dice.below(40) == 0 ? "" : "\(min(dice.below(90), dice.below(90)))"
      return "  \(age),2001-02-\(day < 10 ? "0" : "")\(day),\(dice.below(count / 2)),"
        + "m\(dice.below(5))\n"
    }
    return try TestTable(
      try YamlText.node(
        """
        fields:
          {age: integer quasi, naissance: date quasi, qui: integer pseudonym, mal: text sensitive}
        csv: |
          age,naissance,qui,mal
        \(rows.joined())
        """, file: "table.yml"), source: "table.yml")
  }

  @Test(arguments: ["{age: age.csv, naissance: naissance.csv}", "{age: ranges, naissance: ranges}"])
  func sameRowsWhateverTheMemory(_ quasi: String) throws {
    let table = try table(6000)
    let bound = try BoundStage<KAnonymiseStage>(
      "{k: 4, person: qui, quasi: \(quasi), sensitive: {mal: {distinct: 2}}, suppress_at_most: 5%}",
      table, folder: folder)
    func rows(_ each: Int, _ workers: Int, _ memory: Int) throws -> [[Value]] {
      let context = StageContext(
        wanted: Set(bound.stage.output.names), sides: [:], keys: TestKeys(),
        resources: StageRun.resources, remark: { _ in })
      let result = try StageRun.run(
        try bound.stage.operation(context), table.batches(rowsEach: each), workers: workers,
        resources: Resources(threads: workers, memory: memory, scratch: folder))
      #expect(result.tally.balances)
      return result.batches.flatMap { batch in
        (0..<batch.rowCount).map { row in batch.columns.map { $0.value(row) } }
      }
    }
    let whole = try rows(6000, 1, 1 << 30)
    #expect(whole.count > 5000)
    #expect(try rows(100, 3, 1 << 30) == whole)
    #expect(try rows(250, 2, 1 << 20) == whole)
    var classes: [[Value]: (persons: Set<[Value]>, illnesses: Set<[Value]>)] = [:]
    for row in whole {
      classes[Array(row[0...1]), default: ([], [])].persons.insert([row[2]])
      classes[Array(row[0...1]), default: ([], [])].illnesses.insert([row[3]])
    }
    #expect(classes.count > 5)
    #expect(classes.values.allSatisfy { $0.persons.count >= 4 && $0.illnesses.count >= 2 })
  }
}
