import Tabular

/// What was chosen and lost, in words and counts, for the run's report.
struct SolutionMessage {
  private let plan: AnonymisingBreaker.Plan
  private let solution: FullDomainSearch.Solution
  private let rows: Int
  private let losses: [Double]

  init(
    _ plan: AnonymisingBreaker.Plan, _ solution: FullDomainSearch.Solution, rows: Int,
    losses: [Double]
  ) {
    (self.plan, self.solution, self.rows, self.losses) = (plan, solution, rows, losses)
  }

  var message: Message {
    let fields = zip(plan.quasi, zip(solution.levels, losses))
    let en = fields.map { quasi, chosen in
      "\(quasi.name) \(chosen.0)/\(quasi.levels.count - 1) (\(Self.share(chosen.1, ".")))"
    }
    let fr = fields.map { quasi, chosen in
      "\(quasi.name) \(chosen.0)/\(quasi.levels.count - 1) (\(Self.share(chosen.1, ",")))"
    }
    let (lost, classes, looked) = (solution.suppressedRows, solution.classes, solution.looked)
    let (proof, preuve) =
      solution.isOptimal
      ? ("no levels lose less", "aucuns niveaux ne perdent moins")
      : (
        "not proven optimal: the search ended after \(looked) nodes",
        "optimalité non prouvée : la recherche s’est arrêtée après \(looked) nœuds"
      )
    return Message(
      en: "levels, of the highest, and information lost: \(en.joined(separator: ", ")); "
        + "\(lost) of \(rows) rows suppressed; \(classes) classes; \(proof)",
      fr: "niveaux, sur le plus haut, et information perdue : \(fr.joined(separator: ", ")) ; "
        + "\(lost) lignes sur \(rows) supprimées ; \(classes) classes ; \(preuve)")
  }

  /// A share as tenths of a percent.
  private static func share(_ share: Double, _ point: String) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10)\(point)\(tenths % 10) %"
  }
}
