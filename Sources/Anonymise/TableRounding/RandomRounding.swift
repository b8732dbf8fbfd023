/// Unbiased random rounding of single counts.
package struct RandomRounding: Sendable {
  package let base: Int64

  package init(_ base: Int64) { self.base = base }

  /// The multiple of the base next below or above, above with a probability of rest / base, so
  /// that the mean is the count; a multiple stays.
  /// - Parameters:
  ///   - count: 0 to `Int64.max - base`.
  ///   - draw: uniform over 64 bits.
  package func rounded(_ count: Int64, drawing draw: UInt64) -> Int64 {
    let rest = count % base
    // ⌊draw · base / 2^64⌋ is uniform over 0 ..< base, but for a bias below base / 2^64.
    let chosen = draw.multipliedFullWidth(by: UInt64(base)).high
    return count - rest + (chosen < UInt64(rest) ? base : 0)
  }
}
