import Tabular

/// Noise over the whole numbers, drawn exactly: no step rounds, so that every probability is what
/// the formula says (Canonne, Kamath and Steinke, The Discrete Gaussian for Differential Privacy,
/// 2020, algorithms 1 to 3).
public struct DiscreteNoise<Randomness: RandomNumberGenerator> {
  public var randomness: Randomness

  /// - Parameter randomness: the system's, wherever figures are released.
  public init(_ randomness: Randomness) { self.randomness = randomness }

  // MARK: Distributions

  /// Discrete Laplace: x with probability proportional to exp(−|x|·rate/scale).
  /// - Parameters:
  ///   - scale: 1…2¹¹¹.
  ///   - rate: ≥ 1.
  public mutating func laplace(scale: UInt128, rate: UInt128 = 1) -> Int128 {
    while true {
      let part = below(scale)
      guard exponential(part, scale) else { continue }
      var whole: UInt128 = 0
      while exponential(1, 1) { whole += 1 }
      // More than 2¹⁵ in a row happen with a probability of exp(−2¹⁵).
      let (times, tooLarge) = scale.multipliedReportingOverflow(by: whole)
      let (sum, overflows) = times.addingReportingOverflow(part)
      guard !tooLarge, !overflows, let value = Int128(exactly: sum / rate) else { continue }
      let isNegative = below(2) == 1
      if isNegative, value == 0 { continue }
      return isNegative ? -value : value
    }
  }

  /// Discrete Gaussian: x with probability proportional to exp(−x²/(2σ²)).
  public mutating func gaussian(_ variance: NoiseVariance) -> Int128 {
    while true {
      let drawn = laplace(scale: variance.envelope)
      if accepts(drawn.magnitude, variance) { return drawn }
    }
  }

  /// With probability exp(−(|x| − σ²/t)²/(2σ²)), t being the envelope: with σ² = p/q that is
  /// (|x|·q·t − p)² / (2·p·q·t²).
  private mutating func accepts(_ x: UInt128, _ variance: NoiseVariance) -> Bool {
    let (p, q) = (Magnitude(limbs: variance.numerator), Magnitude(variance.denominator))
    let t = Magnitude(variance.envelope)
    let far = Magnitude(x) * q * t
    let distance = far < p ? p - far : far - p
    return exponential(distance * distance, p * q * t * t * Magnitude(2))
  }

  // MARK: Coins

  /// True with probability exp(−n/d).
  mutating func exponential(_ n: UInt128, _ d: UInt128) -> Bool {
    var rest = n
    while rest > d {
      guard exponential(1, 1) else { return false }
      rest -= d
    }
    var count: UInt128 = 1
    while below(d * count) < rest { count += 1 }
    return !count.isMultiple(of: 2)
  }

  /// True with probability exp(−n/d).
  private mutating func exponential(_ n: Magnitude, _ d: Magnitude) -> Bool {
    var rest = n
    while d < rest {
      guard exponential(1, 1) else { return false }
      rest = rest - d
    }
    var (count, bound) = (1, d)
    while below(bound) < rest {
      count += 1
      bound = bound + d
    }
    return !count.isMultiple(of: 2)
  }

  /// Uniform over 0..<bound, bound > 0.
  mutating func below(_ bound: UInt128) -> UInt128 {
    let spare = UInt128((bound - 1).leadingZeroBitCount)
    while true {
      let low = UInt128(randomness.next())
      let high = spare < 64 ? UInt128(randomness.next()) << 64 : 0
      let drawn = (high | low) & (spare < 128 ? UInt128.max >> spare : 0)
      if drawn < bound { return drawn }
    }
  }

  /// Uniform over 0..<bound, bound > 0.
  private mutating func below(_ bound: Magnitude) -> Magnitude {
    let top = (bound.limbs.last ?? 1).leadingZeroBitCount
    while true {
      var limbs = bound.limbs.map { _ in UInt32(truncatingIfNeeded: randomness.next()) }
      limbs[limbs.count - 1] &= UInt32.max >> UInt32(top)
      let drawn = Magnitude(limbs: limbs)
      if drawn < bound { return drawn }
    }
  }
}

/// σ² as a fraction.
public struct NoiseVariance: Sendable, Hashable {
  let numerator: [UInt32]
  let denominator: UInt128
  /// The scale of the Laplace noise that is drawn from first: near σ. Any would do.
  let envelope: UInt128

  /// - Parameters:
  ///   - numerator: > 0.
  ///   - denominator: > 0.
  package init(_ numerator: Magnitude, over denominator: UInt128) {
    (self.numerator, self.denominator) = (numerator.limbs, denominator)
    let sigma = (numerator.double(exponent: 0) / Double(denominator)).squareRoot()
    envelope = UInt128(exactly: (min(sigma, 1e30) + 1).rounded(.down)) ?? 1
  }

  public init(_ numerator: UInt128, over denominator: UInt128 = 1) {
    self.init(Magnitude(max(numerator, 1)), over: max(denominator, 1))
  }

  /// σ, nearly.
  public var deviation: Double {
    (Magnitude(limbs: numerator).double(exponent: 0) / Double(denominator)).squareRoot()
  }
}
