import Tabular
import Testing

/// Operators that hold a table and give its rows out again.
@Suite struct OperatorsTableTests {
  static func table(_ seed: Int, rows: Int) throws -> (CellTable, [Batch], OperatorDice) {
    var dice = OperatorDice(UInt64(seed) + 77_000)
    let table = CellTable(everyType, rows: rows, dice: &dice)
    return (table, try table.batches(&dice), dice)
  }

  static func keys(_ dice: inout OperatorDice) -> [SortKey] {
    (0..<dice.below(4)).map { _ in
      SortKey(
        column: dice.below(everyType.count), descending: dice.chance(50),
        nullsFirst: dice.chance(30))
    }
  }

  /// Stable, by comparing cell with cell.
  static func sorted(_ rows: [[Value]], _ keys: [SortKey]) -> [[Value]] {
    rows.enumerated().sorted { a, b in
      for key in keys {
        let (x, y) = (a.element[key.column], b.element[key.column])
        if x == y { continue }
        if x == .null || y == .null { return (x == .null) == key.nullsFirst }
        return key.descending ? y.precedes(x) : x.precedes(y)
      }
      return a.offset < b.offset
    }.map(\.element)
  }

  @Test(arguments: 0..<40)
  func sortsAreStable(_ seed: Int) throws {
    // Both below and above the size at which the way of sorting changes.
    var (table, batches, dice) = try Self.table(seed, rows: seed % 2 == 0 ? 90 : 700)
    let keys = Self.keys(&dice)
    let expected = Self.sorted(table.rows, keys)
    #expect(try run(Sort(keys), batches, &dice).rows == expected)
    #expect(try run(Sort(keys), batches, workers: 3, &dice).rows == expected)
    let limit = dice.below(40)
    let top = try run(Sort(keys, limit: limit), batches, workers: 2, &dice)
    #expect(top.rows == Array(expected.prefix(limit)))
  }

  @Test func sortsWithLimitForgetRowsOnTheWay() throws {
    var dice = OperatorDice(4)
    let types: [DataType] = [.integer, .text]
    let rows: [[Value]] = (0..<200_000).map {
      [.integer(Int64(($0 * 7919) % 1009)), .text("r\($0)")]
    }
    var batches: [Batch] = []
    for start in stride(from: 0, to: rows.count, by: 10_000) {
      let part = rows[start..<start + 10_000]
      let columns = try types.indices.map { position in
        try #require(Column(part.map { $0[position] }, type: types[position]))
      }
      batches.append(Batch(columns: columns, rowCount: 10_000, sequence: batches.count))
    }
    let keys = [SortKey(column: 0, descending: true)]
    let expected = Array(Self.sorted(rows, keys).prefix(300))
    for workers in 1...2 {
      #expect(
        try run(Sort(keys, limit: 300), batches, workers: workers, &dice).rows == expected)
    }
  }

  @Test(arguments: 0..<20)
  func limitsFollowTheStream(_ seed: Int) throws {
    var (table, batches, dice) = try Self.table(seed, rows: 150)
    let (offset, count) = (dice.below(170), dice.below(170))
    let result = try run(Limit(count, offset: offset), batches, workers: 3, &dice)
    #expect(result.rows == Array(table.rows.dropFirst(offset).prefix(count)))
    #expect(result.tally.left["before_offset"] == min(offset, table.rows.count))
    #expect(try run(Limit(.max, offset: 1), batches, &dice).rows.count == 149)
  }

  @Test func collectingKeepsTheOrder() throws {
    var (table, batches, dice) = try Self.table(1, rows: 200)
    #expect(try run(Collect(), batches, workers: 4, &dice).rows == table.rows)
    #expect(try run(Collect(), [], &dice).rows.isEmpty)
    #expect(try run(Sort([]), [], &dice).rows.isEmpty)
  }

  @Test(arguments: 0..<20)
  func deduplicationKeepsOneRowPerKey(_ seed: Int) throws {
    var (table, batches, dice) = try Self.table(seed, rows: 200)
    let keys = (0..<dice.below(3)).map { _ in dice.below(everyType.count) }
    func key(_ row: [Value]) -> [Value] { keys.map { row[$0] } }
    func kept(_ rows: [(Int, [Value])]) -> [[Value]] {
      var seen = Set<[Value]>()
      return rows.filter { seen.insert(key($0.1)).inserted }.sorted { $0.0 < $1.0 }.map(\.1)
    }
    let numbered = table.rows.enumerated().map { ($0.offset, $0.element) }
    let hashing = HashSeed(UInt64(seed))
    func deduplicate(_ keep: Deduplicate.Keep) -> Deduplicate {
      Deduplicate(keys: keys, keep: keep, inputTypes: everyType, seed: hashing)
    }
    for workers in 1...3 {
      let first = try run(deduplicate(.first), batches, workers: workers, &dice)
      #expect(first.rows == kept(numbered))
      let last = try run(deduplicate(.last), batches, workers: workers, &dice)
      #expect(last.rows == kept(numbered.reversed()))
    }
    let order = Self.keys(&dice)
    let sorted = Self.sorted(
      numbered.map { [.integer(Int64($0.0))] + $0.1 },
      order.map {
        SortKey(column: $0.column + 1, descending: $0.descending, nullsFirst: $0.nullsFirst)
      })
    let best = sorted.compactMap { row -> (Int, [Value])? in
      if case .integer(let number) = row[0] { (Int(number), Array(row.dropFirst())) } else { nil }
    }
    let leading = try run(deduplicate(.leading(order)), batches, workers: 2, &dice)
    #expect(leading.rows == kept(best))
  }

  @Test func unionsAppendInOrder() throws {
    var (table, batches, dice) = try Self.table(2, rows: 60)
    let (other, otherBatches, _) = try Self.table(3, rows: 50)
    let union = Union(
      types: [.decimal, .text, .date], main: [3, 0, 5],
      sides: [
        (HeldBatches(otherBatches), [3, 7, nil]), (HeldBatches(batches), [nil, 0, 5]),
      ])
    let result = try run(union, batches, workers: 2, &dice)
    #expect(
      result.rows == table.rows.map { [$0[3], $0[0], $0[5]] }
        + other.rows.map { [$0[3], $0[7], .null] } + table.rows.map { [.null, $0[0], $0[5]] })
    #expect(result.tally.made["appended"] == 110)
    let wrong = Union(types: [.text], main: [0], sides: [(HeldBatches(batches), [2])])
    #expect(throws: OperatorError.self) { try run(wrong, batches, &dice) }
  }

  @Test func absentColumnsPassThroughUnread() throws {
    var dice = OperatorDice(5)
    func batch(_ sequence: Int, _ values: [Int64]) -> Batch {
      Batch(
        columns: [
          Column(.integer(values)), Column(.absent(.text, count: values.count)),
        ], rowCount: values.count, sequence: sequence)
    }
    let batches = [batch(0, [3, 1, 3]), batch(1, [2, 1])]
    let types: [DataType] = [.integer, .text]
    let breakers: [any Breaker] = [
      Sort([SortKey(column: 0)]), Collect(), Limit(3),
      Deduplicate(keys: [0], inputTypes: types),
      Window(
        partition: [], order: [], calls: [.init(.rowNumber, name: "n")], inputTypes: types),
    ]
    for breaker in breakers {
      let result = try run(breaker, batches, workers: 2, &dice)
      for batch in result.batches { #expect(batch.columns[1].isAbsent) }
    }
    for breaker in [
      Sort([SortKey(column: 1)]), Deduplicate(keys: [1], inputTypes: types),
    ] as [any Breaker] {
      #expect(throws: OperatorError.self) { try run(breaker, batches, &dice) }
    }
  }
}
