/// Random numbers that depend on a seed and on what they are for, and on nothing that was drawn
/// before: any thread may draw any of them.
struct CounterDraws: Sendable {
  let seed: UInt64

  /// SplitMix64's finaliser (Steele, Lea and Flood, 2014).
  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = word &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  func word(_ draw: UInt64, _ stream: UInt64) -> UInt64 {
    Self.mixed(Self.mixed(Self.mixed(seed) ^ draw) ^ stream)
  }

  /// At least 0 and less than 1, 53 bits.
  func uniform(_ draw: UInt64, _ stream: UInt64) -> Double {
    Double(word(draw, stream) >> 11) * 0x1p-53
  }
}
