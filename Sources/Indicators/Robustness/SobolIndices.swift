import Synchronization
import Tabular

/// How much of the shift in ranks each uncertain choice is answerable for (Saltelli's estimators):
/// Si = mean(yB·(yABi − yA))/V of it alone, STi = Σ(yA − yABi)²/(2NV) with all that it interacts
/// with.
struct SobolIndices: Sendable {
  struct Index: Sendable {
    let factor: Uncertainty.Factor
    let first: Estimate
    let total: Estimate
  }

  /// With the 5 % and 95 % quantiles of its resamples; NaN where nothing varies.
  struct Estimate: Sendable {
    let value: Double
    let low: Double
    let high: Double
  }

  let indices: [Index]
  let variance: Double

  /// - Throws: what the checkpoint throws.
  init(
    _ model: IndexModel, _ ranker: Ranker, nominal: [Int?], _ resources: Resources
  ) throws {
    let factors = model.uncertainty.factors
    let (n, d) = (model.uncertainty.sobol, factors.count)
    let shifts = try Self.results(model, ranker, nominal, n, d, resources)
    // A constant taken off changes no expectation, and makes the first estimator far less noisy.
    let centre = Statistics.mean(Array(shifts[0..<(2 * n)]))
    let results = shifts.map { $0 - centre }
    let (a, b) = (Array(results[0..<n]), Array(results[n..<(2 * n)]))
    let deviation = Statistics.deviation(a + b)
    let variance = deviation * deviation
    self.variance = variance
    let draws = CounterDraws(seed: model.uncertainty.seed ^ 0x426f_6f74)
    indices = factors.indices.map { factor in
      let mixed = Array(results[((factor + 2) * n)..<((factor + 3) * n)])
      var (first, total): ([Double], [Double]) = ([], [])
      for row in 0..<n {
        let shift = mixed[row] - a[row]
        first.append(b[row] * shift)
        total.append(shift * shift / 2)
      }
      return Index(
        factor: factors[factor],
        first: Self.estimate(first, variance, model.uncertainty.bootstrap, draws, factor * 2),
        total: Self.estimate(total, variance, model.uncertainty.bootstrap, draws, factor * 2 + 1))
    }
  }

  /// The mean shift of ranks for samples A, B, and A with one column of B each.
  private static func results(
    _ model: IndexModel, _ ranker: Ranker, _ nominal: [Int?], _ n: Int, _ d: Int,
    _ resources: Resources
  ) throws -> [Double] {
    let lanes = max(resources.threads, 1)
    let draws = CounterDraws(seed: model.uncertainty.seed ^ 0x536f_626f_6c)
    let results = Mutex([Double](repeating: .nan, count: n * (d + 2)))
    try SideBySide.run(lanes, lanes: lanes) { lane, _ in
      var space = model.makeWorkspace()
      var own: [(Int, Double)] = []
      for run in stride(from: lane, to: n * (d + 2), by: lanes) {
        try resources.checkpoint()
        let (block, row) = run.quotientAndRemainder(dividingBy: n)
        let point = (0..<d).map { factor in
          let isOfB = block == 1 || block == factor + 2
          return draws.uniform(UInt64(row), UInt64(isOfB ? d + factor : factor))
        }
        model.compute(model.choice(point), &space)
        own.append((run, ranker.meanShift(space.scores[0], from: nominal)))
      }
      results.withLock { results in for (run, value) in own { results[run] = value } }
    }
    return results.withLock { $0 }
  }

  private static func estimate(
    _ terms: [Double], _ variance: Double, _ bootstrap: Int, _ draws: CounterDraws, _ stream: Int
  ) -> Estimate {
    guard variance > 0 else { return Estimate(value: .nan, low: .nan, high: .nan) }
    let n = terms.count
    let samples = (0..<bootstrap).map { sample -> Double in
      var sum = 0.0
      for place in 0..<n {
        let u = draws.uniform(UInt64(sample) << 32 | UInt64(place), UInt64(stream))
        sum += terms[min(Int(u * Double(n)), n - 1)]
      }
      return sum / Double(n) / variance
    }
    return Estimate(
      value: terms.reduce(0, +) / Double(n) / variance,
      low: Statistics.quantile(samples, 0.05), high: Statistics.quantile(samples, 0.95))
  }
}
