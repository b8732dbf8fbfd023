import Glibc

/// What generalisation and suppression cost: by field the share of its values that a cell could
/// stand for, from 0 (as it was) to 1 (suppressed); the fields by their geometric or arithmetic
/// mean. Sums are integers, so that the same table has the same loss everywhere.
package struct InformationLoss: Sendable {
  package enum Mean: String, Sendable {
    case geometric, arithmetic

    /// The loss from 0 to 1, of what orders nodes.
    package func told(_ score: Double, fields: Int) -> Double {
      switch self {
      case .geometric: pow(score, 1 / Double(max(fields, 1))) - 1
      case .arithmetic: score / Double(max(fields, 1))
      }
    }
  }

  package let mean: Mean
  private let domains: [QuasiDomain]
  private let rows: Int
  /// By field and level: the sum over all rows of the leaves alike.
  private let sums: [[Int]]

  package init(_ mean: Mean, _ domains: [QuasiDomain], _ tuples: Classes) {
    (self.mean, self.domains) = (mean, domains)
    rows = tuples.rows.reduce(0, +)
    sums = domains.map { domain in
      var counts = [Int](repeating: 0, count: 1 << domain.bits)
      for (key, rows) in zip(tuples.keys, tuples.rows) { counts[domain.leaf(key)] += rows }
      return domain.leaves.map { level in
        zip(level, counts).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }

  /// What orders nodes: the loss, or a number that grows with it.
  /// - Parameter suppressed: classes that are suppressed; with none it is the least that these
  ///   levels cost, and no more than what any coarser ones do.
  package func score(_ levels: [Int], suppressed: [Int] = [], of classes: Classes? = nil) -> Double
  {
    let losses = byField(levels, suppressed: suppressed, of: classes)
    return switch mean {
    case .geometric: losses.reduce(1) { $0 * ($1 + 1) }
    case .arithmetic: losses.reduce(0, +)
    }
  }

  /// The loss of each field, from 0 to 1.
  package func byField(
    _ levels: [Int], suppressed: [Int] = [], of classes: Classes? = nil
  ) -> [Double] {
    var lost = 0
    var saved = [Int](repeating: 0, count: domains.count)
    if let classes {
      for index in suppressed {
        lost += classes.rows[index]
        for (field, domain) in domains.enumerated() {
          let leaf = domain.leaf(classes.keys[index])
          saved[field] += classes.rows[index] * domain.leaves[levels[field]][leaf]
        }
      }
    }
    return domains.indices.map { field in
      let size = domains[field].size
      let whole = rows * (size - 1)
      if whole <= 0 { return 0 }
      let sum = sums[field][levels[field]] - saved[field] + lost * size - rows
      return Double(max(sum, 0)) / Double(whole)
    }
  }
}
