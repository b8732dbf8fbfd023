/// Numbers pairs of small numbers densely from 0, in the order in which they first come. While few
/// combinations are possible, a plain table of them saves the hashing.
struct PairTable: Sendable {
  private var table: WordTable
  /// The number of (left, right) at `left << shift | right`, or −1; empty when there are too many.
  private var dense: [Int32] = []
  private var shift = 0

  private static let denseSize = 1 << 15

  init(_ seed: HashSeed) { table = WordTable(seed) }

  /// The pairs by number, left in the upper half.
  var words: [UInt64] { table.words }

  /// Fills `ids` with the numbers of the pairs (`ids[i]`, `right[i]`).
  /// - Parameters:
  ///   - lefts: how many numbers may be on the left.
  ///   - rights: how many may be on the right.
  mutating func assign(_ ids: inout [Int32], _ right: [Int32], lefts: Int, rights: Int) {
    if makeDense(lefts, rights) {
      var row = 0
      while row < ids.count {
        row = knownRun(&ids, right, from: row)
        if row < ids.count {
          dense[Int(ids[row]) << shift | Int(right[row])] = id(ids[row], right[row])
        }
      }
      return
    }
    let left = ids
    unsafe left.withUnsafeBufferPointer { left in
      unsafe right.withUnsafeBufferPointer { right in
        table.assign(into: &ids) { row in unsafe PairTable.word(left[row], right[row]) }
      }
    }
  }

  /// - Returns: the first row whose pair the dense table does not have.
  private func knownRun(_ ids: inout [Int32], _ right: [Int32], from start: Int) -> Int {
    let shift = shift
    return unsafe dense.withUnsafeBufferPointer { dense in
      unsafe right.withUnsafeBufferPointer { right in
        unsafe ids.withUnsafeMutableBufferPointer { ids in
          for row in start..<ids.count {
            let id = unsafe dense[Int(ids[row]) &<< shift | Int(right[row])]
            if id < 0 { return row }
            unsafe ids[row] = id
          }
          return ids.count
        }
      }
    }
  }

  /// The number that a pair has or gets.
  @inline(__always)
  mutating func id(_ left: Int32, _ right: Int32) -> Int32 {
    table.id(PairTable.word(left, right))
  }

  /// The number of a pair, or −1.
  @inline(__always)
  func find(_ left: Int32, _ right: Int32) -> Int32 { table.find(PairTable.word(left, right)) }

  @inline(__always)
  static func word(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  static func halves(_ word: UInt64) -> (left: Int32, right: Int32) {
    (Int32(truncatingIfNeeded: word >> 32), Int32(truncatingIfNeeded: word))
  }

  /// Roughly the bytes that it takes.
  var heldBytes: Int { table.heldBytes + 4 * dense.capacity }

  private mutating func makeDense(_ lefts: Int, _ rights: Int) -> Bool {
    let needed = Swift.max(Int.bitWidth - (rights - 1).leadingZeroBitCount, 0)
    if lefts << Swift.max(needed, shift) <= dense.count, needed <= shift { return true }
    guard needed < 15, lefts << needed <= PairTable.denseSize else {
      dense = []
      return false
    }
    shift = needed
    dense = Array(repeating: -1, count: PairTable.denseSize)
    for (id, word) in table.words.enumerated() {
      let (left, right) = PairTable.halves(word)
      dense[Int(left) << shift | Int(right)] = Int32(truncatingIfNeeded: id)
    }
    return true
  }
}
