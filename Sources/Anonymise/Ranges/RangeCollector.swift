import Tabular

/// The first pass on one thread: keeps the rows and counts the distinct tuples of values, whose
/// order is known only when all have been seen.
final class RangeCollector: BreakerWorker {
  private let plan: PartitioningBreaker.Plan
  private let limit: Int
  let rows: any BreakerWorker
  let observed: ObservedTuples
  /// By quasi-identifier.
  private var texts: [TextNumbers]
  /// Tuples of the first two, three… fields: the number of the shorter one and of the next text.
  private var longer: [TupleTable]

  init(_ plan: PartitioningBreaker.Plan, _ rows: any BreakerWorker, limit: Int) {
    (self.plan, self.rows, self.limit) = (plan, rows, limit)
    observed = ObservedTuples(sensitive: plan.sensitive.count, limit: .max, scratch: "")
    texts = plan.quasi.map { _ in TextNumbers() }
    longer = plan.quasi.dropFirst().map { _ in TupleTable() }
  }

  func consume(_ batch: Batch) throws {
    var keys = [UInt64](repeating: 0, count: batch.rowCount)
    for (index, quasi) in plan.quasi.enumerated() {
      let column = try plan.column(quasi.column, of: batch)
      guard let numbers = texts[index].numbers(column, rows: keys.count) else {
        throw AnonymisingBreaker.wrongColumn
      }
      for row in keys.indices {
        let number = UInt64(UInt32(bitPattern: numbers[row]))
        keys[row] =
          index == 0 ? number : UInt64(longer[index - 1].number(keys[row] << 32 | number))
      }
    }
    try observed.add(
      keys, person: try plan.person.map { try plan.column($0, of: batch) },
      sensitive: try plan.sensitive.indices.map { try plan.column(plan.width + $0, of: batch) })
    let held = longer.reduce(observed.bytes) { $0 + $1.bytes }
    if texts.reduce(held, { $0 + $1.bytes }) > limit { throw AnonymisingBreaker.needsMemory }
    var batch = batch
    batch.columns.removeLast(max(batch.columns.count - plan.fields, 0))
    try rows.consume(batch)
  }

  /// The texts of a quasi-identifier.
  func found(_ index: Int) -> [String] {
    (0..<texts[index].texts.count).map { texts[index].texts.string($0) }
  }

  /// Gives tuples the keys that all threads give them.
  /// - Parameter parts: by quasi-identifier and text its part of a key.
  func rekey(_ parts: [[UInt64]]) {
    observed.rekey { key in
      var (number, made) = (key, UInt64(0))
      for index in parts.indices.reversed() where index > 0 {
        let pair = longer[index - 1].keys[Int(number)]
        made |= parts[index][Int(truncatingIfNeeded: pair & 0xffff_ffff)]
        number = pair >> 32
      }
      return made | (parts.first?[Int(number)] ?? 0)
    }
  }
}
