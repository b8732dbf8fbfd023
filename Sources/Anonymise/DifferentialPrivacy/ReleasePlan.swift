import Glibc
import StageKit
import Tabular

/// How the noise of a release is shared out over its measures, and what it costs.
public struct ReleasePlan: Sendable {
  /// The noise of one measure.
  public enum Noise: Sendable, Hashable {
    case laplace(scale: UInt128, rate: UInt128)
    case gaussian(NoiseVariance)
  }

  /// What the author asked for, for all measures together.
  public enum Asked: Sendable, Hashable {
    /// Laplace noise, ε in millionths.
    case epsilon(millionths: Int)
    /// Gaussian noise, ρ in millionths.
    case rho(millionths: Int)
  }

  /// The noise of each measure.
  public let noise: [Noise]
  /// The least noisy number of persons at which a group that is not declared is shown.
  public let threshold: Int64?
  public let cost: PrivacyCost

  /// - Parameters:
  ///   - asked: 1…1e8 millionths.
  ///   - groups: that a person is counted in, at most: 1…1000.
  ///   - effects: of each measure, how much one person changes one group's figure at most, in the
  ///     figure's unit: 1…1e18.
  ///   - weights: of each measure, its share in what was asked: 1…1000.
  ///   - deltaExponent: of the whole release; nil where there is no threshold.
  ///   - counted: the measure that the threshold looks at: a count of persons.
  /// - Returns: nil when the noise would be too large to be drawn.
  public init?(
    _ asked: Asked, groups: Int, effects: [UInt128], weights: [Int], deltaExponent: Int?,
    thresholdOn counted: Int?
  ) {
    let whole = UInt128(weights.reduce(0, +))
    var noise: [Noise] = []
    for (effect, weight) in zip(effects, weights) {
      guard
        let one = Self.noise(
          asked, groups: UInt128(groups), effect: effect, weight: UInt128(weight), of: whole)
      else { return nil }
      noise.append(one)
    }
    let allowed = deltaExponent.map(Self.attos) ?? 0
    switch asked {
    case .epsilon(let millionths):
      cost = PrivacyCost(
        epsilonMillionths: millionths, deltaAttos: counted == nil ? 0 : allowed)
    case .rho(let millionths):
      cost = PrivacyCost(
        rhoTrillionths: millionths * 1_000_000, epsilonMillionths: nil,
        deltaAttos: counted == nil ? 0 : allowed / 2)
    }
    self.noise = noise
    threshold = counted.flatMap { noise.indices.contains($0) ? noise[$0] : nil }.map {
      [cost] in Self.threshold($0, groups: groups, delta: Double(cost.deltaAttos) / 1e18)
    }
  }

  /// 10^exponent in units of 1e-18.
  private static func attos(_ exponent: Int) -> Int {
    (0..<min(max(18 + exponent, 0), 18)).reduce(1) { power, _ in power * 10 }
  }

  /// One person changes at most `groups` figures by `effect` each: by `groups · effect` together
  /// (Laplace), by √groups · effect in Euclid's distance (Gaussian).
  private static func noise(
    _ asked: Asked, groups: UInt128, effect: UInt128, weight: UInt128, of whole: UInt128
  ) -> Noise? {
    switch asked {
    case .epsilon(let millionths):
      // effect · groups / (ε · weight / whole)
      var scale: UInt128 = 1
      for factor in [groups, effect, whole, 1_000_000] {
        let (product, overflows) = scale.multipliedReportingOverflow(by: factor)
        if overflows { return nil }
        scale = product
      }
      let rate = UInt128(millionths) * weight
      let divisor = divisor(scale, rate)
      guard (scale / divisor) >> 111 == 0 else { return nil }
      return .laplace(scale: scale / divisor, rate: rate / divisor)
    case .rho(let millionths):
      // σ² = groups · effect² / (2 · ρ · weight / whole)
      let numerator = [groups, effect, effect, whole, 1_000_000].reduce(Magnitude(1)) {
        $0 * Magnitude($1)
      }
      let variance = NoiseVariance(numerator, over: 2 * UInt128(millionths) * weight)
      return variance.deviation < 1e30 ? .gaussian(variance) : nil
    }
  }

  private static func divisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b > 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }

  /// The least τ such that a group of one person is shown with a probability of δ/groups at most:
  /// a person shows in no more than so many groups. Rounded up, with room for what doubles round.
  private static func threshold(_ noise: Noise, groups: Int, delta: Double) -> Int64 {
    let unlikely = log(Double(groups)) - log(delta)
    let above =
      switch noise {
      // P(noise ≥ x) ≤ exp(−x/b).
      case .laplace(let scale, let rate): Double(scale) / Double(rate) * unlikely
      // P(noise ≥ x) ≤ exp(−x²/(2σ²)).
      case .gaussian(let variance): variance.deviation * (2 * unlikely).squareRoot()
      }
    return Int64(exactly: (above * (1 + 1e-9)).rounded(.up) + 1) ?? .max
  }
}

extension ReleasePlan.Noise {
  /// How far 19 figures in 20 lie from the exact ones at most, nearly, in the figure's unit.
  public var usualError: Double {
    switch self {
    case .laplace(let scale, let rate): Double(scale) / Double(rate) * log(20)
    case .gaussian(let variance): variance.deviation * 1.959_963_984_540_054
    }
  }
}
