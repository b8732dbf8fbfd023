/// Seeded randomness: xoshiro256\*\* (Blackman and Vigna, 2018), its state filled by SplitMix64.
///
/// Each data set draws from a stream of its own, named, so that widening one set leaves the bytes
/// of the others alone.
struct Dice {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  init(seed: UInt64, stream: String) {
    var state = seed
    for byte in stream.utf8 {  // FNV-1a keeps the streams apart.
      state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    s0 = Dice.splitMix(&state)
    s1 = Dice.splitMix(&state)
    s2 = Dice.splitMix(&state)
    s3 = Dice.splitMix(&state)
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// A number in `0..<bound`; the bias of the multiply-high method is below 2⁻⁴⁰ here.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  /// True `count` times out of `total` on average.
  mutating func chance(_ count: Int, in total: Int) -> Bool { below(total) < count }

  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

  /// An index drawn in proportion to `weights`.
  mutating func weighted(_ weights: [Int]) -> Int {
    var left = below(weights.reduce(0, +))
    for (index, weight) in weights.enumerated() {
      if left < weight { return index }
      left -= weight
    }
    return weights.count - 1
  }

  /// The sum of `count` draws below `bound`: a bell, without floating point.
  mutating func bell(_ count: Int, _ bound: Int) -> Int {
    var sum = 0
    for _ in 0..<count { sum += below(bound) }
    return sum
  }
}
