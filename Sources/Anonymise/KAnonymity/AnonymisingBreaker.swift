import StageKit
import Tabular

/// Makes a table k-anonymous: a first pass keeps the rows and counts the distinct tuples of
/// quasi-identifiers, a search on these alone finds the levels, a second pass maps the rows.
struct AnonymisingBreaker: Breaker {
  struct Quasi: Sendable {
    let name: String
    let column: Int
    let levels: [[String]]
    let leaves: LeafNumbers
    let shift: Int
  }

  struct Plan: Sendable {
    let quasi: [Quasi]
    /// The column that tells persons apart, behind all others; nil where every row is a person.
    let person: Int?
    /// Their texts stand from `width` on.
    let sensitive: [SensitiveField]
    /// The table's own columns, and those with the person's.
    let fields: Int
    let width: Int
    let k: Int
    let objective: Objective.Kind
    /// By quasi-identifier: how much its loss counts; none where all count alike.
    let weights: [Double]
    let budget: Int
    /// Levels that rows may be tried at.
    let rounds: Int
    let lattice: Lattice
    /// Rows that may be left out, of so many.
    let mostSuppressed: @Sendable (Int) -> Int
    /// Levels that were reviewed, or a file for those that will be chosen.
    let solution: SolutionUse?
    let population: PopulationPlan?

    func column(_ index: Int, of batch: Batch) throws -> Column {
      guard batch.columns.indices.contains(index) else { throw AnonymisingBreaker.wrongColumn }
      return batch.columns[index]
    }
  }

  let plan: Plan
  let population: Population?
  let remark: @Sendable (Message) -> Void
  /// Nil where nothing is released.
  let propose: KeepProposal?
  let account: @Sendable (ClassAccount) -> Void
  /// Nil where rows of two releases cannot be told to be of one person.
  let released: ReleasedPersons?

  func makeWorker(_ resources: Resources) -> any BreakerWorker {
    // Beside the rows, which take their share.
    let limit = max(resources.memory / (8 * max(resources.threads, 1)), 1 << 16)
    return TupleCollector(
      plan, Collect().makeWorker(resources),
      ObservedTuples(sensitive: plan.sensitive.count, limit: limit, scratch: resources.scratch))
  }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let workers = try workers.map { worker in
      guard let worker = worker as? TupleCollector else { throw Self.wrongColumn }
      return worker
    }
    for (index, quasi) in plan.quasi.enumerated() {
      let lost = workers.reduce(0) { $0 + $1.unknown[index] }
      if lost > 0 { throw Self.unknownValues(quasi.name, lost) }
    }
    let held = try Collect().held(workers.map(\.rows))
    tally.rowsIn += held.rows
    let domains = plan.quasi.enumerated().map { index, quasi in
      QuasiDomain(
        levels: quasi.levels, hasEmpty: workers.contains { $0.hasEmpty[index] },
        shift: quasi.shift)
    }
    let merged = try MergedTuples(
      workers.map(\.observed), limit: max(resources.memory / 2, 1 << 20))
    let (tuples, requirement) = try observed(merged, plan.mostSuppressed(held.rows))
    let objective = Objective(plan.objective, domains, tuples, weights: plan.weights)
    let found = try choice(requirement, domains, tuples, objective, resources.checkpoint)
    let lost = found.recoding.suppressed
    tally.rowsOut += held.rows - lost
    tally.left[KAnonymiseStage.suppressed, default: 0] += lost
    if held.rows > 0 {
      let told = SolutionMessage(plan, found, objective, domains, rows: held.rows)
      remark(told.message)
      try lay(told)
      account(told.account(before: ClassSizes(tuples.persons)))
    }
    let mapped = MappedRows(held.source(), plan.quasi.map(\.column), domains, found.recoding)
    try released?.audit(merged, tuples.keys) { key in
      domains.map { $0.texts[0][$0.leaf(key)] }
    } place: { key in
      mapped.round(of: key).map { round in
        zip(domains, found.recoding.rounds[round].levels).map { $0.texts[$1][$0.leaf(key)] }
      }
    }
    return mapped
  }

  /// What was reviewed, or else what is best.
  private func choice(
    _ requirement: Requirement, _ domains: [QuasiDomain], _ tuples: Classes,
    _ objective: Objective, _ checkpoint: () throws -> Void
  ) throws -> RecodingSearch.Outcome {
    if let use = plan.solution, let pinned = use.levels {
      let rounds = pinned[0].indices.map { round in pinned.map { $0[round] } }
      let recoding = Recoding(rounds, requirement, domains, tuples)
      guard recoding.holds else {
        throw use.broken(
          suppressed: recoding.suppressed, of: tuples.rows.reduce(0, +), most: requirement.most)
      }
      return RecodingSearch.Outcome(
        recoding: recoding, score: objective.score(recoding.parts), whole: nil, isOptimal: false,
        looked: 0)
    }
    var search = RecodingSearch(
      requirement, budget: plan.budget, lattice: plan.lattice, domains: domains, tuples: tuples,
      objective: objective, rounds: plan.rounds)
    guard let found = try search.run(checkpoint) else { throw Self.impossible(plan.k) }
    return found
  }

  /// Lays down what was chosen, where it has to be reviewed first.
  private func lay(_ solution: SolutionMessage) throws {
    guard let use = plan.solution, use.levels == nil, let propose else { return }
    try propose(use.path, Array(solution.file(use.purpose).text.utf8))
    throw use.proposed(suppressed: solution.suppressed, of: solution.rows)
  }

  private func observed(
    _ merged: MergedTuples, _ most: Int
  ) throws -> (Classes, Requirement) {
    var tuples = try merged.classes(byPerson: plan.person != nil)
    var rules: [[SpreadRule]] = []
    for (index, field) in plan.sensitive.enumerated() {
      let (counts, own) = try merged.sensitive(index, field, tuples)
      tuples.sensitive.append(counts)
      rules.append(own)
    }
    tuples.population = population
    return (
      tuples,
      Requirement(k: plan.k, spreads: rules, population: plan.population?.rule, most: most)
    )
  }

  static let wrongColumn = OperatorError(
    Message(
      en: "internal error: k_anonymise met other columns than planned; please report it",
      fr: "erreur interne : k_anonymise a d’autres colonnes que prévu ; merci de le signaler"))

  static let needsMemory = OperatorError(
    Message(
      en: "k_anonymise: the distinct combinations of quasi-identifiers exceed the memory allowed; "
        + "raise --memory, or make fields coarser before (`bucket`, `truncate`)",
      fr: "k_anonymise : les combinaisons distinctes de quasi-identifiants dépassent la mémoire "
        + "permise ; augmentez --memory, ou rendez des champs plus grossiers avant (`bucket`, "
        + "`truncate`)"))

  private static func unknownValues(_ field: String, _ rows: Int) -> OperatorError {
    let s = rows == 1 ? "" : "s"
    return OperatorError(
      Message(
        en: "field '\(field)': the hierarchy lacks the values of \(rows) row\(s); add them "
          + "to it (values of persons are not shown)",
        fr: "champ « \(field) » : la hiérarchie n’a pas les valeurs de \(rows) "
          + "ligne\(s) ; ajoutez-les-y (les valeurs de personnes ne sont pas "
          + "montrées)"))
  }

  private static func impossible(_ k: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "no levels of these hierarchies were found that hide every person among \(k), and keep "
          + "what is asked of `sensitive` and `population`, within `suppress_at_most` and `nodes`: "
          + "allow more, or add a level where all values are alike",
        fr: "aucuns niveaux de ces hiérarchies n’ont été trouvés qui cachent chaque personne parmi "
          + "\(k), et tiennent ce que `sensitive` et `population` demandent, dans les "
          + "limites de `suppress_at_most` et `nodes` : permettez plus, ou ajoutez un niveau où "
          + "toutes les valeurs sont pareilles"
      ))
  }
}
