import Tabular

/// The first pass on one thread: keeps the rows, each with the key of its tuple in place of its
/// quasi-identifiers, and counts the distinct tuples.
final class TupleCollector: BreakerWorker {
  private let plan: AnonymisingBreaker.Plan
  let rows: any BreakerWorker
  let observed: ObservedTuples
  /// By quasi-identifier: cells that its hierarchy lacks, and whether there are empty ones.
  private(set) var unknown: [Int]
  private(set) var hasEmpty: [Bool]

  init(_ plan: AnonymisingBreaker.Plan, _ rows: any BreakerWorker, _ observed: ObservedTuples) {
    (self.plan, self.rows, self.observed) = (plan, rows, observed)
    unknown = Array(repeating: 0, count: plan.quasi.count)
    hasEmpty = Array(repeating: false, count: plan.quasi.count)
  }

  func consume(_ batch: Batch) throws {
    var keys = [UInt64](repeating: 0, count: batch.rowCount)
    var batch = batch
    for (index, quasi) in plan.quasi.enumerated() {
      let numbers = quasi.leaves.numbers(try plan.column(quasi.column, of: batch), rows: keys.count)
      let (shift, empty) = (UInt64(quasi.shift), Int32(truncatingIfNeeded: quasi.leaves.empty))
      for row in keys.indices {
        let number = numbers[row]
        if number == LeafNumbers.unknown {
          unknown[index] += 1
        } else {
          if number == empty { hasEmpty[index] = true }
          keys[row] |= UInt64(UInt32(bitPattern: number)) << shift
        }
      }
      batch.columns[quasi.column] = Column(.absent(.text, count: keys.count))
    }
    try observed.add(
      keys, person: try plan.person.map { try plan.column($0, of: batch) },
      sensitive: try plan.sensitive.indices.map { try plan.column(plan.width + $0, of: batch) })
    batch.columns.removeLast(max(batch.columns.count - plan.fields, 0))
    batch.columns.append(Column(.integer(keys.map { Int64(bitPattern: $0) })))
    try rows.consume(batch)
  }
}
