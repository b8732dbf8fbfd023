import Tabular
import Testing

/// Large numbers: exact to the end, and an error where a type cannot hold the result.
@Suite struct OperatorsAggregationLimitsTests {
  static func aggregate(
    _ columns: [Column], _ function: AggregateFunction, workers: Int = 2
  ) throws -> Value {
    var dice = OperatorDice(1)
    let batches = columns.enumerated().map {
      Batch(columns: [$1], rowCount: $1.count, sequence: $0)
    }
    let aggregation = Aggregation(
      keys: [], measures: [.init(function, of: 0, name: "montant")],
      inputTypes: [columns[0].type])
    return try run(aggregation, batches, workers: workers, &dice).rows[0][0]
  }

  static func decimals(_ digits: [Int128], _ scale: Int) -> Column {
    Column(.decimal(DecimalValues(scale: scale, digits: .wide(digits)).narrowed))
  }

  @Test func integersSumExactlyOrNotAtAll() throws {
    let large = Column(.integer([.max, .max, .max]))
    let small = Column(.integer([.min, .min]))
    #expect(try Self.aggregate([large, small], .sum) == .integer(.max - 2))
    let error = #expect(throws: OperatorError.self) { try Self.aggregate([large], .sum) }
    #expect(error?.message.en.contains("'montant'") == true)
    #expect(error?.message.fr.contains("« montant »") == true)
    // The mean fits where the sum does not.
    #expect(
      try Self.aggregate([large], .mean)
        == .decimal(Decimal(digits: Int128(Int64.max), scale: 0)))
  }

  @Test func decimalsNeverOverflowOnTheWay() throws {
    let huge = Self.decimals([.max, .max, 7], 0)
    let back = Self.decimals([-.max, -.max], 0)
    #expect(try Self.aggregate([huge, back], .sum) == .decimal(Decimal(digits: 7, scale: 0)))
    #expect(throws: OperatorError.self) { try Self.aggregate([huge], .sum) }
    // At 18 decimals 128 bits do not hold the terms, yet they hold the sum.
    let fine = Self.decimals([1], 18)
    #expect(
      try Self.aggregate([huge, fine, back], .sum)
        == .decimal(Decimal(digits: 7_000_000_000_000_000_001, scale: 18)))
  }

  @Test func meansOfHugeDecimalsAreExact() throws {
    let third = Int128.max / 3
    #expect(
      try Self.aggregate([Self.decimals([third, third + 1, third + 2], 6)], .mean)
        == .decimal(Decimal(digits: third + 1, scale: 6)))
    #expect(
      try Self.aggregate([Self.decimals([.max, .max], 6)], .mean)
        == .decimal(Decimal(digits: .max, scale: 6)))
    #expect(throws: OperatorError.self) {
      try Self.aggregate([Self.decimals([.max], 0)], .mean)
    }
  }

  @Test func halvesRoundAwayFromZero() throws {
    #expect(
      try Self.aggregate([Self.decimals([1, 0], 6)], .mean)
        == .decimal(Decimal(digits: 1, scale: 6)))
    #expect(
      try Self.aggregate([Self.decimals([-1, 0], 6)], .mean)
        == .decimal(Decimal(digits: -1, scale: 6)))
    #expect(
      try Self.aggregate([Self.decimals([-1, 0], 6)], .median)
        == .decimal(Decimal(digits: -1, scale: 6)))
    #expect(
      try Self.aggregate([Self.decimals([3, 0, 0], 18)], .mean)
        == .decimal(Decimal(digits: 1, scale: 18)))
  }

  @Test func deviationsOfLargeNumbersDoNotCancel() throws {
    let base = Int64(1) << 62
    #expect(
      try Self.aggregate([Column(.integer([base + 1, base + 2, base + 3]))], .stddev)
        == .double(1))
    let wide = Int128(1) << 120
    #expect(
      try Self.aggregate([Self.decimals([wide, wide + 20], 1), Self.decimals([], 3)], .stddev)
        == .double(2.0.squareRoot()))
    #expect(
      try Self.aggregate([Column(.double([1e16, 1e16 + 2, 1e16 + 4]))], .stddev) == .double(2))
    #expect(
      try Self.aggregate([Column(.double([7e200, -7e200]))], .stddev)
        == .double(7e200 * 2.0.squareRoot()))
    #expect(
      try Self.aggregate([Column(.double([3e-300, 5e-300, 7e-300]))], .stddev) == .double(2e-300))
    #expect(try Self.aggregate([Column(.double([1]))], .stddev) == .null)
    #expect(throws: OperatorError.self) {
      let most = Double.greatestFiniteMagnitude
      return try Self.aggregate([Column(.double([most, -most]))], .stddev)
    }
  }

  @Test func doublesThatLeaveTheirRangeAreAnError() throws {
    let large = Column(.double([1e308, 1e308]))
    #expect(throws: OperatorError.self) { try Self.aggregate([large], .sum) }
    #expect(try Self.aggregate([large], .mean) == .double(1e308))
    #expect(try Self.aggregate([Column(.double([.infinity, 1]))], .sum) == .double(.infinity))
    #expect(try Self.aggregate([large, Column(.double([-1e308]))], .sum) == .double(1e308))
  }

  @Test func sharesAddUpExactly() throws {
    var dice = OperatorDice(3)
    let rows: [[Value]] = [
      [.text("a"), .integer(1), .double(0.1)], [.text("b"), .integer(2), .double(0.2)],
      [.text("b"), .integer(-2), .null], [.text("c"), .null, .double(0.1)],
    ]
    let table = CellTable([.text, .integer, .double], rows)
    let measures = [
      Aggregation.Measure(.share, of: 1, name: "i"), .init(.share, of: 2, name: "d"),
      .init(.share, name: "n"),
    ]
    let aggregation = Aggregation(keys: [0], measures: measures, inputTypes: table.types)
    let result = try run(aggregation, try table.batches(&dice), workers: 2, &dice)
    func decimal(_ digits: Int128) -> Value { .decimal(Decimal(digits: digits, scale: 6)) }
    #expect(
      result.rows == [
        [.text("a"), decimal(1_000_000), .double(0.25), decimal(250_000)],
        [.text("b"), decimal(0), .double(0.5), decimal(500_000)],
        [.text("c"), .null, .double(0.25), decimal(250_000)],
      ])
    let zero = CellTable([.text, .integer, .double], [[.text("a"), .integer(0), .double(0)]])
    let nothing = try run(aggregation, try zero.batches(&dice), &dice)
    #expect(nothing.rows == [[.text("a"), .null, .null, decimal(1_000_000)]])
  }

  @Test func quantilesOfDatesAreTheLowerNeighbour() throws {
    #expect(try Self.aggregate([Column(.date([10, 20]))], .median) == .date(10))
    #expect(
      try Self.aggregate(
        [Column(.datetime([5, 7, 9, 1], zoned: true))], .quantile(Decimal(digits: 9, scale: 1)))
        == .datetime(7, zoned: true))
    let values = Array(0...1000).map { Int64($0) }
    #expect(
      try Self.aggregate(
        [Column(.integer(values.reversed()))], .quantile(Decimal(digits: 999, scale: 3)))
        == .decimal(Decimal(digits: 999, scale: 0)))
    #expect(
      try Self.aggregate([Self.decimals([.max - 1, .max - 3], 18)], .median)
        == .decimal(Decimal(digits: .max - 2, scale: 18)))
  }

  @Test func absentColumnsAreNotRead() throws {
    var dice = OperatorDice(4)
    let batch = Batch(
      columns: [Column(.integer([1, 2])), Column(.absent(.text, count: 2))], rowCount: 2,
      sequence: 0)
    let types: [DataType] = [.integer, .text]
    let fine = Aggregation(keys: [0], measures: [.init(.sum, of: 0, name: "s")], inputTypes: types)
    #expect(try run(fine, [batch], &dice).rows.count == 2)
    for aggregation in [
      Aggregation(keys: [1], measures: [], inputTypes: types),
      Aggregation(keys: [], measures: [.init(.min, of: 1, name: "m")], inputTypes: types),
    ] {
      #expect(throws: OperatorError.self) { try run(aggregation, [batch], &dice) }
    }
  }

  @Test func functionsThatDoNotApplyAreRefused() throws {
    #expect(throws: OperatorError.self) { try Self.aggregate([Column(.boolean([true]))], .sum) }
    #expect(throws: OperatorError.self) { try Self.aggregate([Column(.date([1]))], .mean) }
  }
}
