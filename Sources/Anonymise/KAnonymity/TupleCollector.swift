import Tabular

/// The first pass on one thread: keeps the rows, each with the key of its tuple in place of its
/// quasi-identifiers, and counts the distinct tuples.
final class TupleCollector: BreakerWorker {
  private let plan: AnonymisingBreaker.Plan
  private let limit: Int
  let rows: any BreakerWorker
  private(set) var tuples = TupleTable()
  private(set) var counts: [Int] = []
  /// A hash of the person's text and the tuple's key, for each row, unless rows are persons. Two
  /// persons of one hash count as one: fewer than there are, never more.
  private(set) var stands: [Stand] = []
  /// By sensitive field: its texts, and how often each comes with each tuple.
  private(set) var texts: [TextNumbers]
  private(set) var pairs: [TupleTable]
  private(set) var pairCounts: [[Int]]
  /// By quasi-identifier: cells that its hierarchy lacks, and whether there are empty ones.
  private(set) var unknown: [Int]
  private(set) var hasEmpty: [Bool]

  struct Stand: Hashable {
    var person: UInt64
    var key: UInt64
  }

  init(_ plan: AnonymisingBreaker.Plan, _ rows: any BreakerWorker, limit: Int) {
    (self.plan, self.rows, self.limit) = (plan, rows, limit)
    unknown = Array(repeating: 0, count: plan.quasi.count)
    hasEmpty = Array(repeating: false, count: plan.quasi.count)
    texts = plan.sensitive.map { _ in TextNumbers() }
    pairs = plan.sensitive.map { _ in TupleTable() }
    pairCounts = plan.sensitive.map { _ in [] }
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
    var numbers = [Int](repeating: 0, count: keys.count)
    for (row, key) in keys.enumerated() {
      let number = tuples.number(key)
      if number == counts.count { counts.append(1) } else { counts[number] += 1 }
      numbers[row] = number
    }
    if let person = plan.person { try stand(try plan.column(person, of: batch), keys) }
    for index in plan.sensitive.indices {
      try pair(index, try plan.column(plan.width + index, of: batch), numbers)
    }
    batch.columns.removeLast(max(batch.columns.count - plan.fields, 0))
    let ofPairs = pairs.reduce(0) { $0 + $1.bytes + 8 * $1.count }
    let held = tuples.bytes + 8 * counts.count + 16 * stands.count + ofPairs
    guard texts.reduce(held, { $0 + $1.bytes }) <= limit else {
      throw AnonymisingBreaker.needsMemory
    }
    batch.columns.append(Column(.integer(keys.map { Int64(bitPattern: $0) })))
    try rows.consume(batch)
  }

  private func pair(_ index: Int, _ column: Column, _ tuples: [Int]) throws {
    guard let values = texts[index].numbers(column, rows: tuples.count) else {
      throw AnonymisingBreaker.wrongColumn
    }
    for row in tuples.indices {
      let number = pairs[index].number(
        UInt64(tuples[row]) << 32 | UInt64(UInt32(bitPattern: values[row])))
      if number == pairCounts[index].count {
        pairCounts[index].append(1)
      } else {
        pairCounts[index][number] += 1
      }
    }
  }

  private func stand(_ column: Column, _ keys: [UInt64]) throws {
    guard case .text(let texts) = column.values else { throw AnonymisingBreaker.wrongColumn }
    for row in keys.indices {
      // Whoever is not named may be one and the same.
      let person = column.validity[row] ? TextHash.of(texts.bytes, texts.range(row)) : 0
      stands.append(Stand(person: person, key: keys[row]))
    }
  }
}
