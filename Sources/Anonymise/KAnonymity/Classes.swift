/// Distinct tuples of quasi-identifiers, or the classes that some levels of generalisation make
/// of them: what the search works on, whatever the number of rows.
package struct Classes: Sendable {
  /// A person who stands in several classes, in one of them.
  package struct Link: Sendable, Hashable {
    package var person: Int32
    package var place: Int32

    package init(person: Int32, place: Int32) { (self.person, self.place) = (person, place) }
  }

  /// By class: the leaves of its first tuple's values, packed.
  package var keys: [UInt64]
  package var rows: [Int]
  /// Persons who stand in this class only; nil where every row is a person.
  package var alone: [Int]?
  /// The other persons, each once a class, by person.
  package var links: [Link]
  /// By sensitive field.
  package var sensitive: [SensitiveCounts]
  /// Those among whom the table's persons are; nil where nothing is asked of that.
  package var population: Population?

  package init(
    keys: [UInt64], rows: [Int], alone: [Int]? = nil, links: [Link] = [],
    sensitive: [SensitiveCounts] = [], population: Population? = nil
  ) {
    (self.keys, self.rows, self.alone, self.links) = (keys, rows, alone, links)
    (self.sensitive, self.population) = (sensitive, population)
  }

  package var count: Int { keys.count }

  /// Persons by class.
  package var persons: [Int] {
    guard var persons = alone else { return rows }
    for link in links { persons[Int(link.place)] += 1 }
    return persons
  }

  /// The classes of coarser levels.
  /// - Parameter map: what becomes of a key.
  package func rolledUp(_ map: KeyMap) -> Classes {
    var table = TupleTable(expecting: min(count, 4096))
    var places = [Int32](repeating: 0, count: count)
    for index in keys.indices {
      places[index] = Int32(truncatingIfNeeded: table.number(map.key(keys[index])))
    }
    var rolled = joined(places, as: table.keys)
    rolled.population = population?.rolledUp(map)
    return rolled
  }

  /// Classes that these become, without the population.
  /// - Parameter places: by class, the one that it joins.
  package func joined(_ places: [Int32], as keys: [UInt64]) -> Classes {
    let none = [Int](repeating: 0, count: keys.count)
    var joined = Classes(keys: keys, rows: none, alone: alone.map { _ in none })
    for (index, place) in places.enumerated() {
      joined.rows[Int(place)] += rows[index]
      if let alone { joined.alone?[Int(place)] += alone[index] }
    }
    joined.link(links, places)
    joined.sensitive = sensitive.map { $0.rolledUp(places) }
    return joined
  }

  /// Some of the classes, of the same population.
  package func kept(_ stays: (_ index: Int) -> Bool) -> Classes {
    var places = [Int32](repeating: -1, count: count)
    var kept = Classes(keys: [], rows: [], alone: alone.map { _ in [] }, population: population)
    for index in keys.indices where stays(index) {
      places[index] = Int32(truncatingIfNeeded: kept.count)
      kept.keys.append(keys[index])
      kept.rows.append(rows[index])
      if let alone { kept.alone?.append(alone[index]) }
    }
    kept.links = links.compactMap { link in
      let place = places[Int(link.place)]
      return place < 0 ? nil : Link(person: link.person, place: place)
    }
    kept.sensitive = sensitive.map { counts in
      SensitiveCounts(
        cells: counts.cells.compactMap { cell in
          let place = places[Int(cell.place)]
          return place < 0
            ? nil : SensitiveCounts.Cell(place: place, value: cell.value, rows: cell.rows)
        }, values: counts.values)
    }
    return kept
  }

  /// Takes over persons of several classes; those who now stand in one count as such.
  private mutating func link(_ old: [Link], _ places: [Int32]) {
    var start = 0
    var own: [Int32] = []
    while start < old.count {
      own.removeAll(keepingCapacity: true)
      var end = start
      while end < old.count, old[end].person == old[start].person {
        own.append(places[Int(old[end].place)])
        end += 1
      }
      own.sort()
      if own.first == own.last {
        alone?[Int(own[0])] += 1
      } else {
        for (index, place) in own.enumerated() where index == 0 || own[index - 1] != place {
          links.append(Link(person: old[start].person, place: place))
        }
      }
      start = end
    }
  }
}

/// What becomes of tuples' keys at some levels.
package struct KeyMap: Sendable {
  private struct Part: Sendable {
    let shift: UInt64
    let mask: UInt64
    /// By leaf, in its place in the key.
    let parts: [UInt64]
  }

  private let kept: UInt64
  private let parts: [Part]

  /// - Parameter from: levels that the keys are at already.
  package init(_ domains: [QuasiDomain], _ levels: [Int], from: [Int]? = nil) {
    var (kept, parts): (UInt64, [Part]) = (0, [])
    for (field, domain) in domains.enumerated() {
      let mask: UInt64 = (1 << UInt64(domain.bits)) - 1
      if levels[field] == (from?[field] ?? 0) {
        kept |= mask << UInt64(domain.shift)
      } else {
        parts.append(
          Part(
            shift: UInt64(domain.shift), mask: mask,
            parts: domain.first[levels[field]].map { UInt64($0) << UInt64(domain.shift) }))
      }
    }
    (self.kept, self.parts) = (kept, parts)
  }

  @inline(__always)
  package func key(_ key: UInt64) -> UInt64 {
    var mapped = key & kept
    for part in parts {
      mapped |= part.parts[Int(truncatingIfNeeded: (key >> part.shift) & part.mask)]
    }
    return mapped
  }
}
