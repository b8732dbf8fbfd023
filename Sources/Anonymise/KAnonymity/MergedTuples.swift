import Tabular

/// The tuples that several threads observed, as one. What lies on disk is merged partition by
/// partition; what comes out is the same.
struct MergedTuples {
  private let workers: [ObservedTuples]
  private let partitions: [Int?]
  /// Bytes that the distinct tuples may take.
  private let limit: Int

  init(_ workers: [ObservedTuples], limit: Int) throws {
    (self.workers, self.limit) = (workers, limit)
    let isSpilled = workers.contains { $0.isSpilled }
    if isSpilled { for worker in workers { try worker.spill() } }
    partitions = isSpilled ? (0..<RowPartitions.count).map { $0 } : [nil]
  }

  /// In the order of their keys.
  func classes(byPerson: Bool) throws -> Classes {
    var all: [(key: UInt64, count: Int)] = []
    for partition in partitions {
      var (table, counts) = (TupleTable(), [Int]())
      for worker in workers {
        try worker.tuples(partition) { key, count in
          let number = table.number(key)
          if number == counts.count { counts.append(count) } else { counts[number] += count }
        }
      }
      all += zip(table.keys, counts).map { ($0, $1) }
      // Key and count, their place in a table, and classes made of them.
      if all.count * 64 > limit { throw AnonymisingBreaker.needsMemory }
    }
    all.sort { $0.key < $1.key }
    var classes = Classes(keys: all.map(\.key), rows: all.map(\.count))
    if byPerson { try link(&classes) }
    return classes
  }

  /// Hands over each person with the tuples' keys, in ascending order.
  func eachPerson(_ body: (_ person: UInt64, _ keys: [UInt64]) throws -> Void) throws {
    for partition in partitions {
      var stands: [ObservedTuples.Stand] = []
      for worker in workers { stands += try worker.stands(partition) }
      stands.sort { ($0.person, $0.key) < ($1.person, $1.key) }
      var (start, keys) = (0, [UInt64]())
      while start < stands.count {
        keys.removeAll(keepingCapacity: true)
        let person = stands[start].person
        while start < stands.count, stands[start].person == person {
          if keys.last != stands[start].key { keys.append(stands[start].key) }
          start += 1
        }
        try body(person, keys)
      }
    }
  }

  private func places(_ classes: Classes) -> TupleTable {
    var places = TupleTable(expecting: classes.count)
    for key in classes.keys { _ = places.number(key) }
    return places
  }

  /// Tells persons of one tuple from those of several.
  private func link(_ classes: inout Classes) throws {
    let places = places(classes)
    var alone = [Int](repeating: 0, count: classes.count)
    var (groups, own) = (PersonGroups(), [Int32]())
    for partition in partitions {
      var stands: [ObservedTuples.Stand] = []
      for worker in workers { stands += try worker.stands(partition) }
      stands.sort { ($0.person, $0.key) < ($1.person, $1.key) }
      var start = 0
      while start < stands.count {
        own.removeAll(keepingCapacity: true)
        var end = start
        while end < stands.count, stands[end].person == stands[start].person {
          if end == start || stands[end].key != stands[end - 1].key,
            let place = places.find(stands[end].key)
          {
            own.append(Int32(truncatingIfNeeded: place))
          }
          end += 1
        }
        start = end
        // Keys ascend, and so do places.
        if own.count == 1 {
          alone[Int(own[0])] += 1
        } else if !own.isEmpty {
          groups.add(own, persons: 1)
        }
      }
      if groups.bytes > limit { throw AnonymisingBreaker.needsMemory }
    }
    groups.close()
    classes.link(groups)
    classes.alone = alone
  }

  /// How often each value of a sensitive field comes with each tuple, and the rules it has to keep.
  func sensitive(
    _ index: Int, _ field: SensitiveField, _ classes: Classes
  ) throws -> (SensitiveCounts, [SpreadRule]) {
    let places = places(classes)
    let texts = workers.map { worker in
      let texts = worker.texts[index].texts
      return (0..<texts.count).map { texts.string($0) }
    }
    let (numbers, values, groups) = try field.numbering(Set(texts.joined()))
    var cells: [SensitiveCounts.Cell] = []
    for partition in partitions {
      var table = TupleTable()
      let start = cells.count
      for (worker, texts) in zip(workers, texts) {
        let own = texts.map { numbers[$0] ?? -1 }
        try worker.pairs(index, partition) { key, text, count in
          guard let place = places.find(key), own.indices.contains(text) else { return }
          let number = table.number(UInt64(place) << 32 | UInt64(UInt32(bitPattern: own[text])))
          if start + number == cells.count {
            cells.append(
              SensitiveCounts.Cell(
                place: Int32(truncatingIfNeeded: place), value: own[text], rows: count))
          } else {
            cells[start + number].rows += count
          }
        }
      }
      if cells.count * 16 > limit { throw AnonymisingBreaker.needsMemory }
    }
    guard cells.allSatisfy({ $0.value >= 0 }) else { throw AnonymisingBreaker.wrongColumn }
    let counts = SensitiveCounts(cells: cells, values: values)
    return (counts, field.rules(counts.whole, groups))
  }
}
