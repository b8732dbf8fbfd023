import Tabular
import Testing

@Suite struct OperatorsRowsTests {
  static let scope = ExpressionScope(
    ["t", "b", "i", "d", "x", "day", "at", "u"].enumerated().map {
      ExpressionScope.Field(name: $1, type: everyType[$0])
    })

  static func table(_ seed: Int, rows: Int = 120) throws -> (CellTable, [Batch]) {
    var dice = OperatorDice(UInt64(seed) + 31)
    let table = CellTable(everyType, rows: rows, dice: &dice, nulls: 20)
    return (table, try table.batches(&dice))
  }

  @Test(arguments: 0..<10)
  func filtersCountFalseAndUnknownApart(_ seed: Int) throws {
    let (table, batches) = try Self.table(seed)
    let condition = try Expression.bind("i > 0", in: Self.scope)
    let result = try run(RowFilter(condition), batches)
    let numbers = table.column(2)
    let isTrue = numbers.map { if case .integer(let value) = $0 { value > 0 } else { false } }
    #expect(result.rows == zip(table.rows, isTrue).filter(\.1).map(\.0))
    let unknown = numbers.count { $0 == .null }
    #expect(result.tally.left["filtered_unknown", default: 0] == unknown)
    #expect(
      result.tally.left["filtered_false", default: 0] == isTrue.count { !$0 } - unknown)
    let byColumn = try run(RowFilter(column: 1), batches)
    #expect(byColumn.rows == table.rows.filter { $0[1] == .boolean(true) })
  }

  @Test func filtersWantBooleans() throws {
    let (_, batches) = try Self.table(1)
    #expect(throws: OperatorError.self) { try run(RowFilter(column: 0), batches) }
    #expect(throws: OperatorError.self) { try run(RowFilter(column: 99), batches) }
  }

  @Test func projectionsReorderAndRepeat() throws {
    let (table, batches) = try Self.table(2)
    let result = try run(Project([3, 0, 3]), batches)
    #expect(result.rows == table.rows.map { [$0[3], $0[0], $0[3]] })
    #expect(throws: OperatorError.self) { try run(Project([8]), batches) }
  }

  @Test func derivationsSeeTheOnesBeforeThem() throws {
    let (table, batches) = try Self.table(3)
    let fields = Self.scope.fields + [ExpressionScope.Field(name: "twice", type: .integer)]
    let derive = Derive([
      .init(try Expression.bind("i * 2", in: Self.scope)),
      .init(try Expression.bind("twice + 1", in: ExpressionScope(fields)), replacing: 2),
    ])
    let result = try run(derive, batches)
    for (row, cells) in zip(result.rows, table.rows) {
      guard case .integer(let value) = cells[2] else {
        #expect(row[2] == .null && row[8] == .null)
        continue
      }
      #expect(row[8] == .integer(value * 2))
      #expect(row[2] == .integer(value * 2 + 1))
    }
  }

  @Test func samplesDrawTheSameRowsEveryTime() throws {
    let (table, batches) = try Self.table(4, rows: 4000)
    let quarter = Tabular.Sample(fraction: Decimal(digits: 25, scale: 2), seed: 7)
    let result = try run(quarter, batches)
    #expect(try run(quarter, batches).rows == result.rows)
    #expect((900...1100).contains(result.rows.count))
    var expected: [[Value]] = []
    var start = 0
    for batch in batches {
      for row in 0..<batch.rowCount
      where Tabular.Sample.hash(seed: 7, ordinal: batch.ordinal(row)) >> 62 == 0 {
        expected.append(table.rows[start + row])
      }
      start += batch.rowCount
    }
    #expect(result.rows == expected)
    let other = try run(Tabular.Sample(fraction: Decimal(digits: 25, scale: 2), seed: 8), batches)
    #expect(other.rows != result.rows)
    #expect(
      try run(Tabular.Sample(fraction: Decimal(digits: 0, scale: 0), seed: 7), batches).rows.isEmpty
    )
    #expect(
      try run(Tabular.Sample(fraction: Decimal(digits: 1, scale: 0), seed: 7), batches).rows.count
        == 4000)
  }

  /// The hash is documented, so it must not change: values of the published SplitMix64.
  @Test func theSampleHashIsFixed() {
    #expect(Tabular.Sample.hash(seed: 1_234_567, ordinal: 0) == 6_457_827_717_110_365_317)
    #expect(Tabular.Sample.hash(seed: 1_234_567, ordinal: 1) == 3_203_168_211_198_807_973)
  }

  @Test(arguments: [false, true])
  func unpivotingGivesARowPerCell(_ dropsNulls: Bool) throws {
    let (table, batches) = try Self.table(5)
    let unpivot = Unpivot(
      keep: [5, 0], sources: [.init(column: 7, label: "u"), .init(column: 0, label: "t")],
      dropsNulls: dropsNulls)
    let result = try run(unpivot, batches)
    let expected = table.rows.flatMap { row in
      [[row[5], row[0], .text("u"), row[7]], [row[5], row[0], .text("t"), row[0]]]
        .filter { !dropsNulls || $0[3] != .null }
    }
    #expect(result.rows == expected)
    let decimals = Unpivot(
      keep: [], sources: [.init(column: 3, label: "a"), .init(column: 3, label: "b")])
    #expect(
      try run(decimals, batches).rows
        == table.rows.flatMap { [[.text("a"), $0[3]], [.text("b"), $0[3]]] })
    let mixed = Unpivot(
      keep: [], sources: [.init(column: 0, label: "a"), .init(column: 2, label: "b")])
    #expect(throws: OperatorError.self) { try run(mixed, batches) }
  }

  @Test func boundMeasuresAggregate() throws {
    var dice = OperatorDice(9)
    let (table, batches) = try Self.table(6)
    let scope = ExpressionScope(
      Self.scope.fields.map { ExpressionScope.Field(name: $0.name, type: $0.type) })
    let measure = try Expression.bindMeasure(
      "100 * count(i) / count()", where: "i > 0 or i is null", in: scope, groupKeys: ["t"])
    let aggregation = Aggregation(keys: [0], calls: measure.calls, inputTypes: everyType)
    let result = try run(aggregation, batches, workers: 3, &dice)
    #expect(measure.calls.count == 2)
    for row in result.rows {
      let group = table.rows.filter { $0[0] == row[0] }.map { $0[2] }
      var some: Int64 = 0
      for case .integer(let value) in group where value > 0 { some += 1 }
      let nulls = Int64(group.count { $0 == .null })
      #expect(Set(row.dropFirst()) == Set([Value.integer(some), .integer(some + nulls)]))
    }
  }
}
