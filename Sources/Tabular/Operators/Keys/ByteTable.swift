/// Numbers byte strings densely from 0, in the order in which they first come, and holds them:
/// open addressing with linear probing over one pool of bytes.
struct ByteTable: Sendable {
  private struct Slot {
    /// The upper half of the hash: most comparisons end here.
    var tag: UInt32
    /// −1 when the slot is free.
    var id: Int32
  }

  private let seed: HashSeed
  private var slots: [Slot]
  private var mask: Int
  private var used = 0
  /// All strings, one after the other.
  private(set) var pool: [UInt8] = []
  /// Where each string starts; one more than strings.
  private(set) var starts: [Int] = [0]

  init(_ seed: HashSeed) {
    self.seed = seed
    slots = Array(repeating: Slot(tag: 0, id: -1), count: 16)
    mask = 15
  }

  /// The number of strings.
  var count: Int { starts.count - 1 }

  func range(_ id: Int) -> Range<Int> { starts[id]..<starts[id + 1] }

  /// The number that the string `bytes[start..<start + length]` has or gets. Callers see to it
  /// that numbers fit in 32 bits.
  @inline(__always)
  @unsafe mutating func id(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int
  ) -> Int32 {
    let hash = unsafe seed.hash(bytes, start, length)
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].id >= 0 {
      let slot = slots[at]
      if slot.tag == tag, unsafe equals(Int(slot.id), bytes, start, length) { return slot.id }
      at = (at + 1) & mask
    }
    return unsafe insert(bytes, start, length, tag, at)
  }

  /// The number of the string, or −1.
  @inline(__always)
  @unsafe func find(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> Int32 {
    let hash = unsafe seed.hash(bytes, start, length)
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].id >= 0 {
      let slot = slots[at]
      if slot.tag == tag, unsafe equals(Int(slot.id), bytes, start, length) { return slot.id }
      at = (at + 1) & mask
    }
    return -1
  }

  /// Gives a number to a string without making it findable: for null, and for pools of strings
  /// that need no numbering.
  mutating func addUnfindable(_ bytes: ArraySlice<UInt8>) -> Int32 {
    pool.append(contentsOf: bytes)
    starts.append(pool.count)
    return Int32(truncatingIfNeeded: count - 1)
  }

  /// Makes room for strings to come.
  mutating func reserve(strings: Int, bytes: Int) {
    starts.reserveCapacity(starts.count + strings)
    pool.reserveCapacity(pool.count + bytes)
  }

  /// Whether string `id` is `bytes[start..<start + length]`; inlined, since keys are short.
  @inline(__always)
  @unsafe private func equals(
    _ id: Int, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int
  ) -> Bool {
    let from = starts[id]
    guard starts[id + 1] - from == length else { return false }
    return unsafe pool.withUnsafeBytes { pool in
      var at = 0
      while at + 8 <= length {
        let left = unsafe pool.loadUnaligned(fromByteOffset: from + at, as: UInt64.self)
        let right = unsafe bytes.loadUnaligned(fromByteOffset: start + at, as: UInt64.self)
        if left != right { return false }
        at += 8
      }
      if at + 4 <= length {
        let left = unsafe pool.loadUnaligned(fromByteOffset: from + at, as: UInt32.self)
        let right = unsafe bytes.loadUnaligned(fromByteOffset: start + at, as: UInt32.self)
        if left != right { return false }
        at += 4
      }
      while at < length {
        if unsafe pool[from + at] != bytes[start + at] { return false }
        at += 1
      }
      return true
    }
  }

  @inline(never)
  @unsafe private mutating func insert(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int, _ tag: UInt32, _ free: Int
  ) -> Int32 {
    let id = Int32(truncatingIfNeeded: count)
    unsafe pool.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]))
    starts.append(pool.count)
    slots[free] = Slot(tag: tag, id: id)
    used += 1
    if used * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(tag: 0, id: -1), count: old.count * 2)
    mask = slots.count - 1
    unsafe pool.withUnsafeBytes { pool in
      for slot in old where slot.id >= 0 {
        let range = range(Int(slot.id))
        let hash = unsafe seed.hash(pool, range.lowerBound, range.count)
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at].id >= 0 { at = (at + 1) & mask }
        slots[at] = slot
      }
    }
  }
}
