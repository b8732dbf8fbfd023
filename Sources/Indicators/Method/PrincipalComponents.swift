/// The first principal component of some columns, from their correlations.
struct PrincipalComponents {
  /// One a column, of unit length together, their sum not negative.
  let loadings: [Double]
  /// The share of the variance that it explains, 0…1.
  let explained: Double

  /// - Returns: nil where fewer than two rows are complete or a column does not vary.
  init?(_ columns: [[Double]]) {
    let rows = (columns.first?.indices ?? 0..<0).filter { row in
      columns.allSatisfy { !$0[row].isNaN }
    }
    let whole = columns.map { column in rows.map { column[$0] } }
    var matrix = whole.map { a in whole.map { Statistics.relation(a, $0).correlation } }
    guard !matrix.isEmpty, !matrix.joined().contains(where: \.isNaN) else { return nil }
    let size = matrix.count
    var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0.0 } }
    Self.diagonalise(&matrix, &vectors)
    let values = (0..<size).map { matrix[$0][$0] }
    guard let first = values.indices.max(by: { (values[$0], $1) < (values[$1], $0) }) else {
      return nil
    }
    var loadings = vectors.map { $0[first] }
    if loadings.reduce(0, +) < 0 { loadings = loadings.map { -$0 } }
    (self.loadings, explained) = (loadings, values[first] / Double(size))
  }

  /// Jacobi's rotations, in one order, until what is off the diagonal has vanished.
  private static func diagonalise(_ a: inout [[Double]], _ v: inout [[Double]]) {
    let size = a.count
    for _ in 0..<100 {
      var off = 0.0
      for p in 0..<size { for q in (p + 1)..<size { off += a[p][q] * a[p][q] } }
      if off < 1e-30 { return }
      for p in 0..<size {
        for q in (p + 1)..<size where abs(a[p][q]) > 1e-300 {
          rotate(&a, &v, p, q)
        }
      }
    }
  }

  private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in a.indices {
      let (left, right) = (a[k][p], a[k][q])
      (a[k][p], a[k][q]) = (c * left - s * right, s * left + c * right)
    }
    for k in a.indices {
      let (upper, lower) = (a[p][k], a[q][k])
      (a[p][k], a[q][k]) = (c * upper - s * lower, s * upper + c * lower)
      let (left, right) = (v[k][p], v[k][q])
      (v[k][p], v[k][q]) = (c * left - s * right, s * left + c * right)
    }
  }
}
