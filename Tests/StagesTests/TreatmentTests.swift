import Anonymise
import StageKit
import StageTestSupport
import Tabular
import Testing

/// Treatments of values against slow, obvious forms of them.
@Suite struct TreatmentTests {
  private static func table(_ count: Int, seed: UInt64, persons: Int? = nil) -> TestTable {
    var random = KnownRandomness(seed)
    let facts = Facts(fields: [
      Field("id", .text, privacy: origin("id", .pseudonym), nullable: persons != nil),
      Field("place", .text, privacy: origin("place", .quasi)),
      Field("age", .integer, privacy: origin("age", .quasi)),
      Field("income", .decimal, privacy: origin("income", .sensitive), decimals: 2),
      Field("born", .date, privacy: origin("born", .quasi)),
    ])
    let rows = (0..<count).map { row -> [Value] in
      let id = persons.map { Int.random(in: 0..<$0, using: &random) } ?? row
      let income = Int128(Int.random(in: 100_000...900_000, using: &random))
      let isEmpty = Int.random(in: 0..<12, using: &random) == 0
      return [
        .text("p\(id)"), .text("q\(Int.random(in: 0..<4, using: &random))"),
        isEmpty ? .null : .integer(Int64.random(in: 0...99, using: &random)),
        .decimal(Decimal(digits: income, scale: 2)),
        .date(Int32.random(in: 0...20_000, using: &random)),
      ]
    }
    return TestTable(facts: facts, rows: rows)
  }

  private static func origin(_ field: String, _ privacyClass: PrivacyClass) -> Privacy {
    Privacy(privacyClass, from: FieldOrigin(source: "people", field: field))
  }

  private func integer(_ value: Value) -> Int64? {
    if case .integer(let value) = value { value } else { nil }
  }

  /// The same rows for every cut and number of workers.
  private func settled<Kind: Stage>(
    _ stage: BoundStage<Kind>, keys: any KeySource = TestKeys()
  ) throws -> (rows: [[Value]], tally: Tally) {
    let whole = try stage.run(keys: keys)
    for (rowsEach, workers) in [(7, 3), (50, 2)] {
      let other = try stage.run(rowsEach: rowsEach, workers: workers, keys: keys)
      #expect(other.rows == whole.rows)
      #expect(other.tally == whole.tally)
    }
    #expect(whole.tally.balances)
    return whole
  }

  // MARK: top_bottom_code

  @Test func extremesAreSharedByEnoughPersons() throws {
    let table = Self.table(400, seed: 3, persons: 90)
    let stage = try BoundStage<TopBottomCodeStage>(
      "{field: age, persons: 12, person: id}", table)
    let rows = try settled(stage).rows
    let values = rows.compactMap { integer($0[2]) }
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    for bound in [low, high] {
      let persons = Set(rows.filter { integer($0[2]) == bound }.map { $0[0] })
      #expect(persons.count >= 12)
    }
    // One further in either way would not be: the bounds are no coarser than they must be.
    for (extreme, isBeyond) in [(high, { $0 > high }), (low, { $0 < low })]
      as [(Int64, (Int64) -> Bool)]
    {
      let beyond = table.rows.filter { integer($0[2]).map(isBeyond) ?? false }
      #expect(Set(beyond.map { $0[0] }).count < 12, "\(extreme)")
    }
    for (before, after) in zip(table.rows, rows) {
      #expect(integer(after[2]) == integer(before[2]).map { min(max($0, low), high) })
      #expect(before[3...] == after[3...])
    }
  }

  @Test func boundsAreGivenExactly() throws {
    let table = Self.table(200, seed: 4)
    let stage = try BoundStage<TopBottomCodeStage>("{field: income, top: 2500.5}", table)
    for (before, after) in zip(table.rows, try settled(stage).rows) {
      let top = Decimal(digits: 25_005, scale: 1)
      #expect(after[3].asDecimal == min(before[3].asDecimal ?? top, top))
    }
    let dates = try BoundStage<TopBottomCodeStage>("{field: born, bottom: 1980-01-01}", table)
    for row in try settled(dates).rows {
      guard case .date(let days) = row[4] else { continue }
      #expect(days >= 3_652)
    }
  }

  @Test func tooFewPersonsFail() throws {
    let stage = try BoundStage<TopBottomCodeStage>(
      "{field: age, persons: 60, person: id}", Self.table(300, seed: 5, persons: 50))
    #expect(throws: OperatorError.self) { try stage.run() }
  }

  // MARK: noise

  private struct OtherKeys: KeySource {
    func key(scope: String) throws -> [UInt8] { Array(32..<64) }
  }

  private struct ShortKeys: KeySource {
    func key(scope: String) throws -> [UInt8] { [1, 2, 3] }
  }

  @Test func noiseIsOfThePersonAndTheKey() throws {
    let table = Self.table(600, seed: 6, persons: 100)
    let stage = try BoundStage<NoiseStage>(
      "{fields: [age, income], id: id, scope: essai, within: 5}", table)
    let rows = try settled(stage).rows
    var drawn: [Value: Int64] = [:]
    var seen: Set<Int64> = []
    for (before, after) in zip(table.rows, rows) {
      guard let old = integer(before[2]), let new = integer(after[2]) else {
        #expect(integer(before[2]) == nil && integer(after[2]) == nil)
        continue
      }
      #expect((-5...5).contains(new - old))
      #expect(drawn[before[0], default: new - old] == new - old)
      drawn[before[0]] = new - old
      seen.insert(new - old)
    }
    #expect(seen == Set(-5...5))
    #expect(try stage.run(keys: OtherKeys()).rows != rows)
    #expect(throws: OperatorError.self) { try stage.run(keys: ShortKeys()) }
    let other = try BoundStage<NoiseStage>(
      "{fields: [age, income], id: id, scope: autre, within: 5}", table)
    #expect(try other.run().rows != rows)
  }

  @Test func gaussianNoiseHasItsDeviation() throws {
    let table = Self.table(5_000, seed: 7)
    let stage = try BoundStage<NoiseStage>(
      "{fields: income, id: id, scope: essai, deviation: 12.5}", table)
    var (sum, square) = (0.0, 0.0)
    for (before, after) in zip(table.rows, try stage.run().rows) {
      let noise = (after[3].asDouble ?? 0) - (before[3].asDouble ?? 0)
      sum += noise
      square += noise * noise
    }
    #expect(abs(sum / 5_000) < 0.8)
    #expect(abs((square / 5_000).squareRoot() - 12.5) < 0.6)
  }

  // MARK: swap

  @Test func swappedValuesStayInTheirGroup() throws {
    let table = Self.table(500, seed: 8)
    let stage = try BoundStage<SwapStage>(
      "{fields: [income, born], within: place, share: 40%, id: id, scope: essai}", table)
    let rows = try settled(stage).rows
    func pairs(_ rows: [[Value]]) -> [Value: [[Value]]] {
      Dictionary(grouping: rows, by: { $0[1] })
        .mapValues { rows in rows.map { Array($0[3...4]) }.sorted { "\($0)" < "\($1)" } }
    }
    #expect(pairs(rows) == pairs(table.rows))
    #expect(rows.map { Array($0[0...2]) } == table.rows.map { Array($0[0...2]) })
    let moved = zip(rows, table.rows).count { $0 != $1 }
    #expect((120...280).contains(moved), "\(moved)")
    #expect(try stage.run(keys: OtherKeys()).rows != rows)
  }

  // MARK: microaggregate

  @Test(arguments: ["income", "[income, age, born]"])
  func classesHaveKRowsAndTheirMeans(_ fields: String) throws {
    let table = Self.table(240, seed: 9)
    let stage = try BoundStage<MicroaggregateStage>(
      "{fields: \(fields), k: 5, within: place, person: id}", table)
    let result = try settled(stage)
    let isSeveral = fields != "income"
    let classes = Dictionary(grouping: result.rows) { row in
      isSeveral ? [row[1], row[2], row[3], row[4]] : [row[1], row[3]]
    }
    for (values, rows) in classes { #expect(rows.count >= 5, "\(values)") }
    #expect(classes.count > 20)
    let empty = table.rows.count { $0[2] == .null }
    #expect(result.tally.left["in_no_class"] ?? 0 == (isSeveral ? empty : 0))
    // Means keep sums, but for what rounding takes.
    let kept = Set(result.rows.map { $0[0] })
    let before = table.rows.filter { kept.contains($0[0]) }
    let old = before.reduce(0) { $0 + ($1[3].asDouble ?? 0) }
    let new = result.rows.reduce(0) { $0 + ($1[3].asDouble ?? 0) }
    #expect(abs(old - new) < 0.005 * Double(kept.count) + 1e-6)
    // Classes are of near rows: within them incomes vary less than between them.
    let originals = Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0], $0) })
    var within = 0.0
    for rows in classes.values {
      let incomes = rows.compactMap { originals[$0[0]]?[3].asDouble }
      let mean = incomes.reduce(0, +) / Double(incomes.count)
      within += incomes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let all = before.compactMap { $0[3].asDouble }
    let mean = all.reduce(0, +) / Double(all.count)
    let total = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(within < total * (isSeveral ? 0.7 : 0.05))
  }

  @Test func repeatedPersonsAreRefused() throws {
    let stage = try BoundStage<MicroaggregateStage>(
      "{fields: income, k: 3, person: id}", Self.table(50, seed: 2, persons: 20))
    #expect(throws: OperatorError.self) { try stage.run() }
  }

  // MARK: oppose

  @Test func objectorsLeave() throws {
    let table = Self.table(300, seed: 10, persons: 40)
    let facts = Facts(fields: [
      Field("token", .text, privacy: Self.origin("token", .pseudonym))
    ])
    let list = TestTable(
      facts: facts, rows: [[.text("p3")], [.text("p17")], [.null], [.text("stranger")]])
    let stage = try BoundStage<OpposeStage>(
      "{field: id, list: objections, token: token}", table, tables: ["objections": list])
    let result = try stage.run(rowsEach: 20, workers: 2, sides: ["objections": list])
    let expected = table.rows.filter { ![.text("p3"), .text("p17")].contains($0[0]) }
    #expect(result.rows == expected)
    #expect(result.tally.left[RowWay.opposed] == table.rows.count - expected.count)
    let none = TestTable(facts: facts, rows: [])
    #expect(try stage.run(sides: ["objections": none]).rows == table.rows)
  }

  // MARK: grid

  /// EPSG guidance note 7-2, method 9820: 50° N, 5° E.
  @Test func projectionIsThatOfThePublishedPoint() throws {
    let point = try #require(EuropeanGrid.project(longitude: 5, latitude: 50))
    #expect(abs(point.east - 3_962_799.45) < 0.01)
    #expect(abs(point.north - 2_999_718.85) < 0.01)
    let centre = try #require(EuropeanGrid.project(longitude: 10, latitude: 52))
    #expect(abs(centre.east - 4_321_000) < 1e-6)
    #expect(abs(centre.north - 3_210_000) < 1e-6)
    #expect(EuropeanGrid.project(longitude: -7.6, latitude: 14) == nil)
    #expect(EuropeanGrid.project(longitude: .nan, latitude: 50) == nil)
    let code = EuropeanGrid.code(longitude: 5, latitude: 50, size: 200)
    #expect(code == "CRS3035RES200mN2999600E3962600")
    #expect(
      EuropeanGrid.code(longitude: 5, latitude: 50, size: 1000)
        == "CRS3035RES1000mN2999000E3962000")
  }
}
