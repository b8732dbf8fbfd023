import Glibc

/// An index that is computed again and again, each time with other choices: everything that does
/// not depend on weights is prepared once.
struct IndexModel: Sendable {
  /// One set of choices.
  struct Choice: Sendable {
    var grid = 0
    /// By node.
    var weights: [Double]
    /// For all levels; nil for the index's own.
    var aggregation: Aggregation?
  }

  /// Room for one computation, to be used again by the same thread.
  struct Workspace {
    /// By node and row; of indicators empty.
    var scores: [[Double]]
    var shares: [Double]
  }

  let tree: IndexTree
  let method: IndexMethod
  let uncertainty: Uncertainty
  let rows: Int
  private let periods: [[Int]]
  private let weights: [Double]
  private let draws: CounterDraws
  /// Normalised values: by treatment and normalisation, then indicator and row.
  private let grids: [[[Double]]]
  /// The same as `Aggregation.before` has them, by the aggregation.
  private let prepared: [Aggregation: [[[Double]]]]

  /// - Throws: `OperatorError` where some choice needs scores above 0 and does not get them.
  init(_ solution: IndexSolution, _ uncertainty: Uncertainty, references: [[Int]]) throws {
    (tree, method, self.uncertainty) = (solution.tree, solution.method, uncertainty)
    rows = solution.units.count
    let screened = solution.isScreenedOut
    periods = solution.units.periods.map { $0.filter { !screened[$0] } }
    (weights, draws) = (solution.weights, CounterDraws(seed: uncertainty.seed))
    grids = Self.grids(solution, uncertainty, periods, references)
    let lowest = solution.tree.composites.filter { node in
      solution.tree.nodes[node].children.contains { solution.tree.nodes[$0].indicator != nil }
    }
    let used = Set(
      uncertainty.aggregations
        + lowest.map { solution.method.composition(solution.tree.nodes[$0].level).aggregation })
    var prepared: [Aggregation: [[[Double]]]] = [:]
    for aggregation in used {
      switch aggregation {
      case .arithmetic, .copeland: continue
      case .geometric, .harmonic, .power: break
      }
      if aggregation.needsPositive, grids.joined().joined().contains(where: { $0 <= 0 }) {
        throw IndexMessages.notPositive(solution.tree.nodes[0].name)
      }
      prepared[aggregation] = grids.map { $0.map { $0.map(aggregation.before) } }
    }
    self.prepared = prepared
  }

  private static func grids(
    _ solution: IndexSolution, _ uncertainty: Uncertainty, _ periods: [[Int]], _ references: [[Int]]
  ) -> [[[Double]]] {
    let (method, indicators) = (solution.method, solution.tree.indicators)
    let together = [periods.flatMap { $0 }.sorted()]
    let treatments: [Treatment?] =
      uncertainty.treatments.isEmpty ? [nil] : uncertainty.treatments.map { $0 }
    let normalisations: [Normalisation?] =
      uncertainty.normalisations.isEmpty ? [nil] : uncertainty.normalisations.map { $0 }
    return treatments.flatMap { treatment in
      // An indicator's own treatment is no choice of the index.
      let treated = IndexSolution.treated(
        solution.imputed, indicators.map { $0.treatment ?? treatment ?? method.treatment },
        method.treatsTogether ? together : periods
      ).values
      return normalisations.map { normalisation in
        IndexSolution.normalised(
          treated,
          indicators.map { ($0.normalisation ?? normalisation ?? method.normalisation, $0) },
          method.normalisesTogether ? together : periods, references
        ).values
      }
    }
  }

  func makeWorkspace() -> Workspace {
    Workspace(
      scores: tree.nodes.map {
        $0.indicator == nil ? [Double](repeating: 0, count: rows) : []
      }, shares: [Double](repeating: 0, count: rows))
  }

  /// The choice that a point of the unit cube stands for, a coordinate a factor.
  func choice(_ point: [Double]) -> Choice {
    var choice = Choice(weights: weights)
    var (treatment, normalisation) = (0, 0)
    for (factor, u) in zip(uncertainty.factors, point) {
      func pick(_ count: Int) -> Int { min(Int(u * Double(count)), count - 1) }
      switch factor {
      case .weights:
        // All 53 bits of the coordinate name a set of weights.
        let set = UInt64(u * 0x1p53)
        for node in choice.weights.indices {
          let noise = 2 * draws.uniform(set, UInt64(node) &+ 1 << 32) - 1
          choice.weights[node] *= 1 + uncertainty.weights * noise
        }
      case .treatment: treatment = pick(uncertainty.treatments.count)
      case .normalisation: normalisation = pick(uncertainty.normalisations.count)
      case .aggregation:
        choice.aggregation = uncertainty.aggregations[pick(uncertainty.aggregations.count)]
      }
    }
    choice.grid = treatment * max(uncertainty.normalisations.count, 1) + normalisation
    return choice
  }

  /// Whether its scores are on the index's own scale.
  func isOnOwnScale(_ choice: Choice) -> Bool {
    let normalisations = uncertainty.normalisations
    return normalisations.isEmpty
      || normalisations[choice.grid % normalisations.count] == method.normalisation
  }

  /// The coordinates of a draw.
  func point(_ draw: Int) -> [Double] {
    uncertainty.factors.indices.map { draws.uniform(UInt64(draw), UInt64($0)) }
  }

  /// The index of each row, NaN where there is none; stands in the workspace until the next.
  func compute(_ choice: Choice, _ space: inout Workspace) {
    for node in tree.nodes.indices.reversed() where tree.nodes[node].indicator == nil {
      let own = method.composition(tree.nodes[node].level)
      let aggregation = choice.aggregation ?? own.aggregation
      if case .copeland = aggregation {
        let children = tree.nodes[node].children
        space.scores[node] = aggregation.scores(
          children.map { child in
            tree.nodes[child].indicator.map { grids[choice.grid][$0] } ?? space.scores[child]
          }, children.map { choice.weights[$0] }, periods)
      } else {
        average(node, aggregation, choice, &space)
      }
      if own.data > 0 { blank(node, own.data, choice, &space) }
    }
  }

  private func average(
    _ node: Int, _ aggregation: Aggregation, _ choice: Choice, _ space: inout Workspace
  ) {
    var sums = space.scores[node]
    space.scores[node] = []
    for row in 0..<rows { (sums[row], space.shares[row]) = (0, 0) }
    for child in tree.nodes[node].children where choice.weights[child] > 0 {
      let weight = choice.weights[child]
      if let place = tree.nodes[child].indicator {
        let column = prepared[aggregation]?[choice.grid][place] ?? grids[choice.grid][place]
        Self.add(column, weight, &sums, &space.shares)
      } else if case .arithmetic = aggregation {
        Self.add(space.scores[child], weight, &sums, &space.shares)
      } else {
        Self.add(space.scores[child].map(aggregation.before), weight, &sums, &space.shares)
      }
    }
    for row in 0..<rows { sums[row] /= space.shares[row] }
    if aggregation != .arithmetic {
      for row in 0..<rows { sums[row] = aggregation.after(sums[row]) }
    }
    space.scores[node] = sums
  }

  /// The innermost loop: flat, without branches or checks, so that it becomes vector code.
  private static func add(
    _ column: [Double], _ weight: Double, _ sums: inout [Double], _ shares: inout [Double]
  ) {
    let rows = min(column.count, sums.count, shares.count)
    column.withUnsafeBufferPointer { column in
      sums.withUnsafeMutableBufferPointer { sums in
        shares.withUnsafeMutableBufferPointer { shares in
          for row in 0..<rows {
            let value = column[row]
            let isThere = value == value
            sums[row] += isThere ? weight * value : 0
            shares[row] += isThere ? weight : 0
          }
        }
      }
    }
  }

  private func blank(
    _ node: Int, _ least: Double, _ choice: Choice, _ space: inout Workspace
  ) {
    let children = tree.nodes[node].children
    for row in 0..<rows {
      let there = children.count { child in
        let score =
          tree.nodes[child].indicator.map { grids[choice.grid][$0][row] }
          ?? space.scores[child][row]
        return !score.isNaN
      }
      if Double(there) < least * Double(children.count) - 1e-9 { space.scores[node][row] = .nan }
    }
  }
}
