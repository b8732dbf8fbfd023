/// A keyed hash of bytes, for tables that hold values from outside: without the key, nobody can
/// make many values fall together. Never part of a result.
struct KeyHash: Sendable {
  private let seed: (UInt64, UInt64)

  init() {
    var random = SystemRandomNumberGenerator()
    seed = (random.next() | 1, random.next() | 1)
  }

  func callAsFunction(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var state = seed.0 ^ UInt64(range.count)
    bytes.withUnsafeBytes { raw in
      var at = range.lowerBound
      while at + 8 <= range.upperBound {
        state = mix(state ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self), seed.1)
        at += 8
      }
      var tail: UInt64 = 0
      while at < range.upperBound {
        tail = tail << 8 | UInt64(raw[at])
        at += 1
      }
      state = mix(state ^ tail, seed.1)
    }
    return mix(state, seed.0)
  }

  @inline(__always)
  private func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
