import Glibc

/// What zero-concentrated differential privacy means in ε and δ.
public enum ConcentratedPrivacy {
  /// The least ε such that ρ-zCDP is (ε, δ)-differentially private by the bound of Canonne, Kamath
  /// and Steinke (2020, corollary 13): over α > 1 the least of
  /// α·ρ + ln(1/(α·δ))/(α − 1) + ln(1 − 1/α).
  ///
  /// Every α gives a bound that holds, so the search can only err upwards; what doubles round is
  /// far below the 1e-12 (relative) that is added.
  /// - Parameters:
  ///   - rho: ≥ 0.
  ///   - delta: between 0 and 1, both excluded; otherwise the result is infinite.
  public static func epsilon(rho: Double, delta: Double) -> Double {
    guard rho.isFinite, delta > 0, delta < 1 else { return .infinity }
    if rho <= 0 { return 0 }
    /// - Parameter x: ln(α − 1).
    func bound(_ x: Double) -> Double {
      let above = exp(x)
      let alpha = 1 + above
      return rho * alpha - (log(delta) + log(alpha)) / above + (x - log(alpha))
    }
    let golden = 0.618_033_988_749_894_9
    var (low, high) = (-30.0, 60.0)
    for _ in 0..<150 {
      let (left, right) = (high - golden * (high - low), low + golden * (high - low))
      if bound(left) < bound(right) { high = right } else { low = left }
    }
    let least = min(bound((low + high) / 2), bound(low), bound(high))
    return max(0, least * (1 + 1e-12)).nextUp
  }
}
