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
    for key in keys {
      let number = tuples.number(key)
      if number == counts.count { counts.append(1) } else { counts[number] += 1 }
    }
    if let person = plan.person {
      try stand(try plan.column(person, of: batch), keys)
      batch.columns.remove(at: person)
    }
    guard tuples.bytes + 8 * counts.count + 16 * stands.count <= limit else {
      throw AnonymisingBreaker.needsMemory
    }
    batch.columns.append(Column(.integer(keys.map { Int64(bitPattern: $0) })))
    try rows.consume(batch)
  }

  private func stand(_ column: Column, _ keys: [UInt64]) throws {
    guard case .text(let texts) = column.values else { throw AnonymisingBreaker.wrongColumn }
    for row in keys.indices {
      // Whoever is not named may be one and the same.
      let person = column.validity[row] ? TextHash.of(texts.bytes, texts.range(row)) : 0
      stands.append(Stand(person: person, key: keys[row]))
    }
  }

  /// The tuples of several workers' rows, in the order of their keys.
  static func classes(_ workers: [TupleCollector], byPerson: Bool) throws -> Classes {
    var (table, counts) = (TupleTable(), [Int]())
    for worker in workers {
      for (key, count) in zip(worker.tuples.keys, worker.counts) {
        let number = table.number(key)
        if number == counts.count { counts.append(count) } else { counts[number] += count }
      }
    }
    let order = table.keys.indices.sorted { table.keys[$0] < table.keys[$1] }
    var classes = Classes(keys: order.map { table.keys[$0] }, rows: order.map { counts[$0] })
    guard byPerson else { return classes }
    var places = TupleTable(expecting: classes.count)
    for key in classes.keys { _ = places.number(key) }
    var alone = [Int](repeating: 0, count: classes.count)
    let stands = workers.flatMap(\.stands)
      .sorted { ($0.person, $0.key) < ($1.person, $1.key) }
    var (start, person) = (0, Int32(0))
    while start < stands.count {
      var own: [Int] = []
      var end = start
      while end < stands.count, stands[end].person == stands[start].person {
        if end == start || stands[end].key != stands[end - 1].key {
          own.append(places.number(stands[end].key))
        }
        end += 1
      }
      if own.count == 1 {
        alone[own[0]] += 1
      } else {
        let (next, isTooMany) = person.addingReportingOverflow(1)
        if isTooMany { throw AnonymisingBreaker.needsMemory }
        person = next
        for place in own {
          classes.links.append(
            Classes.Link(person: person, place: Int32(truncatingIfNeeded: place)))
        }
      }
      start = end
    }
    classes.alone = alone
    return classes
  }
}
