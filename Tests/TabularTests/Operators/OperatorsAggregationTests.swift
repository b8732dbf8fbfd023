import Tabular
import Testing

@Suite struct OperatorsAggregationTests {
  /// Every function that applies to the types of the columns, with and without condition.
  static func measures(_ types: [DataType], condition: Int) -> [Aggregation.Measure] {
    var measures = [
      Aggregation.Measure(.count, name: "rows"), .init(.share, name: "share"),
      .init(.count, where: condition, name: "some rows"),
      .init(.share, where: condition, name: "share of some"),
    ]
    let functions: [AggregateFunction] = [
      .count, .countDistinct, .sum, .mean, .min, .max, .median,
      .quantile(Decimal(digits: 37, scale: 2)), .quantile(Decimal(digits: 1, scale: 0)), .stddev,
      .first, .last, .share,
    ]
    for (position, type) in types.enumerated() {
      for function in functions where function.resultType(type) != nil {
        // A share of doubles is a quotient of rounded sums; it has its own test.
        if type == .double, function == .share || function == .mean { continue }
        measures.append(.init(function, of: position, name: "\(function.name) of \(position)"))
        measures.append(
          .init(function, of: position, where: condition, name: "\(function.name) where"))
      }
    }
    return measures
  }

  /// The first difference, doubles compared with a tolerance; nil when there is none.
  static func difference(
    _ found: [[Value]], _ expected: [[Value]], _ names: [String]
  ) -> String? {
    guard found.count == expected.count else {
      return "\(found.count) rows, not \(expected.count)"
    }
    for (row, (a, b)) in zip(found, expected).enumerated() {
      guard a.count == b.count else { return "row \(row) has \(a.count) cells, not \(b.count)" }
      for (index, (x, y)) in zip(a, b).enumerated() where x != y {
        if case .double(let p) = x, case .double(let q) = y,
          abs(p - q) <= 1e-9 * max(abs(p), abs(q), 1e-290)
        {
          continue
        }
        let name = index < a.count - names.count ? "key" : names[index - (a.count - names.count)]
        return "row \(row), \(name): \(x), not \(y)"
      }
    }
    return nil
  }

  @Test(arguments: 0..<25)
  func agreesWithTheObviousWay(_ seed: Int) throws {
    var dice = OperatorDice(UInt64(seed))
    let table = CellTable(everyType, rows: dice.below(160), dice: &dice)
    let keys = (0..<dice.below(4)).map { _ in dice.below(everyType.count) }
    let measures = Self.measures(everyType, condition: 1)
    let batches = try table.batches(&dice)
    let aggregation = Aggregation(
      keys: keys, measures: measures, inputTypes: everyType, seed: HashSeed(UInt64(seed)))
    let result = try run(aggregation, batches, &dice)
    let expected = AggregationOracle.rows(table, keys, measures)
    let difference = Self.difference(result.rows, expected, measures.map(\.name))
    #expect(difference == nil, "keys \(keys)")
    for (index, measure) in measures.enumerated() {
      let type = measure.function.resultType(measure.argument.map { everyType[$0] })
      for batch in result.batches { #expect(batch.columns[keys.count + index].type == type) }
    }
  }

  /// To the last bit: neither workers nor seeds nor the way batches are spread change anything.
  @Test(arguments: 0..<8)
  func resultsDependOnRowsAlone(_ seed: Int) throws {
    var dice = OperatorDice(UInt64(seed) + 1000)
    let table = CellTable(everyType, rows: 200, dice: &dice)
    let keys = (0..<dice.below(4)).map { _ in dice.below(everyType.count) }
    var measures = Self.measures(everyType, condition: 1)
    measures.append(.init(.mean, of: 4, name: "mean of doubles"))
    measures.append(.init(.share, of: 4, name: "share of doubles"))
    let batches = try table.batches(&dice)
    func aggregation(_ seed: UInt64) -> Aggregation {
      Aggregation(
        keys: keys, measures: measures, inputTypes: everyType, seed: HashSeed(seed))
    }
    let one = try run(aggregation(1), batches, &dice)
    for workers in 2...5 {
      let several = try run(aggregation(dice.next()), batches, workers: workers, &dice)
      #expect(several.rows == one.rows)
      #expect(several.tally == one.tally)
      for (a, b) in zip(one.batches, several.batches) {
        for (x, y) in zip(a.columns, b.columns) { #expect(Self.scale(x) == Self.scale(y)) }
      }
    }
  }

  static func scale(_ column: Column) -> Int? {
    if case .decimal(let values) = column.values { values.scale } else { nil }
  }

  @Test func manyGroupsGrowTheTables() throws {
    var dice = OperatorDice(5)
    let types: [DataType] = [.text, .integer, .decimal]
    var rows: [[Value]] = []
    for row in 0..<12_000 {
      let number = Int64(row % 5_003)
      rows.append([
        .text("clé \(number % 2_999)"), .integer(number),
        .decimal(Decimal(digits: Int128(row), scale: 2)),
      ])
    }
    let table = CellTable(types, rows)
    let batches = try table.batches(&dice)
    let measures = [
      Aggregation.Measure(.sum, of: 2, name: "s"), .init(.count, name: "n"),
      .init(.countDistinct, of: 2, name: "d"), .init(.median, of: 2, name: "m"),
    ]
    let aggregation = Aggregation(keys: [0, 1], measures: measures, inputTypes: types)
    let result = try run(aggregation, batches, workers: 3, &dice)
    #expect(result.rows == AggregationOracle.rows(table, [0, 1], measures))
    #expect(result.batches.count == 1)
    let single = Aggregation(keys: [0], measures: measures, inputTypes: types)
    #expect(
      try run(single, batches, workers: 2, &dice).rows
        == AggregationOracle.rows(table, [0], measures))
  }

  @Test func withoutKeysThereIsOneRowEvenOfNothing() throws {
    var dice = OperatorDice(6)
    let measures = Self.measures(everyType, condition: 1)
    let empty = Aggregation(keys: [], measures: measures, inputTypes: everyType)
    let none = CellTable(everyType, [])
    let result = try run(empty, [], workers: 2, &dice)
    #expect(result.rows == AggregationOracle.rows(none, [], measures))
    #expect(result.tally.made == ["empty_group": 1])
    #expect(result.rows[0][0] == .integer(0))
    let byKey = Aggregation(keys: [0], measures: measures, inputTypes: everyType)
    #expect(try run(byKey, [], &dice).rows.isEmpty)
  }

  @Test func equalDecimalsAreOneKeyWhateverTheirScale() throws {
    var dice = OperatorDice(7)
    let types: [DataType] = [.decimal]
    let huge = Int128.max / 10 * 10
    let cells: [[Decimal]] = [
      [Decimal(digits: 15, scale: 1)], [Decimal(digits: 150, scale: 2)],
      [Decimal(digits: 15_000_000_000_000_000, scale: 16)],
      [Decimal(digits: huge, scale: 1)], [Decimal(digits: huge / 10, scale: 0)],
      [Decimal(digits: -1 << 60, scale: 0)], [Decimal(digits: -(1 << 60) * 10, scale: 1)],
    ]
    var batches: [Batch] = []
    for (index, cell) in cells.enumerated() {
      let values = DecimalValues(scale: cell[0].scale, digits: .wide(cell.map(\.digits)))
      batches.append(
        Batch(columns: [Column(.decimal(values))], rowCount: 1, sequence: index))
    }
    let byScaleOne = Array(batches[3...])
    let aggregation = Aggregation(
      keys: [0], measures: [.init(.count, name: "n")], inputTypes: types)
    let result = try run(aggregation, byScaleOne, workers: 2, &dice)
    #expect(result.rows.map { $0[1] } == [.integer(2), .integer(2)])
    let small = try run(aggregation, Array(batches[..<3]), workers: 2, &dice)
    #expect(small.rows == [[.decimal(Decimal(digits: 15, scale: 1)), .integer(3)]])
    let distinct = Aggregation(
      keys: [], measures: [.init(.countDistinct, of: 0, name: "d")], inputTypes: types)
    #expect(try run(distinct, batches, workers: 3, &dice).rows == [[.integer(3)]])
    // A key of 39 digits does not fit at 16 decimals.
    #expect(throws: OperatorError.self) { try run(aggregation, batches, &dice) }
  }

  @Test func everyNotANumberIsOneKeyAfterAllNumbers() throws {
    var dice = OperatorDice(8)
    let odd = Double(bitPattern: 0xFFF8_0000_0000_0001)
    let column = Column(.double([.nan, -.infinity, odd, 0, -0.0, .infinity]))
    let batch = Batch(columns: [column], rowCount: 6, sequence: 0)
    let aggregation = Aggregation(
      keys: [0], measures: [.init(.count, name: "n")], inputTypes: [.double])
    let result = try run(aggregation, [batch], &dice)
    #expect(result.rows.map { $0[1] } == [.integer(1), .integer(2), .integer(1), .integer(2)])
    #expect(result.rows[0][0] == .double(-.infinity))
    #expect(result.rows[3][0].asDouble?.isNaN == true)
  }
}
