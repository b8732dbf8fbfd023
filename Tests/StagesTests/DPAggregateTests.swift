import Anonymise
import Foundation
import StageKit
import StageTestSupport
import Tabular
import Testing

/// What one person contributes, and what is released of it.
@Suite struct DPAggregateTests {
  private static let facts = Facts(fields: [
    Field("person", .text, privacy: Privacy(.pseudonym, from: origin("person"))),
    Field("district", .text, privacy: Privacy(.quasi, from: origin("district"))),
    Field("amount", .decimal, privacy: Privacy(.sensitive, from: origin("amount")), decimals: 2),
  ])

  private static func origin(_ field: String) -> FieldOrigin {
    FieldOrigin(source: "people", field: field)
  }

  private static func table(_ count: Int, persons: Int, seed: UInt64) -> TestTable {
    var random = KnownRandomness(seed)
    let rows = (0..<count).map { _ -> [Value] in
      let person = Int.random(in: 0...persons, using: &random)
      let amount = Int128(Int.random(in: -20_000...80_000, using: &random))
      return [
        person == persons ? .null : .text("p\(person)"),
        .text("d\(Int.random(in: 0..<5, using: &random))"),
        amount % 11 == 0 ? .null : .decimal(Decimal(digits: amount, scale: 2)),
      ]
    }
    return TestTable(facts: facts, rows: rows)
  }

  /// Grants everything, and remembers.
  private struct Granted: PrivacyBudget {
    func debit(_ cost: PrivacyCost) throws -> Bool { true }
  }

  private struct Refused: PrivacyBudget {
    func debit(_ cost: PrivacyCost) throws -> Bool {
      throw OperatorError(Message(en: "nothing is left", fr: "il ne reste rien"))
    }
  }

  private func run(
    _ yaml: String, _ table: TestTable, budget: any PrivacyBudget = Granted(), seed: UInt64 = 1,
    rowsEach: Int = 1000, workers: Int = 1
  ) throws -> (rows: [[Value]], tally: Tally) {
    let bound = try BoundStage<DPAggregateStage>(yaml, table)
    let context = StageContext(
      wanted: Set(bound.stage.output.names), sides: [:], keys: TestKeys(),
      resources: StageRun.resources, budget: budget, remark: { _ in })
    let breaker = try bound.stage.breaker(context, KnownRandomness(seed))
    return try bound.run(rowsEach: rowsEach, workers: workers) { _ in .breaker(breaker) }
  }

  /// With ε = 100 a noise that is not 0 has a probability of e⁻³³ at most: totals are exact.
  private static let exact = """
    by: [district]
    person: person
    bounds: {groups: 5, rows: 1000}
    keys: {district: [d0, d1, d2, d3, d9]}
    measures:
      persons: {count: persons, weight: 500}
      rows: {count: rows, weight: 500}
      total: {sum: amount, from: -100, to: 500, decimals: 0}
    epsilon: 100
    """

  @Test func totalsAreThoseOfTheRows() throws {
    let table = Self.table(4_000, persons: 300, seed: 3)
    let result = try run(
      Self.exact.replacing("groups: 5, rows: 1000", with: "groups: 5, rows: 60"), table)
    #expect(result.tally.balances)
    var expected: [String: (persons: Set<Value>, rows: Int)] = [:]
    for row in table.rows where row[0] != .null {
      guard case .text(let district) = row[1] else { continue }
      expected[district, default: ([], 0)].persons.insert(row[0])
      expected[district, default: ([], 0)].rows += 1
    }
    #expect(result.rows.map { $0[0] } == ["d0", "d1", "d2", "d3", "d9"].map { .text($0) })
    for row in result.rows {
      guard case .text(let district) = row[0], case .integer(let persons) = row[1],
        case .integer(let rows) = row[2]
      else {
        Issue.record("no figures: \(row)")
        continue
      }
      let wanted = expected[district] ?? ([], 0)
      // One person's share in the noise of these bounds is still small.
      #expect(abs(Int(persons) - wanted.persons.count) <= 2)
      #expect(abs(Int(rows) - wanted.rows) <= 150)
    }
    let unknown = table.rows.count { $0[0] == .null }
    #expect(result.tally.left[RowWay.noPerson] == unknown)
    let outside = table.rows.count { $0[0] != .null && $0[1] == .text("d4") }
    #expect(result.tally.left[RowWay.undeclared] == outside)
    #expect(result.tally.made[RowWay.completed] == 1)
  }

  /// What stays of each person, by brute force; and it is the same however rows are spread.
  @Test(arguments: [(1, 1), (2, 3), (4, 2), (5, 1000)])
  func contributionsAreBounded(_ groups: Int, _ rows: Int) throws {
    let table = Self.table(3_000, persons: 120, seed: 9)
    let whole = try bounded(table, groups, rows, rowsEach: 3_000, workers: 1, memory: 1 << 28)
    for (rowsEach, workers, memory) in [(7, 3, 1 << 28), (100, 2, 1 << 28), (64, 3, 1 << 12)] {
      let other = try bounded(
        table, groups, rows, rowsEach: rowsEach, workers: workers, memory: memory)
      #expect(Set(other) == Set(whole), "\(rowsEach) \(workers) \(memory)")
      #expect(other.count == whole.count)
    }
    var all: [String: [String: [Int]]] = [:]
    for (index, row) in table.rows.enumerated() {
      if case .text(let person) = row[0], case .text(let district) = row[1] {
        all[person, default: [:]][district, default: []].append(index)
      }
    }
    var kept: [String: [String: [Kept]]] = [:]
    for row in whole {
      if case .text(let person) = row.cells[0], case .text(let district) = row.cells[1] {
        kept[person, default: [:]][district, default: []].append(row)
      }
    }
    #expect(kept.count == all.count)
    for (person, districts) in all {
      let mine = kept[person] ?? [:]
      #expect(mine.count == min(groups, districts.count))
      for (district, stayed) in mine {
        let lines = Array((districts[district] ?? []).prefix(rows))
        #expect(stayed.map(\.line).sorted() == lines)
        #expect(stayed.filter(\.isFirst).map(\.line) == [lines[0]])
      }
    }
  }

  /// Taking a person away changes nothing of what is kept of others: the noise rests on it.
  @Test func othersDoNotMatter() throws {
    let table = Self.table(2_000, persons: 60, seed: 21)
    let before = try bounded(table, 2, 2, rowsEach: 50, workers: 2, memory: 1 << 28)
    for gone in ["p0", "p17", "p59"] {
      let fewer = TestTable(
        facts: table.facts, rows: table.rows.filter { $0[0] != .text(gone) })
      let after = try bounded(fewer, 2, 2, rowsEach: 50, workers: 2, memory: 1 << 28)
      let rest = before.filter { $0.cells[0] != .text(gone) }
      #expect(rest.map(\.cells).sorted(by: text) == after.map(\.cells).sorted(by: text))
    }
  }

  private func text(_ a: [Value], _ b: [Value]) -> Bool { "\(a)" < "\(b)" }

  struct Kept: Hashable {
    let line: Int
    let cells: [Value]
    let isFirst: Bool
  }

  private func bounded(
    _ table: TestTable, _ groups: Int, _ rows: Int, rowsEach: Int, workers: Int, memory: Int
  ) throws -> [Kept] {
    // The line stands in a column of its own.
    let facts = Facts(
      fields: table.facts.fields + [Field("line", .integer, privacy: .none)])
    let lined = TestTable(
      facts: facts, rows: table.rows.enumerated().map { $1 + [.integer(Int64($0))] })
    let breaker = BoundedContributions(
      person: 0, groups: [1], mostGroups: groups, mostRows: rows,
      inputTypes: facts.fields.map(\.type), declared: nil, choice: 77)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let resources = Resources(threads: 2, memory: memory, scratch: folder.path)
    let states = (0..<workers).map { _ in breaker.makeWorker(resources) }
    for (turn, batch) in try lined.batches(rowsEach: rowsEach).reversed().enumerated() {
      try states[turn % workers].consume(batch)
    }
    var tally = Tally()
    let source = try breaker.finish(states, resources, tally: &tally)
    #expect(tally.balances)
    var found: [Kept] = []
    while let batch = try source.next() {
      for row in 0..<batch.rowCount {
        let cells = batch.columns.map { $0.value(row) }
        guard case .integer(let line) = cells[3], cells.count == 5 else { continue }
        found.append(
          Kept(line: Int(line), cells: Array(cells[0..<3]), isFirst: cells[4] == .boolean(true)))
      }
    }
    return found
  }

  // MARK: Release

  @Test func sumsAreCutToTheirBounds() throws {
    let cells: [(String, Int128)] = [("a", 999_900), ("b", -999_900), ("c", 12_345)]
    let rows = cells.map { person, cents -> [Value] in
      [.text(person), .text("d0"), .decimal(Decimal(digits: cents, scale: 2))]
    }
    let result = try run(
      """
      by: [district]
      person: person
      bounds: {groups: 1, rows: 1}
      keys: {district: [d0]}
      measures: {total: {sum: amount, from: 0, to: 1, decimals: 0}}
      epsilon: 100
      """, TestTable(facts: Self.facts, rows: rows))
    // 1 + 0 + 1
    #expect(result.rows.first?[1] == .decimal(Decimal(digits: 2, scale: 0)))
  }

  @Test func nothingIsShownInARehearsal() throws {
    let table = Self.table(300, persons: 30, seed: 5)
    let shown = try run(Self.exact, table, budget: Rehearsal())
    #expect(shown.rows.count == 5)
    #expect(shown.rows.allSatisfy { $0.dropFirst().allSatisfy { $0 == .null } })
    #expect(shown.tally.balances)
    let hidden = try run(Self.unknownGroups, table, budget: Rehearsal())
    #expect(hidden.rows.isEmpty)
    #expect(hidden.tally.balances)
  }

  @Test func refusalReleasesNothing() throws {
    let table = Self.table(300, persons: 30, seed: 5)
    #expect(throws: OperatorError.self) { try run(Self.exact, table, budget: Refused()) }
  }

  private static let unknownGroups = """
    by: [district]
    person: person
    bounds: {groups: 1, rows: 1}
    measures: {rows: {count: rows}}
    epsilon: 2
    delta: 1e-6
    """

  @Test func smallUnknownGroupsStayHidden() throws {
    var rows: [[Value]] = []
    for person in 0..<400 { rows.append([.text("p\(person)"), .text("large"), .null]) }
    for person in 400..<403 { rows.append([.text("p\(person)"), .text("small"), .null]) }
    let result = try run(Self.unknownGroups, TestTable(facts: Self.facts, rows: rows))
    #expect(result.rows.map { $0[0] } == [.text("large")])
    #expect(result.rows.first?.count == 2)
    #expect(result.tally.left[RowWay.belowThreshold] == 3)
    #expect(result.tally.balances)
  }

  @Test func noiseDependsOnRandomnessAndNotOnThreads() throws {
    let table = Self.table(2_000, persons: 200, seed: 8)
    let yaml = Self.exact.replacing("epsilon: 100", with: "epsilon: 0.5")
    let one = try run(yaml, table, seed: 4)
    let same = try run(yaml, table, seed: 4, rowsEach: 13, workers: 3)
    let other = try run(yaml, table, seed: 6)
    #expect(one.rows == same.rows)
    #expect(one.rows != other.rows)
  }

  @Test func factsTellTheGuarantee() throws {
    let table = Self.table(1, persons: 1, seed: 1)
    let bound = try BoundStage<DPAggregateStage>(
      """
      by: [district]
      person: person
      bounds: {groups: 1, rows: 1}
      keys: {district: [d0]}
      measures: {n: {count: persons}}
      rho: 0.125
      delta: 1e-6
      """, table)
    let promised = DifferentialPrivacy(epsilonMillionths: 2_419_094, deltaExponent: -6)
    #expect(bound.stage.output.guarantees == [.differential(promised)])
    #expect(bound.stage.output.fields.allSatisfy { !$0.privacy.isPersonal })
    #expect(!bound.stage.output.isMicrodata)
  }
}
