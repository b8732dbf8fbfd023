/// Numbers 64-bit words densely from 0, in the order in which they first come: open addressing
/// with linear probing.
struct WordTable: Sendable {
  private struct Slot {
    var word: UInt64
    /// −1 when the slot is free.
    var id: Int32
  }

  private let seed: HashSeed
  private var slots: [Slot]
  private var mask: Int
  private var used = 0
  /// The words by number.
  private(set) var words: [UInt64] = []

  init(_ seed: HashSeed) {
    self.seed = seed
    slots = Array(repeating: Slot(word: 0, id: -1), count: 16)
    mask = 15
  }

  /// The number that a word has or gets. Callers see to it that numbers fit in 32 bits.
  @inline(__always)
  mutating func id(_ word: UInt64) -> Int32 {
    var at = Int(truncatingIfNeeded: seed.hash(word)) & mask
    while slots[at].id >= 0 {
      if slots[at].word == word { return slots[at].id }
      at = (at + 1) & mask
    }
    return insert(word, at)
  }

  /// Fills `ids[i]` with the number that `word(i)` has or gets.
  ///
  /// Words that are known, which is nearly all of them in most data, are found without a check or
  /// a call; each new one interrupts that once.
  @inline(__always)
  mutating func assign(into ids: inout [Int32], _ word: (Int) -> UInt64) {
    var row = 0
    while row < ids.count {
      row = findRun(&ids, from: row, word)
      if row < ids.count {
        ids[row] = id(word(row))
        row += 1
      }
    }
  }

  /// - Returns: the first row with an unknown word.
  @inline(__always)
  private func findRun(_ ids: inout [Int32], from start: Int, _ word: (Int) -> UInt64) -> Int {
    let (seed, mask) = (seed, mask)
    return unsafe slots.withUnsafeBufferPointer { slots in
      unsafe ids.withUnsafeMutableBufferPointer { ids in
        var row = start
        while row < ids.count {
          let word = word(row)
          var at = Int(truncatingIfNeeded: seed.hash(word)) & mask
          var slot = unsafe slots[at]
          while slot.word != word, slot.id >= 0 {
            at = (at + 1) & mask
            unsafe slot = slots[at]
          }
          if slot.id < 0 { return row }
          unsafe ids[row] = slot.id
          row += 1
        }
        return row
      }
    }
  }

  /// The number of a word, or −1.
  @inline(__always)
  func find(_ word: UInt64) -> Int32 {
    var at = Int(truncatingIfNeeded: seed.hash(word)) & mask
    while slots[at].id >= 0 {
      if slots[at].word == word { return slots[at].id }
      at = (at + 1) & mask
    }
    return -1
  }

  /// Roughly the bytes that it takes.
  var heldBytes: Int { 16 * slots.capacity + 8 * words.capacity }

  /// Gives a number to something that no word finds.
  mutating func addUnfindable() -> Int32 {
    words.append(0)
    return Int32(truncatingIfNeeded: words.count - 1)
  }

  @inline(never)
  private mutating func insert(_ word: UInt64, _ free: Int) -> Int32 {
    let id = Int32(truncatingIfNeeded: words.count)
    words.append(word)
    slots[free] = Slot(word: word, id: id)
    used += 1
    if used * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(word: 0, id: -1), count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.id >= 0 {
      var at = Int(truncatingIfNeeded: seed.hash(slot.word)) & mask
      while slots[at].id >= 0 { at = (at + 1) & mask }
      slots[at] = slot
    }
  }
}
