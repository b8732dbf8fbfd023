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

  /// Roughly the bytes that it takes.
  var heldBytes: Int { 8 * slots.capacity + pool.capacity + 8 * starts.capacity }

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

  /// Fills `ids[i]` with the number that row i's text has or gets; known texts are found without a
  /// check or a call.
  /// - Parameter texts: without codes, as many as `ids`.
  mutating func assign(_ texts: TextValues, into ids: inout [Int32]) {
    var row = 0
    while row < ids.count {
      row = findRun(texts, &ids, from: row)
      if row < ids.count {
        let range = texts.range(row)
        ids[row] = unsafe texts.bytes.withUnsafeBytes {
          unsafe id($0, range.lowerBound, range.count)
        }
        row += 1
      }
    }
  }

  /// - Returns: the first row with an unknown text.
  private func findRun(_ texts: TextValues, _ ids: inout [Int32], from start: Int) -> Int {
    let (seed, mask) = (seed, mask)
    return unsafe slots.withUnsafeBufferPointer { slots in
      unsafe starts.withUnsafeBufferPointer { starts in
        unsafe pool.withUnsafeBytes { pool in
          unsafe texts.offsets.withUnsafeBufferPointer { offsets in
            unsafe texts.bytes.withUnsafeBytes { bytes in
              unsafe ids.withUnsafeMutableBufferPointer { ids in
                for row in start..<ids.count {
                  let from = Int(unsafe offsets[row])
                  let length = Int(unsafe offsets[row + 1]) - from
                  let hash = unsafe seed.hash(bytes, from, length)
                  let tag = UInt32(truncatingIfNeeded: hash >> 32)
                  var at = Int(truncatingIfNeeded: hash) & mask
                  while true {
                    let slot = unsafe slots[at]
                    if slot.id < 0 { return row }
                    let held = unsafe starts[Int(slot.id)]
                    if slot.tag == tag, unsafe starts[Int(slot.id) + 1] - held == length,
                      unsafe ByteTable.equal(pool, held, bytes, from, length)
                    {
                      unsafe ids[row] = slot.id
                      break
                    }
                    at = (at + 1) & mask
                  }
                }
                return ids.count
              }
            }
          }
        }
      }
    }
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

  /// Whether string `id` is `bytes[start..<start + length]`; all inlined, since keys are short.
  @inline(__always)
  @unsafe private func equals(
    _ id: Int, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int
  ) -> Bool {
    let from = starts[id]
    guard starts[id + 1] - from == length else { return false }
    return unsafe pool.withUnsafeBytes { unsafe ByteTable.equal($0, from, bytes, start, length) }
  }

  @inline(__always)
  @unsafe private static func equal(
    _ a: UnsafeRawBufferPointer, _ aStart: Int, _ b: UnsafeRawBufferPointer, _ bStart: Int,
    _ length: Int
  ) -> Bool {
    var at = 0
    while at + 8 <= length {
      let left = unsafe a.loadUnaligned(fromByteOffset: aStart + at, as: UInt64.self)
      let right = unsafe b.loadUnaligned(fromByteOffset: bStart + at, as: UInt64.self)
      if left != right { return false }
      at += 8
    }
    if at == length { return true }
    if length >= 8 {
      // The last eight bytes, some of them again.
      let left = unsafe a.loadUnaligned(fromByteOffset: aStart + length - 8, as: UInt64.self)
      let right = unsafe b.loadUnaligned(fromByteOffset: bStart + length - 8, as: UInt64.self)
      return left == right
    }
    if length >= 4 {
      let left = unsafe a.loadUnaligned(fromByteOffset: aStart, as: UInt32.self)
      let right = unsafe b.loadUnaligned(fromByteOffset: bStart, as: UInt32.self)
      if left != right { return false }
      at = length - 4
      return unsafe a.loadUnaligned(fromByteOffset: aStart + at, as: UInt32.self)
        == b.loadUnaligned(fromByteOffset: bStart + at, as: UInt32.self)
    }
    while at < length {
      if unsafe a[aStart + at] != b[bStart + at] { return false }
      at += 1
    }
    return true
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
