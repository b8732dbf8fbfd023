extension TextValues {
  /// Texts copied out of a pool, one after the other, without codes.
  /// - Parameter range: where the i-th text lies in the pool.
  /// - Returns: nil when the texts exceed 2 GiB.
  @inline(__always)
  static func packed(_ count: Int, from pool: [UInt8], _ range: (Int) -> Range<Int>) -> Self? {
    var offsets: [Int32] = []
    offsets.reserveCapacity(count + 1)
    offsets.append(0)
    var total = 0
    for index in 0..<count {
      let range = range(index)
      // Checked here, so that copying need not be.
      guard range.lowerBound >= 0, range.upperBound <= pool.count else { return nil }
      total += range.count
      offsets.append(Int32(truncatingIfNeeded: total))
    }
    guard total <= Int(Int32.max) else { return nil }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: total) { buffer, filled in
      unsafe pool.withUnsafeBufferPointer { pool in
        guard let to = buffer.baseAddress, let from = pool.baseAddress else { return }
        for index in 0..<count {
          let range = range(index)
          unsafe (to + filled).initialize(from: from + range.lowerBound, count: range.count)
          filled += range.count
        }
      }
    }
    return TextValues(bytes: bytes, offsets: offsets)
  }
}
