import StageKit
import Tabular

/// Methods of one indicator or of all, read from their nodes.
enum NormalisationReader {
  static let names = [
    "min_max", "z_score", "rank", "borda", "percentile_rank", "goalposts", "target", "reference",
    "maximum", "share_of_maximum", "none",
  ]

  /// - Returns: the method, with the key of the unit that distances are taken to.
  static func read(_ node: SpecNode) -> (method: Normalisation, unit: SpecNode?) {
    let range = (node["range"]?.items ?? []).compactMap(\.number)
    let (low, high) = range.count == 2 ? (range[0], range[1]) : (0, 100)
    let caps = node["cap"]?.boolean == true
    let method: Normalisation =
      switch node.text ?? node["method"]?.text {
      case "z_score":
        .zScore(mean: node["mean"]?.number ?? 0, deviation: node["deviation"]?.number ?? 1)
      case "rank": .rank
      case "borda": .borda
      case "percentile_rank": .percentileRank
      case "goalposts": .goalposts(low: low, high: high)
      case "target": .target(caps: caps)
      case "reference": .reference(caps: caps)
      case "maximum": .maximum
      case "share_of_maximum": .shareOfMaximum
      case "none": .none
      default: .minMax(low: low, high: high)
      }
    return (method, node["unit"])
  }

  static func treatment(_ node: SpecNode) -> Treatment {
    var treatment = Treatment()
    let kind = node.text ?? node["method"]?.text
    treatment.kind = kind.flatMap { Treatment.Kind(rawValue: $0) } ?? .none
    treatment.fallback = node["then"]?.text.flatMap { Treatment.Fallback(rawValue: $0) } ?? .log
    treatment.points = node["points"]?.integer ?? 5
    treatment.skewness = node["skewness"]?.number ?? 2
    treatment.kurtosis = node["kurtosis"]?.number ?? 3.5
    return treatment
  }

  static func aggregation(_ node: SpecNode) -> Aggregation {
    switch node.text ?? node["method"]?.text {
    case "geometric": .geometric
    case "harmonic": .harmonic
    case "copeland": .copeland
    case "power": .power(node["power"]?.number ?? 1)
    default: .arithmetic
    }
  }

  /// A share such as `66%`, 0…1.
  static func share(_ node: SpecNode?) -> Double? {
    guard let node, case .share(let millionths)? = RowLimit(node) else {
      return node?.number.map { min(max($0, 0), 1) }
    }
    return Double(millionths) / 1e6
  }
}
