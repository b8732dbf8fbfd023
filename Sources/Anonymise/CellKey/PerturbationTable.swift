import Glibc

/// Which noise a cell gets, by its count and its key. For each count it is the distribution of
/// greatest entropy over what is allowed, of mean 0 and the variance given (as in Giessing,
/// Computational issues in the design of transition probabilities…, PSD 2016).
package struct PerturbationTable: Sendable {
  /// The noise of one count.
  struct Row: Sendable {
    let noise: [Int]
    /// In the unit 2^-32, summed up: noise `i` is for keys below `bounds[i]` and not below the
    /// one before; the last is 2^32.
    let bounds: [UInt64]
  }

  /// Of counts 1, 2, …; larger ones are as the last.
  let rows: [Row]

  /// - Parameters:
  ///   - most: the largest noise, up or down.
  ///   - least: the smallest result that is not 0.
  /// - Returns: nil where no noise has this variance.
  package init?(most: Int, variance: Double, least: Int) {
    let bounds = Self.variances(most: most, least: least)
    guard Double(bounds.above) < variance, variance < Double(bounds.below) else { return nil }
    rows = (1...(most + least)).map { count in
      let noise = Self.allowed(count, most, least)
      var (bounds, sum): ([UInt64], Double) = ([], 0)
      for share in Self.shares(noise, variance) {
        sum += share
        bounds.append(UInt64(max(0, min(sum, 1)) * 4_294_967_296))
      }
      bounds[bounds.count - 1] = 1 << 32
      return Row(noise: noise, bounds: bounds)
    }
  }

  /// The count to publish.
  /// - Parameters:
  ///   - count: 0 at least.
  ///   - key: uniform over 32 bits.
  package func perturbed(_ count: Int64, key: UInt32) -> Int64 {
    guard count > 0 else { return 0 }
    let row = rows[Int(min(count, Int64(rows.count))) - 1]
    let place = row.bounds.firstIndex { UInt64(key) < $0 } ?? row.noise.count - 1
    let (sum, overflow) = count.addingReportingOverflow(Int64(row.noise[place]))
    return overflow ? count : sum
  }

  /// The variances that every count's noise may have lie between these, without them.
  package static func variances(most: Int, least: Int) -> (above: Int, below: Int) {
    var bounds = (above: 0, below: most * most)
    for count in 1...(most + least) {
      let noise = allowed(count, most, least)
      guard let low = noise.first, let high = noise.last, low <= 0, high >= 0 else { return (0, 0) }
      let under = noise.last { $0 <= 0 } ?? 0
      let over = noise.first { $0 >= 0 } ?? 0
      bounds.above = max(bounds.above, -under * over)
      bounds.below = min(bounds.below, -low * high)
    }
    return bounds
  }

  /// What may be added to a count: it becomes 0 or `least` at least.
  private static func allowed(_ count: Int, _ most: Int, _ least: Int) -> [Int] {
    (-most...most).filter { count + $0 == 0 || count + $0 >= least }
  }

  /// The shares p(v) ∝ exp(a·v + b·v²) of mean 0 and this variance: a and b minimise a convex
  /// function, which damped Newton steps do.
  private static func shares(_ noise: [Int], _ variance: Double) -> [Double] {
    var (a, b) = (0.0, 0.0)
    var state = Moments(noise, a, b)
    for _ in 0..<500 {
      let slope = (state.mean, state.square - variance)
      if abs(slope.0) + abs(slope.1) < 1e-12 { break }
      let (aa, ab, bb) = state.curvature
      let determinant = aa * bb - ab * ab
      guard determinant > 0 else { break }
      let step = (
        (bb * slope.0 - ab * slope.1) / determinant, (aa * slope.1 - ab * slope.0) / determinant
      )
      var (length, next) = (1.0, state)
      let value = state.logSum - b * variance
      let decrease = step.0 * slope.0 + step.1 * slope.1
      repeat {
        next = Moments(noise, a - length * step.0, b - length * step.1)
        if next.logSum - (b - length * step.1) * variance <= value - 1e-4 * length * decrease {
          break
        }
        length /= 2
      } while length > 1e-12
      (a, b, state) = (a - length * step.0, b - length * step.1, next)
    }
    return state.shares
  }

  /// Of the distribution that a and b make.
  private struct Moments {
    let shares: [Double]
    let logSum: Double
    let mean: Double
    let square: Double
    /// Variances and covariance of v and v².
    let curvature: (Double, Double, Double)

    init(_ noise: [Int], _ a: Double, _ b: Double) {
      let powers = noise.map { a * Double($0) + b * Double($0 * $0) }
      let largest = powers.max() ?? 0
      let weights = powers.map { exp($0 - largest) }
      let sum = weights.reduce(0, +)
      let shares = weights.map { $0 / sum }
      func moment(_ power: Int) -> Double {
        zip(noise, shares).reduce(0) { total, one in
          total + one.1 * (0..<power).reduce(1.0) { value, _ in value * Double(one.0) }
        }
      }
      let (one, two) = (moment(1), moment(2))
      (self.shares, logSum, mean, square) = (shares, largest + log(sum), one, two)
      curvature = (two - one * one, moment(3) - one * two, moment(4) - two * two)
    }
  }
}
