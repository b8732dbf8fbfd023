import Glibc

/// Statistics of one column. Missing values are NaN and do not count; sums go from the first row
/// to the last, so that the same values give the same bits.
package enum Statistics {
  static func present(_ values: [Double]) -> [Double] { values.filter { !$0.isNaN } }

  /// NaN for no values.
  static func mean(_ values: [Double]) -> Double {
    let there = present(values)
    return there.isEmpty ? .nan : there.reduce(0, +) / Double(there.count)
  }

  /// The least and the greatest value; nil for no values.
  static func range(_ values: [Double]) -> (least: Double, greatest: Double)? {
    var range: (least: Double, greatest: Double)?
    for value in values where !value.isNaN {
      guard let known = range else {
        range = (value, value)
        continue
      }
      range = (min(known.least, value), max(known.greatest, value))
    }
    return range
  }

  /// Of a sample: n − 1. NaN for fewer than two values.
  static func deviation(_ values: [Double]) -> Double {
    let there = present(values)
    guard there.count > 1 else { return .nan }
    let centre = mean(there)
    let squares = there.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (squares / Double(there.count - 1)).squareRoot()
  }

  static func median(_ values: [Double]) -> Double { quantile(values, 0.5) }

  /// Hyndman and Fan's type 7, as R and numpy have it.
  static func quantile(_ values: [Double], _ share: Double) -> Double {
    quantile(sorted: present(values).sorted(), share)
  }

  /// The same of numbers that are there and ascending.
  static func quantile(sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.indices.last else { return .nan }
    let place = share * Double(last)
    let below = min(max(Int(place), 0), last)
    let above = min(below + 1, last)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  /// Sums of the second, third and fourth powers of what differs from the mean.
  private static func powers(_ values: [Double]) -> (n: Double, s2: Double, s3: Double, s4: Double)
  {
    let there = present(values)
    let centre = mean(there)
    var (s2, s3, s4) = (0.0, 0.0, 0.0)
    for value in there {
      let d = value - centre
      let square = d * d
      s2 += square
      s3 += square * d
      s4 += square * square
    }
    return (Double(there.count), s2, s3, s4)
  }

  /// Corrected for samples, G1 of Joanes and Gill (1998). NaN for fewer than three values or when
  /// all are equal.
  static func skewness(_ values: [Double]) -> Double {
    let (n, s2, s3, _) = powers(values)
    guard n >= 3, s2 > 0 else { return .nan }
    return n.squareRoot() * s3 / (s2 * s2.squareRoot()) * (n * (n - 1)).squareRoot() / (n - 2)
  }

  /// Excess, corrected for samples, G2 of Joanes and Gill (1998). NaN for fewer than four values
  /// or when all are equal.
  static func kurtosis(_ values: [Double]) -> Double {
    let (n, s2, _, s4) = powers(values)
    guard n >= 4, s2 > 0 else { return .nan }
    return ((n + 1) * (n * s4 / (s2 * s2) - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
  }

  /// Ranks from 1 for the least; ties share the least of theirs. NaN where there is no value.
  package static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.filter { !values[$0].isNaN }.sorted {
      (values[$0], $0) < (values[$1], $1)
    }
    var ranks = [Double](repeating: .nan, count: values.count)
    var first = 0
    for (place, row) in order.enumerated() {
      if values[row] != values[order[first]] { first = place }
      ranks[row] = Double(first + 1)
    }
    return ranks
  }

  /// Covariance and correlation of a sample over the rows where both are known.
  /// - Returns: NaN where fewer than two rows are, or one does not vary.
  static func relation(
    _ a: [Double], _ b: [Double]
  ) -> (rows: Int, covariance: Double, correlation: Double) {
    let rows = a.indices.filter { !a[$0].isNaN && !b[$0].isNaN }
    let n = Double(rows.count)
    guard rows.count > 1 else { return (rows.count, .nan, .nan) }
    let meanA = rows.reduce(0) { $0 + a[$1] } / n
    let meanB = rows.reduce(0) { $0 + b[$1] } / n
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for row in rows {
      let (da, db) = (a[row] - meanA, b[row] - meanB)
      aa += da * da
      bb += db * db
      ab += da * db
    }
    let correlation = aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : .nan
    return (rows.count, ab / (n - 1), min(max(correlation, -1), 1))
  }
}
