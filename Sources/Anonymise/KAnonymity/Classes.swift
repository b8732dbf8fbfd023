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
  /// Persons who stand in one tuple, of this class; nil where every row is a person.
  package var alone: [Int]?
  /// The other persons, where these are tuples.
  package private(set) var groups: PersonGroups
  /// Where these were made of tuples: theirs, and what became of their keys.
  private var source: PersonSource?
  private var path: [KeyMap] = []
  /// By sensitive field.
  package var sensitive: [SensitiveCounts]
  /// Those among whom the table's persons are; nil where nothing is asked of that.
  package var population: Population?

  /// - Parameter links: the persons of several classes, by person.
  package init(
    keys: [UInt64], rows: [Int], alone: [Int]? = nil, links: [Link] = [],
    sensitive: [SensitiveCounts] = [], population: Population? = nil
  ) {
    (self.keys, self.rows, self.alone) = (keys, rows, alone)
    (self.sensitive, self.population) = (sensitive, population)
    groups = PersonGroups()
    var start = 0
    while start < links.count {
      let own = links[start...].prefix { $0.person == links[start].person }.map(\.place)
      start += own.count
      let places = Set(own).sorted()
      if places.count == 1 {
        self.alone?[Int(places[0])] += 1
      } else {
        groups.add(places, persons: 1)
      }
    }
    groups.close()
  }

  package var count: Int { keys.count }

  /// Persons by class.
  package var persons: [Int] { persons(enough: .max) }

  /// Persons by class; where it is clear that there are enough, or not, perhaps fewer than there
  /// are, but as many as to tell.
  func persons(enough: Int) -> [Int] {
    guard var persons = alone else { return rows }
    for group in 0..<groups.count {
      for place in groups.places(group) { persons[Int(place)] += groups.persons(group) }
    }
    guard let source else { return persons }
    let isOpen = persons.indices.map { place in
      persons[place] < enough && persons[place] < rows[place]
        && (enough == .max || rows[place] >= enough)
    }
    guard isOpen.contains(true) else { return persons }
    let target = targets(source).map { isOpen[Int($0)] ? $0 : -1 }
    source.groups.count(target, into: &persons)
    return persons
  }

  /// By tuple, the class that it is in.
  private func targets(_ source: PersonSource) -> [Int32] {
    var table = TupleTable(expecting: count)
    for key in keys { _ = table.number(key) }
    return source.keys.map { key in
      Int32(truncatingIfNeeded: table.find(path.reduce(key) { $1.key($0) }) ?? 0)
    }
  }

  /// The same as tuples.
  private var settled: Classes {
    guard let source, var together = alone else { return self }
    var settled = self
    settled.groups = source.groups.moved(targets(source), alone: &together)
    (settled.alone, settled.source, settled.path) = (together, nil, [])
    return settled
  }

  /// Tells what became of the tuples' keys in fewer steps.
  mutating func shorten(_ path: KeyMap) {
    if source != nil { self.path = [path] }
  }

  /// Takes over who stands in several tuples.
  mutating func link(_ groups: PersonGroups) {
    self.groups = groups
  }

  /// The classes of coarser levels.
  /// - Parameter map: what becomes of a key.
  package func rolledUp(_ map: KeyMap) -> Classes {
    var table = TupleTable(expecting: min(count, 4096))
    var places = [Int32](repeating: 0, count: count)
    for index in keys.indices {
      places[index] = Int32(truncatingIfNeeded: table.number(map.key(keys[index])))
    }
    let none = [Int](repeating: 0, count: table.count)
    var rolled = Classes(keys: table.keys, rows: none, alone: alone.map { _ in none })
    for (index, place) in places.enumerated() {
      rolled.rows[Int(place)] += rows[index]
      if let alone { rolled.alone?[Int(place)] += alone[index] }
    }
    rolled.sensitive = sensitive.map { $0.rolledUp(places) }
    rolled.population = population?.rolledUp(map)
    rolled.source = source ?? (groups.count > 0 ? PersonSource(keys, groups) : nil)
    rolled.path = path + [map]
    return rolled
  }

  /// Classes that these tuples become, without the population.
  /// - Parameter places: by class, the one that it joins.
  package func joined(_ places: [Int32], as keys: [UInt64]) -> Classes {
    let none = [Int](repeating: 0, count: keys.count)
    var joined = Classes(keys: keys, rows: none)
    for (index, place) in places.enumerated() { joined.rows[Int(place)] += rows[index] }
    let settled = settled
    if let alone = settled.alone {
      var together = none
      for (index, place) in places.enumerated() { together[Int(place)] += alone[index] }
      joined.groups = settled.groups.moved(places, alone: &together)
      joined.alone = together
    }
    joined.sensitive = sensitive.map { $0.rolledUp(places) }
    return joined
  }

  /// Some of the tuples, of the same population.
  package func kept(_ stays: (_ index: Int) -> Bool) -> Classes {
    var places = [Int32](repeating: -1, count: count)
    var kept = Classes(keys: [], rows: [], population: population)
    let settled = settled
    var together: [Int] = []
    for index in keys.indices where stays(index) {
      places[index] = Int32(truncatingIfNeeded: kept.count)
      kept.keys.append(keys[index])
      kept.rows.append(rows[index])
      if let alone = settled.alone { together.append(alone[index]) }
    }
    if alone != nil {
      kept.groups = settled.groups.moved(places, alone: &together)
      kept.alone = together
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

  /// Roughly the bytes it holds.
  var bytes: Int {
    let own = keys.count * (alone == nil ? 16 : 24) + groups.bytes
    let population = (population?.keys.count ?? 0) * 16
    return sensitive.reduce(own + population) { $0 + $1.cells.count * 16 }
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
