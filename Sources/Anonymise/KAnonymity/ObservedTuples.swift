import Tabular

/// The first pass on one thread: how often each tuple comes, with whom and with which sensitive
/// values. Past its share of memory it lies on disk, apart by hashes.
final class ObservedTuples {
  /// A person's hash and a tuple's key. Two persons of one hash count as one: fewer than there
  /// are, never more.
  struct Stand: Hashable {
    var person: UInt64
    var key: UInt64
  }

  private var table = TupleTable()
  private var counts: [Int] = []
  private var stands: [Stand] = []
  /// By sensitive field: its texts, and how often each comes with each tuple.
  private(set) var texts: [TextNumbers]
  private var pairs: [TupleTable]
  private var pairCounts: [[Int]]

  private let limit: Int
  private let scratch: String
  /// Tuples, persons, and sensitive values by field.
  private var spilled: [RowPartitions] = []
  /// What keys are called now; nil for what they are.
  private var rekeyed: [UInt64]?

  /// - Parameter limit: bytes beyond which it goes to disk.
  init(sensitive: Int, limit: Int, scratch: String) {
    (self.limit, self.scratch) = (limit, scratch)
    texts = (0..<sensitive).map { _ in TextNumbers() }
    pairs = (0..<sensitive).map { _ in TupleTable() }
    pairCounts = (0..<sensitive).map { _ in [] }
  }

  /// Counts rows.
  /// - Parameter person: texts; nil where every row is a person.
  func add(_ keys: [UInt64], person: Column?, sensitive: [Column]) throws {
    var numbers = [Int](repeating: 0, count: sensitive.isEmpty ? 0 : keys.count)
    for (row, key) in keys.enumerated() {
      let number = table.number(key)
      if number == counts.count { counts.append(1) } else { counts[number] += 1 }
      if !sensitive.isEmpty { numbers[row] = number }
    }
    if let person { try stand(person, keys) }
    for (index, column) in sensitive.enumerated() { try pair(index, column, numbers) }
    guard bytes > limit else { return }
    try spill()
    let held = texts.reduce(0) { $0 + $1.bytes }
    if held > limit { throw AnonymisingBreaker.needsMemory }
  }

  private func stand(_ column: Column, _ keys: [UInt64]) throws {
    guard case .text(let texts) = column.values else { throw AnonymisingBreaker.wrongColumn }
    for row in keys.indices {
      // Whoever is not named may be one and the same.
      let person = column.validity[row] ? TextHash.of(texts.bytes, texts.range(row)) : 0
      stands.append(Stand(person: person, key: keys[row]))
    }
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

  /// Roughly what is held in memory.
  var bytes: Int {
    let held = table.bytes + 8 * counts.capacity + 16 * stands.capacity
    let ofPairs = pairs.reduce(0) { $0 + $1.bytes + 8 * $1.count }
    return texts.reduce(held + ofPairs) { $0 + $1.bytes }
  }

  // MARK: On disk

  var isSpilled: Bool { !spilled.isEmpty }

  /// Puts on disk what is in memory, but for the sensitive texts.
  func spill() throws {
    if spilled.isEmpty {
      spilled = try (0..<(2 + texts.count)).map { _ in
        try RowPartitions(folder: scratch, level: 0)
      }
    }
    if stands.count > 1 {
      stands.sort { ($0.person, $0.key) < ($1.person, $1.key) }
      var last = 0
      for index in stands.indices.dropFirst() where stands[index] != stands[last] {
        last += 1
        stands[last] = stands[index]
      }
      stands.removeLast(stands.count - last - 1)
    }
    try put(table.keys, counts.map { UInt64($0) }, into: spilled[0])
    try put(stands.map(\.person), stands.map(\.key), into: spilled[1])
    for index in texts.indices {
      let pairs = pairs[index].keys
      try put(
        pairs.map { table.keys[Int($0 >> 32)] }, pairs.map { $0 & 0xffff_ffff },
        pairCounts[index].map { UInt64($0) }, into: spilled[2 + index])
    }
    (table, counts, stands) = (TupleTable(), [], [])
    pairs = texts.map { _ in TupleTable() }
    pairCounts = texts.map { _ in [] }
  }

  /// Rows apart by the first column.
  private func put(
    _ first: [UInt64], _ second: [UInt64], _ third: [UInt64]? = nil,
    into partitions: RowPartitions
  ) throws {
    let step = 1 << 16
    for start in stride(from: 0, to: first.count, by: step) {
      let range = start..<min(start + step, first.count)
      let columns = [first, second, third].compactMap { $0 }.map { values in
        Column(.integer(values[range].map { Int64(bitPattern: $0) }))
      }
      let hashes = first[range].map { TupleTable.spread($0) }
      try partitions.add(
        Batch(columns: columns, rowCount: range.count, sequence: 0),
        RowPartitions.apart(hashes, level: 0) { _ in true })
    }
  }

  private func rows(_ kind: Int, _ partition: Int, _ body: ([[Int64]]) -> Void) throws {
    try spilled[kind].each(partition) { batch in
      let columns = try batch.columns.map { column in
        guard case .integer(let values) = column.values else {
          throw AnonymisingBreaker.wrongColumn
        }
        return values
      }
      body(columns)
    }
  }

  // MARK: To be merged

  /// Calls keys otherwise; nothing may be on disk.
  func rekey(_ name: (UInt64) -> UInt64) { rekeyed = table.keys.map(name) }

  /// Tuples with their counts, a tuple perhaps several times.
  /// - Parameter partition: nil for all, when nothing is on disk.
  func tuples(_ partition: Int?, _ body: (_ key: UInt64, _ count: Int) -> Void) throws {
    guard let partition else {
      for (key, count) in zip(rekeyed ?? table.keys, counts) { body(key, count) }
      return
    }
    try rows(0, partition) { columns in
      for (key, count) in zip(columns[0], columns[1]) { body(UInt64(bitPattern: key), Int(count)) }
    }
  }

  /// Who stands where.
  func stands(_ partition: Int?) throws -> [Stand] {
    guard let partition else {
      guard let rekeyed else { return stands }
      return stands.compactMap { stand in
        table.find(stand.key).map { Stand(person: stand.person, key: rekeyed[$0]) }
      }
    }
    var stands: [Stand] = []
    try rows(1, partition) { columns in
      for (person, key) in zip(columns[0], columns[1]) {
        stands.append(Stand(person: UInt64(bitPattern: person), key: UInt64(bitPattern: key)))
      }
    }
    return stands
  }

  /// How often a sensitive field's texts, by their numbers here, come with tuples.
  func pairs(
    _ index: Int, _ partition: Int?, _ body: (_ key: UInt64, _ text: Int, _ count: Int) -> Void
  ) throws {
    guard let partition else {
      let keys = rekeyed ?? table.keys
      for (pair, count) in zip(pairs[index].keys, pairCounts[index]) {
        body(keys[Int(pair >> 32)], Int(truncatingIfNeeded: pair & 0xffff_ffff), count)
      }
      return
    }
    try rows(2 + index, partition) { columns in
      for (row, key) in columns[0].enumerated() {
        body(UInt64(bitPattern: key), Int(columns[1][row]), Int(columns[2][row]))
      }
    }
  }
}
