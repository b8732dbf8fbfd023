import Anonymise
import Glibc
import StageKit
import Testing

/// Randomness that everybody may know (SplitMix64).
struct KnownRandomness: RandomNumberGenerator, Sendable {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Draws against the probabilities that the formulas give, and what a release costs.
@Suite struct DiscreteNoiseTests {
  private static let draws = 40_000

  /// Pearson's statistic over −8…8 and the two tails, and its degrees of freedom.
  private static func statistic(
    weight: (Double) -> Double, draw: (inout DiscreteNoise<KnownRandomness>) -> Int128, seed: UInt64
  ) -> (value: Double, freedom: Double) {
    let whole = (-2_000...2_000).reduce(0.0) { $0 + weight(Double($1)) }
    let edge = 8
    var expected = [Double](repeating: 0, count: 2 * edge + 3)
    for x in -2_000...2_000 {
      expected[min(max(x, -edge - 1), edge + 1) + edge + 1] += weight(Double(x)) / whole
    }
    var noise = DiscreteNoise(KnownRandomness(seed))
    var seen = [Double](repeating: 0, count: expected.count)
    for _ in 0..<draws {
      let x = Int(clamping: draw(&noise))
      seen[min(max(x, -edge - 1), edge + 1) + edge + 1] += 1
    }
    var (value, freedom) = (0.0, -1.0)
    for (count, share) in zip(seen, expected) {
      let wanted = share * Double(draws)
      if wanted < 5 { continue }
      value += (count - wanted) * (count - wanted) / wanted
      freedom += 1
    }
    return (value, freedom)
  }

  /// The χ² quantile of 0.9999, nearly (Wilson and Hilferty, 1931).
  private static func limit(_ freedom: Double) -> Double {
    let part = 2 / (9 * freedom)
    return freedom * pow(1 - part + 3.719 * part.squareRoot(), 3)
  }

  @Test(arguments: [(1, 1), (3, 1), (7, 3), (1, 2), (40, 9)])
  func laplaceIsAsItsFormula(_ scale: Int, _ rate: Int) {
    let found = Self.statistic(
      weight: { exp(-abs($0) * Double(rate) / Double(scale)) },
      draw: { $0.laplace(scale: UInt128(scale), rate: UInt128(rate)) }, seed: 11)
    #expect(found.value < Self.limit(found.freedom), "\(found)")
    // The test itself can fail: another distribution is told apart.
    let other = Self.statistic(
      weight: { exp(-abs($0) * Double(rate) / Double(scale) * 1.15) },
      draw: { $0.laplace(scale: UInt128(scale), rate: UInt128(rate)) }, seed: 11)
    #expect(other.value > Self.limit(other.freedom), "\(other)")
  }

  @Test(arguments: [(4, 1), (1, 1), (1, 3), (25, 4), (9, 1)])
  func gaussianIsAsItsFormula(_ numerator: Int, _ denominator: Int) {
    let variance = Double(numerator) / Double(denominator)
    let found = Self.statistic(
      weight: { exp(-$0 * $0 / (2 * variance)) },
      draw: { $0.gaussian(NoiseVariance(UInt128(numerator), over: UInt128(denominator))) },
      seed: 23)
    #expect(found.value < Self.limit(found.freedom), "\(found)")
    let other = Self.statistic(
      weight: { exp(-$0 * $0 / (2 * variance * 1.15)) },
      draw: { $0.gaussian(NoiseVariance(UInt128(numerator), over: UInt128(denominator))) },
      seed: 23)
    #expect(other.value > Self.limit(other.freedom), "\(other)")
  }

  /// Far beyond 64 bits the sizes are still right.
  @Test func wideNoiseHasItsSpread() {
    var noise = DiscreteNoise(KnownRandomness(5))
    let scale = UInt128(1) << 100
    var mean = 0.0
    for _ in 0..<2_000 { mean += Double(noise.laplace(scale: scale).magnitude) / 2_000 }
    // E|x| is the scale, its standard error 1/√2000 of it.
    #expect(abs(mean / Double(scale) - 1) < 0.1)
    let variance = NoiseVariance(UInt128(1) << 120, over: 3)
    var square = 0.0
    for _ in 0..<2_000 {
      let x = Double(noise.gaussian(variance)) / variance.deviation
      square += x * x / 2_000
    }
    #expect(abs(square - 1) < 0.15)
    #expect(abs(variance.deviation - (pow(2, 120) / 3).squareRoot()) < 1e6)
  }

  // MARK: Accounting

  /// σ = 2 and one person in one group: ρ = 1/(2σ²) = 0.125; ε as OpenDP gives it.
  @Test func epsilonIsThatOfOpenDP() {
    let epsilon = ConcentratedPrivacy.epsilon(rho: 0.125, delta: 1e-6)
    #expect(abs(epsilon - 2.4190931768671953) < 1e-9)
    #expect(epsilon >= 2.4190931768671953)
    #expect(ConcentratedPrivacy.epsilon(rho: 0, delta: 1e-6) == 0)
    #expect(ConcentratedPrivacy.epsilon(rho: 0.125, delta: 0) == .infinity)
    #expect(ConcentratedPrivacy.epsilon(rho: .nan, delta: 1e-6) == .infinity)
  }

  /// OpenDP 0.16: make_gaussian over whole numbers, then make_zCDP_to_approxDP, for σ of 2, 1, 4
  /// and 1/2, each at δ of 1e-6 and 1e-9.
  @Test(arguments: [
    (0.125, 2.4190931768671953, 3.0581221668459135), (0.5, 5.22153444453017, 6.474070020726487),
    (0.03125, 1.1429257095713568, 1.4696372794728343),
    (2.0, 11.688596249354896, 14.150147553874598),
  ])
  func epsilonsAreThoseOfOpenDP(_ rho: Double, _ six: Double, _ nine: Double) {
    for (delta, told) in [(1e-6, six), (1e-9, nine)] {
      let epsilon = ConcentratedPrivacy.epsilon(rho: rho, delta: delta)
      #expect(epsilon >= told && epsilon < told * (1 + 1e-9), "\(epsilon)")
    }
  }

  @Test func gaussianNoiseFollowsFromRho() throws {
    let plan = try #require(
      ReleasePlan(
        .rho(millionths: 125_000), groups: 1, effects: [1], weights: [1], deltaExponent: -6,
        thresholdOn: nil))
    guard case .gaussian(let variance) = plan.noise[0] else {
      Issue.record("no Gaussian noise")
      return
    }
    #expect(variance.deviation == 2)
    #expect(abs(plan.cost.epsilon(deltaExponent: -6) - 2.4190931768671953) < 1e-9)
    #expect(plan.threshold == nil)
  }

  /// Two measures with weights 1 and 3 of ε = 2: 0.5 and 1.5, each over groups × effect.
  @Test func laplaceScalesAreShared() throws {
    let plan = try #require(
      ReleasePlan(
        .epsilon(millionths: 2_000_000), groups: 2, effects: [3, 500], weights: [1, 3],
        deltaExponent: nil, thresholdOn: nil))
    #expect(plan.noise == [.laplace(scale: 12, rate: 1), .laplace(scale: 2_000, rate: 3)])
    #expect(plan.cost == PrivacyCost(epsilonMillionths: 2_000_000))
    #expect(plan.cost.rhoTrillionths == 2_000_000_000_000)
  }

  @Test func costsAddUp() {
    let pure = PrivacyCost(epsilonMillionths: 300_000)
    #expect(pure.and(pure).epsilon(deltaExponent: -6) == 0.6)
    let gaussian = PrivacyCost(rhoTrillionths: 62_500_000_000, epsilonMillionths: nil)
    let both = gaussian.and(gaussian).epsilon(deltaExponent: -6)
    #expect(abs(both - 2.4190931768671953) < 1e-9)
    // Many small pure releases cost less together than their sum.
    let many = (0..<400).reduce(PrivacyCost.none) { sum, _ in
      sum.and(PrivacyCost(epsilonMillionths: 10_000))
    }
    #expect(many.epsilon(deltaExponent: -6) < 4)
    #expect(many.epsilon(deltaExponent: -6) > 0.5)
    let spent = PrivacyCost(
      rhoTrillionths: 1, epsilonMillionths: nil, deltaAttos: 2_000_000_000_000)
    #expect(spent.epsilon(deltaExponent: -6) == .infinity)
    let most = PrivacyCost(rhoTrillionths: .max, epsilonMillionths: .max, deltaAttos: .max)
    #expect(most.and(most) == most)
  }

  /// A group of one person passes with a probability below δ over the groups of a person.
  @Test func thresholdHidesOnePerson() throws {
    for asked in [ReleasePlan.Asked.epsilon(millionths: 500_000), .rho(millionths: 50_000)] {
      let plan = try #require(
        ReleasePlan(
          asked, groups: 3, effects: [1], weights: [1], deltaExponent: -7, thresholdOn: 0))
      let threshold = try #require(plan.threshold)
      let delta = Double(plan.cost.deltaAttos) / 1e18
      let weight: (Double) -> Double =
        switch plan.noise[0] {
        case .laplace(let scale, let rate): { exp(-abs($0) * Double(rate) / Double(scale)) }
        case .gaussian(let variance):
          { exp(-$0 * $0 / (2 * variance.deviation * variance.deviation)) }
        }
      let whole = (-5_000...5_000).reduce(0.0) { $0 + weight(Double($1)) }
      let tail = (Int(threshold) - 1...5_000).reduce(0.0) { $0 + weight(Double($1)) }
      #expect(tail / whole * 3 <= delta)
      // It is not needlessly large: a fifth less would not do.
      let closer = (Int(threshold) * 4 / 5...5_000).reduce(0.0) { $0 + weight(Double($1)) }
      #expect(closer / whole * 3 > delta)
    }
  }
}
