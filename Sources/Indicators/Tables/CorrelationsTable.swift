import StageKit
import Tabular

/// Correlations between elements of one level, and of elements with all above them.
enum CorrelationsTable: IndexTable {
  static let name = "correlations"
  static let title = Message(en: "correlations", fr: "corrélations")
  static let summary = Message(
    en: "correlations within and across levels, the doubtful ones flagged",
    fr: "corrélations dans chaque niveau et entre niveaux, les douteuses signalées")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    return [
      known.element("element"), known.level(), known.element("other"), known.level("other_level"),
      known.text("relation", words: IndexCodes.relations), known.integer("units", all),
      known.double("correlation", all),
      known.text("flag", all, nullable: true, words: IndexCodes.flags),
    ]
  }

  private struct Pair {
    let element: Int
    let other: Int
    let relation: String
    let units: Int
    let value: Double
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let pairs = pairs(work.solution)
    let nodes = work.spec.tree.nodes
    return [
      pairs.map { .text(nodes[$0.element].name) },
      pairs.map { .text(nodes[$0.element].level.rawValue) },
      pairs.map { .text(nodes[$0.other].name) },
      pairs.map { .text(nodes[$0.other].level.rawValue) },
      pairs.map { .text($0.relation) }, pairs.map { .integer(Int64($0.units)) },
      pairs.map { IndexWork.number($0.value) },
      pairs.map { IndexWork.text(flag($0, work.spec.collinear)) },
    ]
  }

  /// Siblings should agree without saying the same; a parent should follow its children.
  private static func flag(_ pair: Pair, _ collinear: Double) -> String? {
    switch pair.relation {
    case "siblings" where pair.value >= collinear, "others" where pair.value >= collinear:
      "collinear"
    case "siblings" where pair.value <= -0.4: "opposed"
    case "parent" where pair.value < 0: "opposed"
    case "parent" where pair.value < 0.3: "weak"
    default: nil
    }
  }

  private static func pairs(_ solution: IndexSolution) -> [Pair] {
    let nodes = solution.tree.nodes
    var pairs: [Pair] = []
    for one in nodes.indices {
      let above = Array(solution.tree.lineage(one).dropFirst())
      for other in nodes.indices where other != one {
        let isAbove = above.contains(other)
        let isPeer = other > one && nodes[other].level == nodes[one].level
        guard isAbove || isPeer else { continue }
        let relation =
          isAbove
          ? (other == nodes[one].parent ? "parent" : "ancestor")
          : nodes[other].parent == nodes[one].parent ? "siblings" : "others"
        let found = Statistics.relation(solution.scores[one], solution.scores[other])
        pairs.append(
          Pair(
            element: one, other: other, relation: relation, units: found.rows,
            value: found.correlation))
      }
    }
    return pairs
  }
}

/// Cronbach's alpha of what makes up each element: whether its parts measure one thing.
enum ConsistencyTable: IndexTable {
  static let name = "consistency"
  static let title = Message(en: "consistency", fr: "cohérence")
  static let summary = Message(
    en: "Cronbach's alpha and the first principal component of each element's parts",
    fr: "alpha de Cronbach et première composante principale des parties de chaque élément")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    return [
      known.element("element"), known.level(), known.integer("parts", .none),
      known.double("cronbach_alpha", all), known.double("first_component_share", all),
    ]
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let tree = work.spec.tree
    let parts = tree.composites.map { node in
      tree.nodes[node].children.map { work.solution.scores[$0] }
    }
    return [
      tree.composites.map { .text(tree.nodes[$0].name) },
      tree.composites.map { .text(tree.nodes[$0].level.rawValue) },
      parts.map { .integer(Int64($0.count)) },
      parts.map { IndexWork.number(alpha($0)) },
      parts.map { IndexWork.number(PrincipalComponents($0)?.explained ?? .nan) },
    ]
  }

  /// k²·mean covariance / Σ covariance matrix, over pairs of rows where both are known.
  static func alpha(_ columns: [[Double]]) -> Double {
    let known = columns.filter { $0.contains { !$0.isNaN } }
    let k = Double(known.count)
    guard known.count > 1 else { return .nan }
    var (all, off) = (0.0, 0.0)
    for (place, one) in known.enumerated() {
      for (second, other) in known.enumerated() {
        let covariance = Statistics.relation(one, other).covariance
        guard !covariance.isNaN else { continue }
        all += covariance
        if place != second { off += covariance }
      }
    }
    return all == 0 ? .nan : k * k * (off / (k * (k - 1))) / all
  }
}
