import Glibc

/// How the scores of several elements become one. A missing score drops its weight, and the rest
/// are renormalised.
enum Aggregation: Sendable, Hashable {
  case arithmetic
  case geometric
  case harmonic
  /// (Σ w·x^p)^(1/p), p not 0.
  case power(Double)
  /// Wins less defeats in pairwise comparisons.
  case copeland

  /// Whether it is undefined for scores that are not above 0.
  var needsPositive: Bool {
    switch self {
    case .geometric, .harmonic: true
    case .power(let p): p < 0 || p != p.rounded()
    case .arithmetic, .copeland: false
    }
  }

  /// Scores over elements, row by row; NaN where all are missing.
  /// - Parameters:
  ///   - columns: one an element, all equally long.
  ///   - weights: at least 0, one an element.
  ///   - periods: rows that are compared with one another, for Copeland.
  func scores(
    _ columns: [[Double]], _ weights: [Double], _ periods: [[Int]]
  ) -> [Double] {
    let rows = columns.first?.count ?? 0
    if case .copeland = self { return Copeland.scores(columns, weights, periods, rows) }
    var sums = [Double](repeating: 0, count: rows)
    var shares = [Double](repeating: 0, count: rows)
    for (column, weight) in zip(columns, weights) where weight > 0 {
      for row in 0..<rows where !column[row].isNaN {
        sums[row] += weight * before(column[row])
        shares[row] += weight
      }
    }
    for row in 0..<rows {
      sums[row] = shares[row] > 0 ? after(sums[row] / shares[row]) : .nan
    }
    return sums
  }

  /// What is averaged instead of a score.
  func before(_ score: Double) -> Double {
    switch self {
    case .arithmetic, .copeland: score
    case .geometric: log(score)
    case .harmonic: 1 / score
    case .power(let p): pow(score, p)
    }
  }

  /// The score that an average stands for.
  func after(_ average: Double) -> Double {
    switch self {
    case .arithmetic, .copeland: average
    case .geometric: exp(average)
    case .harmonic: 1 / average
    case .power(let p): pow(average, 1 / p)
    }
  }
}

/// Copeland's rule: who beats whom by the weight of the elements in which it is better.
enum Copeland {
  /// Each pair is compared on the elements that both have, their weights renormalised; a pair that
  /// shares none is a draw. Rows with no element have no score.
  static func scores(
    _ columns: [[Double]], _ weights: [Double], _ periods: [[Int]], _ rows: Int
  ) -> [Double] {
    var scores = [Double](repeating: .nan, count: rows)
    for members in periods {
      let there = members.filter { row in
        zip(columns, weights).contains { !$0[row].isNaN && $1 > 0 }
      }
      for row in there { scores[row] = 0 }
      for (place, one) in there.enumerated() {
        for other in there[(place + 1)...] {
          var (forOne, forOther) = (0.0, 0.0)
          for (column, weight) in zip(columns, weights) {
            let (a, b) = (column[one], column[other])
            // Comparisons with NaN are false.
            if a > b { forOne += weight } else if b > a { forOther += weight }
          }
          // Sums of the same weights in another order may differ in their last bits.
          guard abs(forOne - forOther) > 1e-12 * (forOne + forOther) else { continue }
          scores[one] += forOne > forOther ? 1 : -1
          scores[other] += forOne > forOther ? -1 : 1
        }
      }
    }
    return scores
  }
}
