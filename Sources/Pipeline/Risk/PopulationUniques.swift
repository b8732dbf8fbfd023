import Glibc
import StageKit

/// How many persons of a population are unique in it, estimated from a sample's class sizes.
package struct PopulationUniques: Sendable, Hashable {
  /// What an estimator says.
  package enum Estimate: Sendable, Hashable {
    case number(Double)
    /// The equations have no solution that the model allows, or none was found.
    case notConverged
    /// The sample has no unique person to estimate from.
    case noUniques
  }

  package let pitman: Estimate
  package let zayatz: Estimate

  /// - Parameter fraction: the sample's share of the population, 0 < fraction ≤ 1; with 1 the
  ///   table is the population, and nothing is estimated.
  package init(_ sizes: ClassSizes, fraction: Double) {
    let uniques = sizes.classes[1] ?? 0
    if fraction >= 1 {
      (pitman, zayatz) = (.number(Double(uniques)), .number(Double(uniques)))
    } else if uniques == 0 {
      (pitman, zayatz) = (.noUniques, .noUniques)
    } else {
      let population = Double(sizes.persons) / fraction
      pitman =
        PitmanModel(sizes).map { .number($0.uniques(of: population)) } ?? .notConverged
      zayatz = Self.zayatz(sizes, population: population)
    }
  }

  /// Zayatz (1991): classes of the population are taken to be as large as the sample's, and each
  /// size to show up as a unique as often as a random sample makes it.
  private static func zayatz(_ sizes: ClassSizes, population: Double) -> Estimate {
    let (n, classes) = (Double(sizes.persons), Double(sizes.classCount))
    // By size: the probability that a class of it has one person in the sample, hypergeometric.
    func single(_ size: Int, _ rest: Double) -> Double { Double(size) * n / population * rest }
    // The product of (N − n − i) / (N − 1 − i) over i < size − 1.
    var (rest, reached) = (1.0, 1)
    var all = 0.0
    for (size, count) in sizes.ascending {
      while reached < size, rest > 0 {
        let i = Double(reached - 1)
        rest *= max(population - n - i, 0) / (population - 1 - i)
        if rest < 1e-290 { rest = 0 }
        reached += 1
      }
      all += Double(count) / classes * single(size, rest)
    }
    let uniques = Double(sizes.classes[1] ?? 0)
    let conditional = uniques / classes * single(1, 1) / all
    guard conditional.isFinite else { return .notConverged }
    return .number(uniques * conditional * population / n)
  }
}

/// Pitman's sampling formula with two parameters (Hoshino, Applying Pitman's sampling formula to
/// microdata disclosure risk assessment, 2001), at its greatest likelihood.
package struct PitmanModel: Sendable, Hashable {
  package let theta: Double
  /// 0 < alpha < 1.
  package let alpha: Double

  /// The expected number of uniques among so many persons: N·Γ(θ+1)/Γ(θ+α)·Γ(θ+α+N−1)/Γ(θ+N).
  package func uniques(of population: Double) -> Double {
    let logarithm =
      log(population) + lgamma(theta + 1) - lgamma(theta + alpha)
      + lgamma(theta + alpha + population - 1) - lgamma(theta + population)
    return exp(logarithm)
  }

  /// - Returns: nil where the likelihood has no greatest point within the model.
  package init?(_ sizes: ClassSizes) {
    let equations = Equations(sizes)
    guard let (theta, alpha) = equations.solved else { return nil }
    (self.theta, self.alpha) = (theta, alpha)
  }

  /// The likelihood's derivatives, which must be zero.
  struct Equations {
    private let sizes: [(size: Int, classes: Int)]
    private let n: Double
    private let classes: Double

    init(_ sizes: ClassSizes) {
      self.sizes = sizes.ascending
      (n, classes) = (Double(sizes.persons), Double(sizes.classCount))
    }

    /// Newton's method from Hoshino's start; steps are halved where they leave the model or lead
    /// away.
    var solved: (theta: Double, alpha: Double)? {
      guard classes > 1, classes < n, var point = start else { return nil }
      var slope = gradient(point)
      for _ in 0..<200 {
        if abs(slope.theta) * max(1, abs(point.theta)) < 1e-9 * classes,
          abs(slope.alpha) < 1e-9 * classes
        {
          return isMaximum(point) ? point : nil
        }
        let bend = curvature(point)
        let determinant = bend.tt * bend.aa - bend.ta * bend.ta
        // Uphill, where the likelihood is not yet curved like a hill.
        let isHill = bend.tt < 0 && determinant > 0
        let step =
          isHill
          ? (
            theta: (bend.ta * slope.alpha - bend.aa * slope.theta) / determinant,
            alpha: (bend.ta * slope.theta - bend.tt * slope.alpha) / determinant
          )
          : (
            theta: slope.theta * max(1, abs(point.theta)) / classes * max(1, abs(point.theta)),
            alpha: slope.alpha / classes * 0.1
          )
        guard let next = improved(point, step, height: likelihood(point)) else { return nil }
        point = next
        slope = gradient(point)
      }
      return nil
    }

    private func improved(
      _ point: (theta: Double, alpha: Double), _ step: (theta: Double, alpha: Double),
      height: Double
    ) -> (theta: Double, alpha: Double)? {
      var part = 1.0
      for _ in 0..<60 {
        let next = (theta: point.theta + part * step.theta, alpha: point.alpha + part * step.alpha)
        let isInside = next.alpha > 1e-9 && next.alpha < 1 - 1e-9 && next.theta > -next.alpha
        // What doubles round of a sum so long is no descent.
        if isInside, likelihood(next) >= height - 1e-13 * abs(height) { return next }
        part /= 2
      }
      return nil
    }

    /// From the numbers of classes of one and of two.
    private var start: (theta: Double, alpha: Double)? {
      func count(_ size: Int) -> Double {
        Double(sizes.first { $0.size == size }?.classes ?? 0)
      }
      let (one, two) = (count(1), count(2))
      let usual = (theta: classes / 2, alpha: 0.5)
      guard one > 1, two > 0 else { return usual }
      let c = one * (one - 1) / two
      let below = 2 * one * classes + one * c - n * c
      let theta = (n * classes * c - one * (n - 1) * (2 * classes + c)) / below
      let alpha = (theta * (one - n) + (n - 1) * one) / (n * classes)
      guard theta.isFinite, alpha > 0.01, alpha < 0.99, theta > -alpha else { return usual }
      return (theta, alpha)
    }

    func gradient(
      _ point: (theta: Double, alpha: Double)
    ) -> (theta: Double, alpha: Double) {
      let (theta, alpha) = point
      var (byTheta, byAlpha) = (0.0, 0.0)
      for i in 1..<max(Int(classes), 2) where Double(i) < classes {
        let part = 1 / (theta + Double(i) * alpha)
        byTheta += part
        byAlpha += Double(i) * part
      }
      byTheta -= Self.digamma(theta + n) - Self.digamma(theta + 1)
      for (size, count) in sizes where size > 1 {
        byAlpha -=
          Double(count) * (Self.digamma(Double(size) - alpha) - Self.digamma(1 - alpha))
      }
      return (byTheta, byAlpha)
    }

    private func curvature(
      _ point: (theta: Double, alpha: Double)
    ) -> (tt: Double, ta: Double, aa: Double) {
      let (theta, alpha) = point
      var (tt, ta, aa) = (0.0, 0.0, 0.0)
      for i in 1..<max(Int(classes), 2) where Double(i) < classes {
        let part = 1 / (theta + Double(i) * alpha)
        tt -= part * part
        ta -= Double(i) * part * part
        aa -= Double(i) * Double(i) * part * part
      }
      tt -= Self.trigamma(theta + n) - Self.trigamma(theta + 1)
      for (size, count) in sizes where size > 1 {
        aa +=
          Double(count) * (Self.trigamma(Double(size) - alpha) - Self.trigamma(1 - alpha))
      }
      return (tt, ta, aa)
    }

    private func isMaximum(_ point: (theta: Double, alpha: Double)) -> Bool {
      let bend = curvature(point)
      return bend.tt < 0 && bend.tt * bend.aa - bend.ta * bend.ta > 0
    }

    /// The logarithm of the likelihood, but for what depends on the sizes alone.
    func likelihood(_ point: (theta: Double, alpha: Double)) -> Double {
      let (theta, alpha) = point
      var sum = lgamma(theta + 1) - lgamma(theta + n)
      for i in 1..<max(Int(classes), 2) where Double(i) < classes {
        sum += log(theta + Double(i) * alpha)
      }
      for (size, count) in sizes where size > 1 {
        sum += Double(count) * (lgamma(Double(size) - alpha) - lgamma(1 - alpha))
      }
      return sum
    }

    /// - Parameter x: > 0.
    static func digamma(_ x: Double) -> Double {
      var (x, sum) = (x, 0.0)
      while x < 10 {
        sum -= 1 / x
        x += 1
      }
      let y = 1 / (x * x)
      let tail = y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y * (1.0 / 240 - y / 132))))
      return sum + log(x) - 0.5 / x - tail
    }

    /// - Parameter x: > 0.
    static func trigamma(_ x: Double) -> Double {
      var (x, sum) = (x, 0.0)
      while x < 10 {
        sum += 1 / (x * x)
        x += 1
      }
      let y = 1 / (x * x)
      let tail = 1.0 / 6 - y * (1.0 / 30 - y * (1.0 / 42 - y * (1.0 / 30 - y * 5 / 66)))
      return sum + 1 / x + y / 2 + tail * y / x
    }
  }
}
