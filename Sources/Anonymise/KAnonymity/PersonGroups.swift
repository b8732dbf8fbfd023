/// Persons who stand in several classes, those who stand in the same ones together: the coarser the
/// classes, the fewer there are to tell apart.
package struct PersonGroups: Sendable {
  /// By group, and one more: where its places begin.
  private var starts: [Int] = [0]
  /// Classes in ascending order, at least two a group.
  private var places: [Int32] = []
  private var persons: [Int] = []
  private var slots: [Int32] = []

  package init() {}

  package var count: Int { persons.count }

  /// The classes of a group.
  @inline(__always)
  func places(_ group: Int) -> ArraySlice<Int32> { places[starts[group]..<starts[group + 1]] }

  @inline(__always)
  func persons(_ group: Int) -> Int { persons[group] }

  /// Roughly the bytes it holds.
  var bytes: Int {
    8 * starts.capacity + 4 * (places.capacity + slots.capacity) + 8 * persons.capacity
  }

  /// - Parameter own: in ascending order, each once, at least two.
  mutating func add(_ own: [Int32], persons more: Int) {
    if persons.count * 2 >= slots.count { grow() }
    var slot = Self.hash(own[...]) & (slots.count - 1)
    while slots[slot] >= 0 {
      let group = Int(slots[slot])
      if starts[group + 1] - starts[group] == own.count, places(group).elementsEqual(own) {
        persons[group] += more
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(truncatingIfNeeded: persons.count)
    places += own
    starts.append(places.count)
    persons.append(more)
  }

  /// To be called when nothing will be added any more.
  mutating func close() { slots = [] }

  private mutating func grow() {
    slots = Array(repeating: -1, count: max(64, slots.count * 2, persons.count * 4))
    // A power of two, for the mask.
    if slots.count & (slots.count - 1) != 0 {
      slots = Array(repeating: -1, count: 1 << (Int.bitWidth - slots.count.leadingZeroBitCount))
    }
    for group in persons.indices {
      var slot = Self.hash(places(group)) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: group)
    }
  }

  private static func hash(_ own: ArraySlice<Int32>) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for place in own {
      hash = TupleTable.spread(hash &+ UInt64(UInt32(bitPattern: place)))
    }
    return Int(truncatingIfNeeded: hash)
  }
}

/// Tuples' keys and the persons who stand in several of them.
final class PersonSource: Sendable {
  let keys: [UInt64]
  let groups: PersonGroups

  init(_ keys: [UInt64], _ groups: PersonGroups) { (self.keys, self.groups) = (keys, groups) }
}

extension PersonGroups {
  /// Counts persons class by class.
  /// - Parameter target: by tuple, its class; −1 for those that need no counting.
  func count(_ target: [Int32], into persons: inout [Int]) {
    var own: [Int32] = []
    var start = 0
    // The hot loop of tables with persons: no slices, nothing allocated.
    for (group, more) in self.persons.enumerated() {
      let end = starts[group + 1]
      own.removeAll(keepingCapacity: true)
      while start < end {
        let place = target[Int(places[start])]
        start += 1
        if place < 0 { continue }
        var index = 0
        while index < own.count, own[index] != place { index += 1 }
        if index < own.count { continue }
        own.append(place)
        persons[Int(place)] += more
      }
    }
  }

  /// What becomes of the groups when classes are joined or go: those left in several, and by
  /// class those who now stand in it alone.
  /// - Parameter target: by class, the one that it becomes; −1 for none.
  func moved(_ target: [Int32], alone: inout [Int]) -> PersonGroups {
    var moved = PersonGroups()
    var own: [Int32] = []
    for group in 0..<count {
      own.removeAll(keepingCapacity: true)
      for place in places(group) {
        let next = target[Int(place)]
        if next < 0 { continue }
        // Few at a time: put each where it belongs.
        var index = own.count
        while index > 0, own[index - 1] > next { index -= 1 }
        if index > 0, own[index - 1] == next { continue }
        own.insert(next, at: index)
      }
      switch own.count {
      case 0: continue
      case 1: alone[Int(own[0])] += persons(group)
      default: moved.add(own, persons: persons(group))
      }
    }
    moved.close()
    return moved
  }
}
