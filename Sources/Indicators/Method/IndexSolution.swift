import Tabular

/// An index, worked out: every table between the values as measured and the scores.
struct IndexSolution: Sendable {
  let tree: IndexTree
  let method: IndexMethod
  let units: UnitRows
  /// By indicator and row, NaN where missing.
  let raw: [[Double]]
  let imputed: [[Double]]
  let treated: [[Double]]
  let normalised: [[Double]]
  /// Rows that take no part.
  let isScreenedOut: [Bool]
  /// By indicator and then by group of rows treated together.
  let treatments: [[Treatment.Outcome]]
  /// Indicators whose scale has no width, somewhere.
  let flat: Set<Int>
  /// By node, as used.
  let weights: [Double]
  /// By node and row.
  let scores: [[Double]]

  /// - Parameters:
  ///   - raw: denominated values.
  ///   - references: by indicator, the rows of the unit that distances are taken to.
  /// - Throws: `OperatorError` where a mean does not exist.
  init(
    _ tree: IndexTree, _ method: IndexMethod, _ units: UnitRows, raw: [[Double]],
    references: [[Int]]
  ) throws {
    (self.tree, self.method, self.units, self.raw) = (tree, method, units, raw)
    let indicators = tree.indicators
    imputed = zip(raw, indicators).map {
      ($1.imputation ?? method.imputation).filled($0, units)
    }
    let screened = Self.screenedOut(method.screening, raw, imputed, units.count)
    isScreenedOut = screened
    let members = units.periods.map { rows in rows.filter { !screened[$0] } }
    let together = [members.flatMap { $0 }.sorted()]
    let steps = Self.treated(
      imputed, indicators.map { $0.treatment ?? method.treatment },
      method.treatsTogether ? together : members)
    (treated, treatments) = (steps.values, steps.outcomes)
    (normalised, flat) = Self.normalised(
      treated, indicators.map { ($0.normalisation ?? method.normalisation, $0) },
      method.normalisesTogether ? together : members, references)
    (weights, scores) = try Self.composed(tree, method, normalised, members)
  }

  private static func screenedOut(
    _ screening: IndexMethod.Screening, _ raw: [[Double]], _ imputed: [[Double]], _ rows: Int
  ) -> [Bool] {
    let columns = screening.countsImputed ? imputed : raw
    return (0..<rows).map { row in
      let there = columns.lazy.map { $0[row] }.filter { !$0.isNaN }
      let count = there.count
      if let least = screening.data, Double(count) < least * Double(columns.count) - 1e-9 {
        return true
      }
      guard let least = screening.nonzero, count > 0 else { return false }
      return Double(there.count { $0 != 0 }) < least * Double(count) - 1e-9
    }
  }

  static func treated(
    _ columns: [[Double]], _ treatments: [Treatment], _ groups: [[Int]]
  ) -> (values: [[Double]], outcomes: [[Treatment.Outcome]]) {
    var values: [[Double]] = []
    var outcomes: [[Treatment.Outcome]] = []
    for (column, treatment) in zip(columns, treatments) {
      var whole = [Double](repeating: .nan, count: column.count)
      var own: [Treatment.Outcome] = []
      for rows in groups {
        var (part, outcome) = treatment.treated(rows.map { column[$0] })
        for (place, row) in rows.enumerated() { whole[row] = part[place] }
        outcome.replaced = Set(outcome.replaced.map { rows[$0] })
        own.append(outcome)
      }
      values.append(whole)
      outcomes.append(own)
    }
    return (values, outcomes)
  }

  static func normalised(
    _ columns: [[Double]], _ methods: [(Normalisation, Indicator)], _ groups: [[Int]],
    _ references: [[Int]]
  ) -> (values: [[Double]], flat: Set<Int>) {
    var flat: Set<Int> = []
    let values = columns.indices.map { place in
      let (method, indicator) = methods[place]
      let terms = Normalisation.Terms(
        direction: indicator.direction, target: indicator.target, posts: indicator.posts,
        reference: references[place])
      var whole = [Double](repeating: .nan, count: columns[place].count)
      for rows in groups {
        guard let part = method.normalised(columns[place], rows, terms) else {
          flat.insert(place)
          continue
        }
        for (index, row) in rows.enumerated() { whole[row] = part[index] }
      }
      return whole
    }
    return (values, flat)
  }

  /// The index with other weights, by node.
  func index(_ weights: [Double]) throws -> [Double] {
    var tree = tree
    var method = method
    tree.reweigh(weights)
    // Weights are what is asked for, wherever they came from.
    method.weightings = [:]
    let members = units.periods.map { rows in rows.filter { !isScreenedOut[$0] } }
    return try Self.composed(tree, method, normalised, members).scores[0]
  }

  /// Weights and scores, from the dimensions up.
  private static func composed(
    _ tree: IndexTree, _ method: IndexMethod, _ normalised: [[Double]], _ periods: [[Int]]
  ) throws -> (weights: [Double], scores: [[Double]]) {
    var weights = tree.nodes.map(\.weight)
    var scores = [[Double]](repeating: [], count: tree.nodes.count)
    for node in tree.nodes.indices.reversed() {
      if let place = tree.nodes[node].indicator {
        scores[node] = normalised[place]
        continue
      }
      let children = tree.nodes[node].children
      let columns = children.map { scores[$0] }
      switch method.weightings[tree.nodes[node].level] ?? .declared {
      case .declared: break
      case .equal: for child in children { weights[child] = 1 }
      case .pca:
        // Columns that do not vary, too few rows, or two halves that contradict each other (of
        // which rounding would decide one) leave the weights as they were declared.
        guard let loadings = PrincipalComponents(columns)?.loadings,
          loadings.reduce(0, +) > 1e-6
        else { break }
        for (place, child) in children.enumerated() { weights[child] = max(loadings[place], 0) }
      }
      scores[node] = try composed(
        columns, children.map { weights[$0] }, method.composition(tree.nodes[node].level),
        periods, tree.nodes[node].name)
    }
    return (weights, scores)
  }

  private static func composed(
    _ columns: [[Double]], _ weights: [Double], _ composition: IndexMethod.Composition,
    _ periods: [[Int]], _ name: String
  ) throws -> [Double] {
    if composition.aggregation.needsPositive,
      zip(columns, weights).contains(where: { $1 > 0 && $0.contains { $0 <= 0 } })
    {
      throw IndexMessages.notPositive(name)
    }
    var scores = composition.aggregation.scores(columns, weights, periods)
    guard composition.data > 0 else { return scores }
    for row in scores.indices {
      let there = columns.count { !$0[row].isNaN }
      if Double(there) < composition.data * Double(columns.count) - 1e-9 { scores[row] = .nan }
    }
    return scores
  }
}

extension IndexSolution {
  /// The share of the index's weight that each row's score rests on observed data for, 0…1.
  var dataShares: [Double] {
    let effective = tree.effective(weights)
    let own = tree.indicators.indices.map { effective[tree.node(ofIndicator: $0)] }
    return (0..<units.count).map { row in
      isScreenedOut[row]
        ? 0
        : zip(raw.indices, own).reduce(0) { sum, next in
          raw[next.0][row].isNaN || normalised[next.0][row].isNaN ? sum : sum + next.1
        }
    }
  }

  /// Whether each row has a place in the ranking.
  var isRanked: [Bool] {
    let shares = dataShares
    return (0..<units.count).map {
      !scores[0][$0].isNaN && shares[$0] >= method.rankedFrom - 1e-9
    }
  }

  /// Places from 1 for the best of each period, among those that are ranked; ties share the best.
  func places(_ scores: [Double], _ isRanked: [Bool]) -> [Int?] {
    var places = [Int?](repeating: nil, count: units.count)
    for rows in units.periods {
      let ranked = rows.filter { isRanked[$0] }
      for (row, rank) in zip(ranked, Statistics.ranks(ranked.map { -scores[$0] })) {
        places[row] = Int(rank)
      }
    }
    return places
  }
}
