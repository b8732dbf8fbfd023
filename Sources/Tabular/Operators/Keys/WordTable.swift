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
