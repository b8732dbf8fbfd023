import Tabular
import Testing

/// Seeded randomness: SplitMix64.
struct OperatorDice {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

  mutating func shuffled<T>(_ items: [T]) -> [T] {
    var items = items
    for index in items.indices.reversed().dropLast() { items.swapAt(index, below(index + 1)) }
    return items
  }
}

/// A table as single cells: what the slow and obvious oracles work on.
struct CellTable {
  var types: [DataType]
  var rows: [[Value]]

  /// Random rows with nulls, few different values, and decimals equal at different scales.
  init(_ types: [DataType], rows count: Int, dice: inout OperatorDice, nulls: Int = 10) {
    self.types = types
    rows = []
    for _ in 0..<count {
      rows.append(
        types.map { dice.chance(nulls) ? .null : CellTable.cell($0, &dice) })
    }
  }

  init(_ types: [DataType], _ rows: [[Value]]) { (self.types, self.rows) = (types, rows) }

  static let texts = [
    "", "a", "ab", "b", "é", "a\u{0}", "Quartier-1", "Quartier-10", "Quartier-2", "Quartier-1 bis",
    "un texte nettement plus long que seize octets", "zone",
  ]

  static func cell(_ type: DataType, _ dice: inout OperatorDice) -> Value {
    switch type {
    case .text: .text(dice.pick(texts))
    case .boolean: .boolean(dice.chance(50))
    case .integer: .integer(Int64(dice.below(9)) - 4)
    case .decimal:
      .decimal(Decimal(digits: Int128(dice.below(41)) * 5 - 100, scale: dice.below(4)))
    case .double: .double(dice.pick([0, -0.0, 0.1, 0.2, -1.5, 1e16, 3, -2.25e-300, 7e200]))
    case .date: .date(Int32(dice.below(12)) - 3)
    case .datetime(let zoned): .datetime(Int64(dice.below(7)) * 1_000_003 - 9, zoned: zoned)
    }
  }

  func column(_ position: Int) -> [Value] { rows.map { $0[position] } }

  /// The rows in batches of random sizes, some empty, with texts dictionary-coded at random.
  func batches(_ dice: inout OperatorDice) throws -> [Batch] {
    var batches: [Batch] = []
    var start = 0
    while start < rows.count || (batches.isEmpty && dice.chance(50)) {
      let size = dice.chance(10) ? 0 : 1 + dice.below(40)
      let part = Array(rows[start..<min(start + size, rows.count)])
      start += part.count
      let columns = try types.indices.map { position in
        try CellTable.stored(part.map { $0[position] }, types[position], &dice)
      }
      batches.append(
        Batch(columns: columns, rowCount: part.count, sequence: batches.count))
    }
    return batches
  }

  private static func stored(
    _ cells: [Value], _ type: DataType, _ dice: inout OperatorDice
  ) throws -> Column {
    var column = try #require(Column(cells, type: type))
    if case .decimal(let values) = column.values, dice.chance(30) {
      // In 128 bits though 64 would do, and at a larger scale than needed.
      let scale = min(values.scale + dice.below(3), 18)
      let factor = Decimal.powersOfTen[scale - values.scale]
      column.values = .decimal(
        DecimalValues(scale: scale, digits: .wide(values.widened.map { $0 * factor })))
    }
    if case .text(let values) = column.values, dice.chance(50) {
      let rows = (0..<values.count).map { values.string($0) }
      let pool = dice.shuffled(Array(Set(rows)).sorted() + ["unused"])
      var coded = TextValues(pool)
      coded.codes = rows.map { Int32(pool.firstIndex(of: $0) ?? 0) }
      column.values = .text(coded)
    }
    return column
  }
}

/// What an operator gave out.
struct OperatorRun {
  var rows: [[Value]] = []
  var batches: [Batch] = []
  var tally = Tally()
}

let testResources = Resources(threads: 1, memory: 1 << 30, scratch: "")

/// Runs a breaker over the batches, spread at random and in random order over some workers.
func run(
  _ breaker: any Breaker, _ batches: [Batch], workers: Int = 1,
  with resources: Resources = testResources, _ dice: inout OperatorDice
) throws -> OperatorRun {
  let states = (0..<workers).map { _ in breaker.makeWorker(resources) }
  for batch in workers > 1 ? dice.shuffled(batches) : batches {
    try states[dice.below(workers)].consume(batch)
  }
  var result = OperatorRun()
  let source = try breaker.finish(states, resources, tally: &result.tally)
  while let batch = try source.next() {
    #expect(batch.sequence == result.batches.count)
    #expect(batch.rowCount <= Batch.maximumRows)
    take(batch, &result)
  }
  #expect(result.tally.rowsIn == batches.reduce(0) { $0 + $1.rowCount })
  #expect(result.tally.rowsOut == result.rows.count)
  #expect(result.tally.balances)
  return result
}

/// Runs a row operator over the batches with two workers taking turns.
func run(_ rowOperator: any RowOperator, _ batches: [Batch]) throws -> OperatorRun {
  let workers = [rowOperator.makeWorker(), rowOperator.makeWorker()]
  var result = OperatorRun()
  for (index, batch) in batches.enumerated() {
    let output = try workers[index % 2].process(batch)
    #expect(output.sequence == batch.sequence)
    take(output, &result)
  }
  for worker in workers { result.tally.add(worker.tally) }
  try rowOperator.conclude(workers)
  #expect(result.tally.rowsIn == batches.reduce(0) { $0 + $1.rowCount })
  #expect(result.tally.rowsOut == result.rows.count)
  #expect(result.tally.balances)
  return result
}

private func take(_ batch: Batch, _ result: inout OperatorRun) {
  #expect(batch.columns.allSatisfy { $0.count == batch.rowCount })
  for row in 0..<batch.rowCount { result.rows.append(batch.columns.map { $0.value(row) }) }
  result.batches.append(batch)
}

extension Value {
  /// The order of keys: by value, texts by bytes, null last.
  func precedes(_ other: Value) -> Bool {
    switch (self, other) {
    case (.null, _): false
    case (_, .null): true
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.integer(let a), .integer(let b)): a < b
    case (.decimal(let a), .decimal(let b)): a < b
    case (.double(let a), .double(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.datetime(let a, _), .datetime(let b, _)): a < b
    default: false
    }
  }
}

/// Lexicographic order of keys.
func precedes(_ a: [Value], _ b: [Value]) -> Bool {
  for (x, y) in zip(a, b) {
    if x.precedes(y) { return true }
    if y.precedes(x) { return false }
  }
  return false
}

let everyType: [DataType] = [
  .text, .boolean, .integer, .decimal, .double, .date, .datetime(zoned: true), .text,
]
