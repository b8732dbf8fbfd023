import Tabular
import Testing

/// Operators that change which rows or columns there are: completion and pivot.
@Suite struct OperatorsShapeTests {
  @Test(arguments: 0..<20)
  func completionFillsEveryCombination(_ seed: Int) throws {
    var dice = OperatorDice(UInt64(seed) + 70)
    let types: [DataType] = [.text, .decimal, .boolean, .integer]
    let table = CellTable(types, rows: dice.below(40), dice: &dice)
    let batches = try table.batches(&dice)
    let listed: [Value] = [.text("b"), .text("nouveau"), .text("b"), .text("a")]
    let complete = Complete(
      [
        .init(column: 0, domain: seed % 2 == 0 ? .values(listed) : .observed),
        .init(together: [1, 2]),
      ], fill: [3: .integer(0)], inputTypes: types, seed: HashSeed(UInt64(seed)))
    let result = try run(complete, batches, workers: 1 + seed % 3, &dice)
    let first =
      seed % 2 == 0
      ? Set(listed.map { [$0] }) : Set(table.rows.map { [$0[0]] }.filter { $0[0] != .null })
    let second = Set(
      table.rows.map { [$0[1], $0[2]] }.filter { !$0.contains(.null) })
    let present = Set(table.rows.map { Array($0[..<3]) })
    var all = table.rows
    for a in first {
      for b in second where !present.contains(a + b) { all.append(a + b + [.integer(0)]) }
    }
    let keys = [SortKey(column: 0), SortKey(column: 1), SortKey(column: 2)]
    #expect(result.rows == OperatorsTableTests.sorted(all, keys))
    #expect(result.tally.made["completed"] == all.count - table.rows.count)
  }

  @Test func calendarsGoFromTheFirstToTheLastPeriod() throws {
    var dice = OperatorDice(1)
    func day(_ year: Int, _ month: Int, _ day: Int) throws -> Int32 {
      Int32(try #require(CivilDate(year: year, month: month, day: day)).daysSinceEpoch)
    }
    let table = CellTable(
      [.date, .integer],
      [
        [.date(try day(2024, 2, 1)), .integer(5)], [.date(try day(2023, 12, 1)), .integer(3)],
        [.null, .integer(9)],
      ])
    func months(_ from: Int32?, _ to: Int32?) throws -> [[Value]] {
      let complete = Complete(
        [.init(column: 0, domain: .calendar(.month, from: from, to: to))],
        fill: [1: .integer(0)], inputTypes: table.types)
      return try run(complete, try table.batches(&dice), &dice).rows
    }
    let january: [Value] = [.date(try day(2024, 1, 1)), .integer(0)]
    #expect(try months(nil, nil) == [table.rows[1], january, table.rows[0], table.rows[2]])
    let march: [Value] = [.date(try day(2024, 3, 1)), .integer(0)]
    #expect(
      try months(try day(2024, 1, 31), try day(2024, 3, 2))
        == [table.rows[1], january, table.rows[0], march, table.rows[2]])
    let empty = Complete(
      [.init(column: 0, domain: .calendar(.day, from: nil, to: nil))], inputTypes: table.types)
    #expect(try run(empty, [], &dice).rows.isEmpty)
    let bounded = Complete(
      [.init(column: 0, domain: .calendar(.year, from: 0, to: 366))], inputTypes: table.types)
    #expect(try run(bounded, [], &dice).rows == [[.date(0), .null], [.date(365), .null]])
  }

  @Test func calendarSteps() throws {
    // 1970-01-01 was a Thursday.
    #expect(CalendarStep.week.dates(from: 0, to: 4) == [-3, 4])
    #expect(CalendarStep.day.dates(from: -1, to: 1) == [-1, 0, 1])
    #expect(CalendarStep.quarter.dates(from: 100, to: 200) == [90, 181])
    #expect(CalendarStep.year.dates(from: -1, to: 0) == [-365, 0])
    #expect(CalendarStep.month.dates(from: 5, to: 4) == [])
    #expect(CalendarStep.day.dates(from: .min, to: .max) == nil)
  }

  @Test func tooManyCombinationsAreRefused() throws {
    var dice = OperatorDice(2)
    let rows: [[Value]] = (0..<6000).map { [.integer($0), .integer($0)] }
    let table = CellTable([.integer, .integer], rows)
    let complete = Complete([.init(column: 0), .init(column: 1)], inputTypes: table.types)
    let batches = try table.batches(&dice)
    #expect(throws: OperatorError.self) { try run(complete, batches, &dice) }
  }

  @Test(arguments: 0..<20)
  func pivotsAgreeWithTheObviousWay(_ seed: Int) throws {
    var dice = OperatorDice(UInt64(seed) + 90)
    let table = CellTable(everyType, rows: 80, dice: &dice)
    let names: [Value] = [.text("zone"), .text("a"), .text("jamais")]
    let measures = [
      Aggregation.Measure(.sum, of: 3, name: "s"), .init(.count, name: "n"),
      .init(.first, of: 7, where: 1, name: "f"),
    ]
    let pivot = Pivot(
      keys: [5, 2], name: 0, names: names, measures: measures, inputTypes: everyType,
      seed: HashSeed(UInt64(seed)))
    let result = try run(pivot, try table.batches(&dice), workers: 1 + seed % 3, &dice)
    var listed = table
    listed.rows = table.rows.filter { names.contains($0[0]) }
    #expect(result.tally.left["unlisted"] == table.rows.count - listed.rows.count)
    var expected = AggregationOracle.groups(listed, [5, 2]).map(\.key)
    for name in names {
      for index in expected.indices {
        let key = Array(expected[index].prefix(2))
        var cell = CellTable(everyType, [])
        cell.rows = listed.rows.filter { [$0[5], $0[2]] == key && $0[0] == name }
        expected[index] += AggregationOracle.rows(cell, [], measures)[0]
      }
    }
    #expect(result.rows == expected)
  }
}
