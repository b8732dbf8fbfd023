import Glibc

/// What generalisation and suppression cost: by field a share from 0 (as it was) to 1 (suppressed).
/// Sums are integers, so that the same table has the same loss everywhere.
package struct InformationLoss: Sendable {
  package enum Measure: Sendable {
    /// The share of a field's values that a cell could stand for.
    case values
    /// The share of a field's entropy: how much less surprising cells are.
    case entropy
  }

  /// Rows that stay, at some levels.
  package struct Part {
    package let levels: [Int]
    package let classes: Classes
    /// Classes that do not stay, in their order.
    package let failing: [Int]

    package init(levels: [Int], classes: Classes, failing: [Int]) {
      (self.levels, self.classes, self.failing) = (levels, classes, failing)
    }
  }

  private let domains: [QuasiDomain]
  /// By field, level and leaf: what a row costs.
  private let costs: [[[Int]]]
  /// What a suppressed cell costs; by field, too, the least that all rows cost, and the most.
  private let suppressed: [Int]
  private let least: [Int]
  private let most: [Int]
  /// By field and level: what all rows cost.
  private let sums: [[Int]]

  package init(_ measure: Measure, _ domains: [QuasiDomain], _ tuples: Classes) {
    self.domains = domains
    let rows = tuples.rows.reduce(0, +)
    let counts = domains.map { domain in
      var counts = [Int](repeating: 0, count: 1 << domain.bits)
      for (key, rows) in zip(tuples.keys, tuples.rows) { counts[domain.leaf(key)] += rows }
      return counts
    }
    switch measure {
    case .values:
      costs = domains.map(\.leaves)
      suppressed = domains.map(\.size)
      least = domains.map { _ in rows }
    case .entropy:
      costs = zip(domains, counts).map { domain, counts in
        domain.first.map { Self.surprise($0, counts) }
      }
      suppressed = domains.map { _ in Self.logarithm(rows) }
      least = counts.map { $0.reduce(0) { $0 + $1 * Self.logarithm($1) } }
    }
    let costs = costs
    sums = domains.indices.map { field in
      costs[field].map { level in
        zip(level, counts[field]).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    let (suppressed, least) = (suppressed, least)
    most = domains.indices.map { rows * suppressed[$0] - least[$0] }
  }

  /// By leaf: the logarithm of the rows alike.
  private static func surprise(_ first: [Int], _ counts: [Int]) -> [Int] {
    var alike = [Int](repeating: 0, count: first.count)
    for (leaf, group) in first.enumerated() { alike[group] += counts[leaf] }
    return first.map { logarithm(alike[$0]) }
  }

  /// In units of 2⁻²⁴ bits.
  private static func logarithm(_ rows: Int) -> Int {
    rows <= 1 ? 0 : Int((log2(Double(rows)) * 16_777_216).rounded())
  }

  /// The loss of each field, from 0 to 1.
  /// - Parameter failing: classes that are suppressed; with none it is the least that these levels
  ///   cost, and no more than what any coarser ones do.
  package func byField(
    _ levels: [Int], failing: [Int] = [], of classes: Classes? = nil
  ) -> [Double] {
    var lost = 0
    var saved = [Int](repeating: 0, count: domains.count)
    if let classes {
      for index in failing {
        lost += classes.rows[index]
        for (field, domain) in domains.enumerated() {
          let leaf = domain.leaf(classes.keys[index])
          saved[field] += classes.rows[index] * costs[field][levels[field]][leaf]
        }
      }
    }
    return domains.indices.map { field in
      share(sums[field][levels[field]] - saved[field] + lost * suppressed[field], field)
    }
  }

  /// The loss of each field where rows stay at several levels.
  /// - Parameter lost: rows that do not stay anywhere.
  package func byField(_ parts: [Part], lost: Int) -> [Double] {
    var sums = suppressed.map { $0 * lost }
    for part in parts {
      var next = part.failing[...]
      for (index, key) in part.classes.keys.enumerated() {
        if next.first == index {
          next.removeFirst()
          continue
        }
        for (field, domain) in domains.enumerated() {
          let cost = costs[field][part.levels[field]][domain.leaf(key)]
          sums[field] += part.classes.rows[index] * cost
        }
      }
    }
    return sums.enumerated().map { share($1, $0) }
  }

  private func share(_ sum: Int, _ field: Int) -> Double {
    most[field] <= 0 ? 0 : Double(max(sum - least[field], 0)) / Double(most[field])
  }
}
