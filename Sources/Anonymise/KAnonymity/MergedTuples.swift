import Tabular

/// The tuples that several threads counted, as one.
extension TupleCollector {
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

  /// How often each value of a sensitive field comes with each tuple, and the rules it has to keep.
  static func sensitive(
    _ workers: [TupleCollector], _ index: Int, _ field: SensitiveField, _ classes: Classes
  ) throws -> (SensitiveCounts, [SpreadRule]) {
    var places = TupleTable(expecting: classes.count)
    for key in classes.keys { _ = places.number(key) }
    let texts = workers.map { worker in
      let texts = worker.texts[index].texts
      return (0..<texts.count).map { texts.string($0) }
    }
    let (numbers, values, groups) = try field.numbering(Set(texts.joined()))
    var table = TupleTable()
    var cells: [SensitiveCounts.Cell] = []
    for (worker, texts) in zip(workers, texts) {
      for (pair, count) in zip(worker.pairs[index].keys, worker.pairCounts[index]) {
        let place = places.number(worker.tuples.keys[Int(pair >> 32)])
        let text = texts[Int(truncatingIfNeeded: pair & 0xffff_ffff)]
        guard let value = numbers[text] else { throw AnonymisingBreaker.wrongColumn }
        let number = table.number(UInt64(place) << 32 | UInt64(UInt32(bitPattern: value)))
        if number == cells.count {
          cells.append(
            SensitiveCounts.Cell(
              place: Int32(truncatingIfNeeded: place), value: value, rows: count))
        } else {
          cells[number].rows += count
        }
      }
    }
    let counts = SensitiveCounts(cells: cells, values: values)
    return (counts, field.rules(counts.whole, groups))
  }
}
