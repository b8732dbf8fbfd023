import Tabular

/// What was chosen and lost, in words and counts, for the run's report.
struct SolutionMessage {
  private let plan: AnonymisingBreaker.Plan
  private let solution: FullDomainSearch.Solution
  private let domains: [QuasiDomain]
  let rows: Int
  private let losses: [Double]

  init(
    _ plan: AnonymisingBreaker.Plan, _ solution: FullDomainSearch.Solution,
    _ domains: [QuasiDomain], rows: Int, losses: [Double]
  ) {
    (self.plan, self.solution, self.rows, self.losses) = (plan, solution, rows, losses)
    self.domains = domains
  }

  var suppressed: Int { solution.suppressedRows }

  var message: Message {
    let fields = plan.quasi.indices.map { field in
      let (level, highest) = (solution.levels[field], plan.quasi[field].levels.count - 1)
      let (groups, size) = (domains[field].groups(level), domains[field].size)
      return (
        "\(plan.quasi[field].name) \(level)/\(highest)", "\(groups)", "\(size)", losses[field]
      )
    }
    let en = fields.map { name, groups, size, lost in
      "\(name) (\(groups) of \(size) values, \(Self.share(lost, ".")))"
    }
    let fr = fields.map { name, groups, size, lost in
      "\(name) (\(groups) valeurs sur \(size), \(Self.share(lost, ",")))"
    }
    let (lost, classes) = (solution.suppressedRows, solution.classes)
    let proof = self.proof
    return Message(
      en: "levels, of the highest, and information lost: \(en.joined(separator: ", ")); "
        + "\(lost) of \(rows) rows suppressed; \(classes) classes; \(proof.en)",
      fr: "niveaux, sur le plus haut, et information perdue : \(fr.joined(separator: ", ")) ; "
        + "\(lost) lignes sur \(rows) supprimées ; \(classes) classes ; \(proof.fr)")
  }

  private var proof: Message {
    if let use = plan.solution, use.levels != nil {
      return Message(
        en: "levels as reviewed in \(use.shown), verified again",
        fr: "niveaux relus dans \(use.shown), vérifiés de nouveau")
    }
    if solution.isOptimal {
      return Message(en: "no levels lose less", fr: "aucuns niveaux ne perdent moins")
    }
    return Message(
      en: "not proven optimal: the search ended after \(solution.looked) nodes",
      fr: "optimalité non prouvée : la recherche s’est arrêtée après \(solution.looked) nœuds")
  }

  /// The same as a file to be reviewed.
  func file(_ purpose: PinnedSolution.Purpose) -> SolutionText {
    SolutionText(
      purpose,
      plan.quasi.indices.map {
        .init(name: plan.quasi[$0].name, levels: [solution.levels[$0]], lost: losses[$0])
      }, score: plan.mean.told(solution.score, fields: plan.quasi.count), rows: rows,
      suppressed: solution.suppressedRows, classes: solution.classes,
      isOptimal: solution.isOptimal)
  }

  /// A share as tenths of a percent.
  static func share(_ share: Double, _ point: String) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10)\(point)\(tenths % 10) %"
  }
}
