/// The keys of rows as byte strings whose order, byte by byte, is the rows' order; ties are broken
/// by ordinals, so that no two are equal.
struct SortBytes: Sendable {
  private let bytes: [UInt8]
  private let ends: [Int]

  var count: Int { ends.count }

  func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  /// The first sixteen bytes, most significant first, zeros behind: most comparisons end here.
  func head(_ row: Int) -> (UInt64, UInt64) {
    let range = range(row)
    return (word(range, 0), word(range, 8))
  }

  private func word(_ range: Range<Int>, _ from: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in from..<(from + 8) {
      let place = range.lowerBound + offset
      word = word << 8 | (place < range.upperBound ? UInt64(bytes[place]) : 0)
    }
    return word
  }

  /// Whether a key comes before another's that has the same head.
  func precedes(_ row: Int, _ other: SortBytes, _ otherRow: Int) -> Bool {
    let (mine, theirs) = (range(row), other.range(otherRow))
    let common = Swift.min(mine.count, theirs.count)
    for offset in (common < 16 ? 0 : 16)..<common {
      let (a, b) = (bytes[mine.lowerBound + offset], other.bytes[theirs.lowerBound + offset])
      if a != b { return a < b }
    }
    return mine.count < theirs.count
  }

  /// The keys of a batch's rows, written key by key: the places are known before.
  /// - Parameter ordinals: of the rows.
  init(_ keys: [SortKey], _ batch: Batch, ordinals: [Int64]) throws {
    let columns = try keys.map { try SortColumn($0, try batch.column($0.column)) }
    var places = [Int](repeating: 8, count: batch.rowCount)
    for column in columns { column.addLengths(to: &places) }
    var total = 0
    ends = places.map { length in
      total += length
      return total
    }
    for row in places.indices { places[row] = ends[row] - places[row] }
    unsafe bytes = [UInt8](unsafeUninitializedCapacity: total) { target, count in
      for column in columns { unsafe column.write(into: target, at: &places) }
      for row in places.indices {
        unsafe target.put(UInt64(bitPattern: ordinals[row]), flipped: 0, at: &places[row])
      }
      count = total
    }
  }

  /// The ordinal that a key ends with.
  func ordinal(_ row: Int) -> Int64 {
    let end = range(row).upperBound
    return Int64(bitPattern: word(end - 8..<end, 0))
  }
}
