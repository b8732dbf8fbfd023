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
    let mean: InformationLoss.Mean
    let budget: Int
    let lattice: Lattice
    /// Rows that may be left out, of so many.
    let mostSuppressed: @Sendable (Int) -> Int
    /// Levels that were reviewed, or a file for those that will be chosen.
    let solution: SolutionUse?

    func column(_ index: Int, of batch: Batch) throws -> Column {
      guard batch.columns.indices.contains(index) else { throw AnonymisingBreaker.wrongColumn }
      return batch.columns[index]
    }
  }

  let plan: Plan
  let remark: @Sendable (Message) -> Void
  /// Nil where nothing is released.
  let propose: KeepProposal?

  func makeWorker(_ resources: Resources) -> any BreakerWorker {
    let limit = max(resources.memory / (4 * max(resources.threads, 1)), 1 << 20)
    return TupleCollector(plan, Collect().makeWorker(resources), limit: limit)
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
    let (tuples, requirement) = try observed(workers)
    let loss = InformationLoss(plan.mean, domains, tuples)
    let most = plan.mostSuppressed(held.rows)
    var search = FullDomainSearch(
      requirement, mostSuppressed: most, budget: plan.budget,
      lattice: plan.lattice, domains: domains, tuples: tuples, loss: loss)
    let pinned = plan.solution?.levels?.map { $0[0] }
    let found = if let pinned { search.judged(pinned) } else { search.run() }
    guard let solution = found else { throw Self.impossible(plan.k) }
    let map = KeyMap(domains, solution.levels)
    let classes = tuples.rolledUp(map)
    let small = requirement.failing(classes).all
    let lost = small.reduce(0) { $0 + classes.rows[$1] }
    guard lost == solution.suppressedRows else { throw Self.wrongColumn }
    if pinned != nil, lost > most, let use = plan.solution {
      throw use.broken(suppressed: lost, of: held.rows, most: most)
    }
    tally.rowsOut += held.rows - lost
    tally.left[KAnonymiseStage.suppressed, default: 0] += lost
    if held.rows > 0 {
      let told = SolutionMessage(
        plan, solution, domains, rows: held.rows,
        losses: loss.byField(solution.levels, suppressed: small, of: classes))
      remark(told.message)
      try lay(told)
    }
    return MappedRows(
      held.source(), plan.quasi.map(\.column), domains, solution.levels, map,
      suppressed: small.map { classes.keys[$0] })
  }

  /// Lays down what was chosen, where it has to be reviewed first.
  private func lay(_ solution: SolutionMessage) throws {
    guard let use = plan.solution, use.levels == nil, let propose else { return }
    try propose(use.path, Array(solution.file(use.purpose).text.utf8))
    throw use.proposed(suppressed: solution.suppressed, of: solution.rows)
  }

  private func observed(_ workers: [TupleCollector]) throws -> (Classes, Requirement) {
    var tuples = try TupleCollector.classes(workers, byPerson: plan.person != nil)
    var rules: [[SpreadRule]] = []
    for (index, field) in plan.sensitive.enumerated() {
      let (counts, own) = try TupleCollector.sensitive(workers, index, field, tuples)
      tuples.sensitive.append(counts)
      rules.append(own)
    }
    return (tuples, Requirement(k: plan.k, spreads: rules))
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
          + "what is asked of `sensitive`, within `suppress_at_most` and `nodes`: allow more, or "
          + "add a level where all values are alike",
        fr: "aucuns niveaux de ces hiérarchies n’ont été trouvés qui cachent chaque personne parmi "
          + "\(k), et tiennent ce que `sensitive` demande, dans les limites de `suppress_at_most` "
          + "et `nodes` : permettez plus, ou ajoutez un niveau où toutes les valeurs sont pareilles"
      ))
  }
}
