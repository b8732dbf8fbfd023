import Tabular
import Testing

@Suite struct OperatorsWindowTests {
  static let calls: [Window.Call] = {
    var calls: [Window.Call] = [
      .init(.rank, name: "rank"), .init(.denseRank, name: "dense"), .init(.rowNumber, name: "no"),
    ]
    for (position, type) in everyType.enumerated() {
      let functions: [WindowFunction] = [
        .lag(1), .lead(2), .difference(1), .rollingSum(3), .rollingMean(4), .rollingMin(3),
        .rollingMax(2), .cumulativeSum, .percentOfTotal,
      ]
      for function in functions where function.resultType(type) != nil {
        calls.append(.init(function, of: position, name: "\(function.name) of \(position)"))
      }
    }
    return calls
  }()

  /// The result of one call for the row at a place of its partition.
  static func expected(
    _ call: Window.Call, _ partition: [[Value]], _ place: Int, _ sameAsBefore: [Bool],
    _ scale: Int
  ) -> Value {
    guard let argument = call.argument else {
      let fresh = (0...place).last { !sameAsBefore[$0] } ?? 0
      switch call.function {
      case .rank: return .integer(Int64(fresh + 1))
      case .denseRank: return .integer(Int64((0...place).count { !sameAsBefore[$0] }))
      default: return .integer(Int64(place + 1))
      }
    }
    let cells = partition.map { $0[argument] }
    func window(_ width: Int) -> [Value] {
      cells[max(0, place - width + 1)...place].filter { $0 != .null }
    }
    switch call.function {
    case .lag(let rows): return place >= rows ? cells[place - rows] : .null
    case .lead(let rows): return place + rows < cells.count ? cells[place + rows] : .null
    case .difference: return place > 0 ? difference(cells[place], cells[place - 1]) : .null
    case .rollingMin(let width): return window(width).min { $0.precedes($1) } ?? .null
    case .rollingMax(let width): return window(width).max { $0.precedes($1) } ?? .null
    case .rollingSum(let width): return sum(window(width), scale)
    case .cumulativeSum: return sum(window(cells.count), scale)
    case .rollingMean(let width):
      let values = window(width)
      switch sum(values, scale) {
      case .double(let value): return .double(value / Double(values.count))
      case .null: return .null
      default:
        let total = AggregationOracle.total(values, scale)
        return .decimal(AggregationOracle.ratio(total, Int128(values.count), 6, scale))
      }
    case .percentOfTotal:
      let values = cells.filter { $0 != .null }
      if cells[place] == .null { return .null }
      if case .double(let total) = sum(values, scale) {
        return total == 0 ? .null : .double((cells[place].asDouble ?? 0) / total * 100)
      }
      let total = AggregationOracle.total(values, scale)
      if total == 0 { return .null }
      let part = AggregationOracle.total([cells[place]], scale)
      return .decimal(AggregationOracle.ratio(part * 100, total, 6))
    case .rank, .denseRank, .rowNumber: return .null
    }
  }

  static func difference(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): return .integer(a - b)
    case (.date(let a), .date(let b)): return .integer(Int64(a) - Int64(b))
    case (.double(let a), .double(let b)): return .double(a - b)
    case (.decimal, .decimal):
      return .decimal(
        Decimal(
          digits: AggregationOracle.total([a], 6) - AggregationOracle.total([b], 6), scale: 6))
    default: return .null
    }
  }

  static func sum(_ values: [Value], _ scale: Int) -> Value {
    switch values.first {
    case nil: return .null
    case .double:
      var sum = SlowExactSum()
      for value in values { sum.add(value.asDouble ?? 0) }
      return .double(sum.rounded())
    case .integer: return .integer(Int64(AggregationOracle.total(values, 0)))
    default:
      return .decimal(
        Decimal(digits: AggregationOracle.total(values, scale), scale: scale))
    }
  }

  @Test(arguments: 0..<20)
  func windowsAgreeWithTheObviousWay(_ seed: Int) throws {
    var dice = OperatorDice(UInt64(seed) + 600)
    let table = CellTable(everyType, rows: 60, dice: &dice)
    let batches = try table.batches(&dice)
    let partition = (0..<dice.below(3)).map { _ in dice.below(everyType.count) }
    let order = (0..<dice.below(3)).map { _ in
      SortKey(column: dice.below(everyType.count), descending: dice.chance(50))
    }
    let window = Window(
      partition: partition, order: order, calls: Self.calls, inputTypes: everyType,
      seed: HashSeed(UInt64(seed)))
    let result = try run(window, batches, workers: 1 + seed % 3, &dice)
    let numbered = table.rows.enumerated().map { $0.element + [.integer(Int64($0.offset))] }
    let groups = Dictionary(grouping: numbered) { row in partition.map { row[$0] } }
    var expected = table.rows
    for group in groups.values {
      let rows = OperatorsTableTests.sorted(group, order)
      let same = rows.indices.map { place in
        place > 0
          && order.allSatisfy { rows[place][$0.column] == rows[place - 1][$0.column] }
      }
      for place in rows.indices {
        guard case .integer(let number) = rows[place].last else { continue }
        for call in Self.calls {
          expected[Int(number)].append(Self.expected(call, rows, place, same, 6))
        }
      }
    }
    let difference = OperatorsAggregationTests.difference(
      result.rows, expected, Self.calls.map(\.name))
    #expect(difference == nil, "partition \(partition) order \(order)")
  }

  @Test func rollingSumsOfDoublesForgetWhatLeft() throws {
    var dice = OperatorDice(1)
    let column = Column(.double([1e300, 0.1, 0.2, .infinity, 1, 2, .nan, 5, 6]))
    let batch = Batch(columns: [column], rowCount: 9, sequence: 0)
    let window = Window(
      partition: [], order: [], calls: [.init(.rollingSum(2), of: 0, name: "s")],
      inputTypes: [.double])
    let rows = try run(window, [batch], &dice).rows.map { $0[1].asDouble ?? -1 }
    #expect(rows[2] == 0.1 + 0.2)
    #expect(rows[3] == .infinity && rows[4] == .infinity)
    #expect(rows[5] == 3)
    #expect(rows[6].isNaN && rows[7].isNaN)
    #expect(rows[8] == 11)
  }

  @Test func windowsThatOverflowSayWhichMeasure() throws {
    var dice = OperatorDice(2)
    let batch = Batch(columns: [Column(.integer([.max, 1]))], rowCount: 2, sequence: 0)
    func window(_ function: WindowFunction) -> Window {
      Window(
        partition: [], order: [], calls: [.init(function, of: 0, name: "cumul")],
        inputTypes: [.integer])
    }
    let error = #expect(throws: OperatorError.self) {
      try run(window(.cumulativeSum), [batch], &dice)
    }
    #expect(error?.message.en.contains("'cumul'") == true)
    #expect(try run(window(.rollingMean(2)), [batch], &dice).rows.count == 2)
    #expect(
      try run(window(.lag(.max)), [batch], &dice).rows.map { $0[1] } == [.null, .null])
    #expect(
      try run(window(.lag(.min)), [batch], &dice).rows.map { $0[1] } == [.null, .null])
    #expect(try run(window(.lead(1)), [], &dice).rows.isEmpty)
  }
}
