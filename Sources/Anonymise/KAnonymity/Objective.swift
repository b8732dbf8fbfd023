import Glibc

/// What is to be least.
package struct Objective: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The fields' losses, by their geometric or arithmetic mean.
    case lossGeometric = "loss_geometric"
    case lossArithmetic = "loss_arithmetic"
    /// The fields' losses of entropy, by their arithmetic mean.
    case entropy
    /// The sum of the squares of classes' rows; a suppressed row counts as all rows.
    case discernibility
    /// Rows by class; all suppressed rows are one class.
    case classSize = "class_size"
  }

  package let kind: Kind
  /// By field: how much its loss counts, the greatest 1.
  package let weights: [Double]
  /// What the levels lose, for whoever wants to know, whatever is to be least.
  package let loss: InformationLoss
  private let measured: InformationLoss
  private let rows: Int

  /// - Parameter weights: by field, ≥ 0, one of them more; none where all losses count alike. Of
  ///   objectives that are told by losses.
  package init(
    _ kind: Kind, _ domains: [QuasiDomain], _ tuples: Classes, weights: [Double] = []
  ) {
    self.kind = kind
    let most = weights.max() ?? 1
    self.weights = domains.indices.map { weights.isEmpty ? 1 : weights[$0] / most }
    loss = InformationLoss(.values, domains, tuples)
    measured = kind == .entropy ? InformationLoss(.entropy, domains, tuples) : loss
    rows = tuples.rows.reduce(0, +)
  }

  /// Whether levels alone tell the least that they cost.
  package var isTold: Bool { kind != .discernibility && kind != .classSize }

  /// In which order levels are promising; where it is told, the least that they cost.
  package func promise(_ levels: [Int]) -> Double { mean(measured.byField(levels)) }

  /// What orders levels: the cost, or a number that grows with it.
  package func score(_ levels: [Int], failing: [Int], of classes: Classes) -> Double {
    if isTold { return mean(measured.byField(levels, failing: failing, of: classes)) }
    return score([InformationLoss.Part(levels: levels, classes: classes, failing: failing)])
  }

  /// The same where rows stay at several levels.
  /// - Parameter parts: each but the first of rows that failed in the one before.
  package func score(_ parts: [InformationLoss.Part]) -> Double {
    let lost = parts.last.map { last in last.failing.reduce(0) { $0 + last.classes.rows[$1] } } ?? 0
    if isTold { return mean(measured.byField(parts, lost: lost)) }
    let kept = parts.reduce(0) { $0 + $1.classes.count - $1.failing.count }
    if kind == .classSize { return size(kept + (lost > 0 ? 1 : 0)) }
    var squares = Int128(rows) * Int128(lost)
    for part in parts {
      squares += Self.squares(part.classes.rows[...])
      squares -= Self.squares(part.failing.map { part.classes.rows[$0] }[...])
    }
    return Double(squares)
  }

  /// The least that levels of these classes, and any coarser ones, cost.
  package func least(_ classes: Classes) -> Double {
    kind == .classSize ? size(classes.count) : Double(Self.squares(classes.rows[...]))
  }

  /// The score as users know it.
  package func told(_ score: Double, fields: Int) -> Double {
    let fields = Double(max(fields, 1))
    return switch kind {
    case .lossGeometric: pow(score, 1 / fields) - 1
    case .lossArithmetic, .entropy: score / fields
    case .discernibility, .classSize: score
    }
  }

  private func mean(_ losses: [Double]) -> Double {
    let weighed = zip(losses, weights).map { $0 * $1 }
    return kind == .lossGeometric
      ? weighed.reduce(1) { $0 * ($1 + 1) } : weighed.reduce(0, +)
  }

  private func size(_ classes: Int) -> Double { Double(rows) / Double(max(classes, 1)) }

  private static func squares(_ rows: ArraySlice<Int>) -> Int128 {
    rows.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
  }
}
