import StageKit
import Tabular

/// What was chosen and lost, in words and counts, for the run's report.
struct SolutionMessage {
  private let plan: AnonymisingBreaker.Plan
  private let found: RecodingSearch.Outcome
  private let objective: Objective
  private let domains: [QuasiDomain]
  let rows: Int
  private let losses: [Double]

  init(
    _ plan: AnonymisingBreaker.Plan, _ found: RecodingSearch.Outcome, _ objective: Objective,
    _ domains: [QuasiDomain], rows: Int
  ) {
    (self.plan, self.found, self.rows, self.objective) = (plan, found, rows, objective)
    self.domains = domains
    losses = objective.loss.byField(found.recoding.parts, lost: found.recoding.suppressed)
  }

  var suppressed: Int { found.recoding.suppressed }

  private func levels(_ field: Int) -> [Int] { found.recoding.rounds.map { $0.levels[field] } }

  var message: Message {
    let fields = plan.quasi.indices.map { field in
      let levels = levels(field)
      let sizes = levels.map { String(domains[field].groups($0)) }
      return (
        name: plan.quasi[field].name, levels: levels.map(String.init),
        highest: plan.quasi[field].levels.count - 1, sizes: sizes, size: domains[field].size,
        lost: losses[field]
      )
    }
    let en = fields.map { field in
      "\(field.name) \(field.levels.joined(separator: ", then "))/\(field.highest) "
        + "(\(field.sizes.joined(separator: ", ")) of \(field.size) values, "
        + "\(Self.share(field.lost, ".")))"
    }
    let fr = fields.map { field in
      "\(field.name) \(field.levels.joined(separator: ", puis "))/\(field.highest) "
        + "(\(field.sizes.joined(separator: ", ")) valeurs sur \(field.size), "
        + "\(Self.share(field.lost, ",")))"
    }
    let (lost, classes) = (suppressed, found.recoding.classes)
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
    if found.recoding.rounds.count > 1 { return gain }
    if found.isOptimal {
      return Message(en: "no levels lose less", fr: "aucuns niveaux ne perdent moins")
    }
    return Message(
      en: "not proven optimal: the search ended after \(found.looked) nodes",
      fr: "optimalité non prouvée : la recherche s’est arrêtée après \(found.looked) nœuds")
  }

  /// By how much recoding failing classes again is better than levels for all rows.
  private var gain: Message {
    guard let whole = found.whole else {
      return Message(
        en: "classes that failed were recoded again, without which no levels will do",
        fr: "les classes insuffisantes ont été recodées, sans quoi aucuns niveaux ne suffisent")
    }
    let count = plan.quasi.count
    let (after, before) = (
      objective.told(found.score, fields: count), objective.told(whole, fields: count)
    )
    let share = before > 0 ? 1 - after / before : 0
    return Message(
      en: "classes that failed were recoded again: \(Self.share(share, ".")) better than levels "
        + "for all rows",
      fr: "les classes insuffisantes ont été recodées : \(Self.share(share, ",")) de mieux que "
        + "des niveaux pour toutes les lignes")
  }

  /// For the account of risks.
  func account(before: ClassSizes) -> ClassAccount {
    ClassAccount(
      before: before,
      losses: plan.quasi.indices.map {
        ClassAccount.Loss(field: plan.quasi[$0].name, share: losses[$0])
      }, suppressed: suppressed)
  }

  /// The same as a file to be reviewed.
  func file(_ purpose: PinnedSolution.Purpose) -> SolutionText {
    SolutionText(
      purpose,
      plan.quasi.indices.map {
        .init(name: plan.quasi[$0].name, levels: levels($0), lost: losses[$0])
      }, score: objective.told(found.score, fields: plan.quasi.count), rows: rows,
      suppressed: suppressed, classes: found.recoding.classes,
      isOptimal: found.isOptimal && found.recoding.rounds.count == 1)
  }

  /// A share as tenths of a percent.
  static func share(_ share: Double, _ point: String) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10)\(point)\(tenths % 10) %"
  }
}
