/// Secret numbers for hashing untrusted keys, so that nobody can craft keys that collide. No
/// result ever depends on them.
public struct HashSeed: Sendable {
  let first: UInt64
  let second: UInt64

  /// From the system's randomness: one for the whole process.
  public static let run: HashSeed = {
    var randomness = SystemRandomNumberGenerator()
    return HashSeed(first: randomness.next(), second: randomness.next())
  }()

  /// A known seed; for tests.
  public init(_ number: UInt64) {
    self.init(
      first: Sample.hash(seed: number, ordinal: 0), second: Sample.hash(seed: number, ordinal: 1))
  }

  private init(first: UInt64, second: UInt64) {
    self.first = first
    // As a multiplier it must have bits all over.
    self.second = second | 1 << 63 | 1
  }

  /// The two halves of the 128-bit product, folded: every bit of the result depends on all bits.
  @inline(__always)
  static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  func hash(_ word: UInt64) -> UInt64 { HashSeed.fold(word ^ first, second) }

  /// The hash of `length` bytes from `start` on.
  @inline(__always)
  @unsafe func hash(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> UInt64 {
    var state = first ^ UInt64(truncatingIfNeeded: length)
    let end = start + length
    let a: UInt64
    let b: UInt64
    if length >= 8 {
      var at = start
      while end - at > 16 {
        let (left, right) = unsafe (HashSeed.load8(bytes, at), HashSeed.load8(bytes, at + 8))
        state = HashSeed.fold(left ^ state, right ^ second)
        at += 16
      }
      unsafe a = HashSeed.load8(bytes, Swift.max(end - 16, start))
      unsafe b = HashSeed.load8(bytes, end - 8)
    } else if length >= 4 {
      unsafe a = HashSeed.load4(bytes, start)
      unsafe b = HashSeed.load4(bytes, end - 4)
    } else if length > 0 {
      let (low, middle, high) = unsafe (bytes[start], bytes[start + length / 2], bytes[end - 1])
      a = UInt64(low) << 16 | UInt64(middle) << 8 | UInt64(high)
      b = 0
    } else {
      a = 0
      b = 0
    }
    state = HashSeed.fold(a ^ second, b ^ state)
    return HashSeed.fold(state ^ first, second)
  }

  @inline(__always)
  @unsafe private static func load8(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
  }

  @inline(__always)
  @unsafe private static func load4(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    UInt64(unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
  }
}
