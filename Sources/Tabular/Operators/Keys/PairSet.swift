/// A set of pairs of a group and a value, both numbered densely from 0: open addressing with
/// linear probing over blocks of 64 neighbouring values of one group, a bit each. Where each group
/// has most of the values a pair takes little more than a bit; where it has few, 32 to 64 bytes.
struct PairSet: Sendable {
  private struct Block {
    /// The group in the upper half, the value's number over 64 in the lower.
    var word: UInt64
    /// 0 when the place is free.
    var bits: UInt64
  }

  private let seed: HashSeed
  private var blocks: [Block]
  private var mask: Int
  private var used = 0

  init(_ seed: HashSeed) {
    self.seed = seed
    blocks = Array(repeating: Block(word: 0, bits: 0), count: 16)
    mask = 15
  }

  /// Adds the pairs of `groups[i]` and `values[rows[i]]`, and counts those that are new.
  /// - Parameter counts: by group, with room for all of them.
  mutating func insert(
    _ groups: [Int32], _ values: [Int32], rows: [Int32], counts: inout [Int64]
  ) {
    var index = 0
    while index < rows.count {
      index = insertRun(groups, values, rows, &counts, from: index)
      if index < rows.count {
        insert(groups[index], values[Int(rows[index])], &counts)
        index += 1
      }
    }
  }

  /// Goes on as long as blocks are known, without a call.
  /// - Returns: the first place with an unknown block.
  private mutating func insertRun(
    _ groups: [Int32], _ values: [Int32], _ rows: [Int32], _ counts: inout [Int64],
    from start: Int
  ) -> Int {
    let (seed, mask) = (seed, mask)
    return unsafe blocks.withUnsafeMutableBufferPointer { blocks in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        for index in start..<rows.count {
          let (group, value) = (groups[index], values[Int(rows[index])])
          let word = PairSet.word(group, value)
          var at = Int(truncatingIfNeeded: seed.hash(word)) & mask
          while unsafe blocks[at].word != word, unsafe blocks[at].bits != 0 { at = (at + 1) & mask }
          let bits = unsafe blocks[at].bits
          if bits == 0 { return index }
          let bit = UInt64(1) << UInt64(value & 63)
          unsafe blocks[at].bits = bits | bit
          unsafe counts[Int(group)] &+= bits & bit == 0 ? 1 : 0
        }
        return rows.count
      }
    }
  }

  /// Adds another set's pairs; their groups and values have the numbers that the maps tell here.
  mutating func merge(
    _ other: PairSet, groups: [Int32], values: [Int32], counts: inout [Int64]
  ) {
    for block in other.blocks where block.bits != 0 {
      let group = groups[Int(block.word >> 32)]
      if group < 0 { continue }
      let first = Int(block.word & 0xFFFF_FFFF) * 64
      var bits = block.bits
      while bits != 0 {
        insert(group, values[first + bits.trailingZeroBitCount], &counts)
        bits &= bits - 1
      }
    }
  }

  /// Which values are paired with groups whose number in `map` is not negative.
  /// - Parameter count: of all values.
  func values(of map: [Int32], count: Int) -> [Bool] {
    var wanted = [Bool](repeating: false, count: count)
    for block in blocks where block.bits != 0 && map[Int(block.word >> 32)] >= 0 {
      var bits = block.bits
      while bits != 0 {
        wanted[Int(block.word & 0xFFFF_FFFF) * 64 + bits.trailingZeroBitCount] = true
        bits &= bits - 1
      }
    }
    return wanted
  }

  /// The bytes that it takes.
  var heldBytes: Int { 16 * blocks.capacity }

  private mutating func insert(_ group: Int32, _ value: Int32, _ counts: inout [Int64]) {
    let word = PairSet.word(group, value)
    let bit = UInt64(1) << UInt64(value & 63)
    var at = Int(truncatingIfNeeded: seed.hash(word)) & mask
    while blocks[at].bits != 0, blocks[at].word != word { at = (at + 1) & mask }
    if blocks[at].bits & bit != 0 { return }
    counts[Int(group)] &+= 1
    if blocks[at].bits == 0 {
      blocks[at].word = word
      used += 1
    }
    blocks[at].bits |= bit
    if used * 2 > blocks.count { grow() }
  }

  @inline(__always)
  private static func word(_ group: Int32, _ value: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: group)) << 32 | UInt64(UInt32(bitPattern: value) >> 6)
  }

  private mutating func grow() {
    let old = blocks
    blocks = Array(repeating: Block(word: 0, bits: 0), count: old.count * 2)
    mask = blocks.count - 1
    for block in old where block.bits != 0 {
      var at = Int(truncatingIfNeeded: seed.hash(block.word)) & mask
      while blocks[at].bits != 0 { at = (at + 1) & mask }
      blocks[at] = block
    }
  }
}
