/// Numbers keys densely from 0 in the order in which they first come.
package struct TupleTable: Sendable {
  package private(set) var keys: [UInt64] = []
  private var slots: [Int32]
  private var mask: Int

  /// - Parameter expected: keys to make room for.
  package init(expecting expected: Int = 0) {
    var size = 64
    while size < expected * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    mask = size - 1
  }

  package var count: Int { keys.count }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: spread(key)) }

  /// A key with its bits mixed.
  @inline(__always)
  static func spread(_ key: UInt64) -> UInt64 {
    var x = key
    x = (x ^ (x >> 32)) &* 0xd6e8_feb8_6659_fd93
    x = (x ^ (x >> 32)) &* 0xd6e8_feb8_6659_fd93
    return x ^ (x >> 32)
  }

  /// The number of a key, new or known.
  @inline(__always)
  package mutating func number(_ key: UInt64) -> Int {
    var slot = TupleTable.hash(key) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if keys[number] == key { return number }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: keys.count)
    keys.append(key)
    if keys.count * 2 > slots.count { grow() }
    return keys.count - 1
  }

  /// The number of a known key.
  @inline(__always)
  package func find(_ key: UInt64) -> Int? {
    var slot = TupleTable.hash(key) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if keys[number] == key { return number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func grow() {
    mask = slots.count * 2 - 1
    slots = Array(repeating: -1, count: mask + 1)
    for (number, key) in keys.enumerated() {
      var slot = TupleTable.hash(key) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  /// Roughly the bytes it holds.
  package var bytes: Int { 8 * keys.capacity + 4 * slots.count }
}
