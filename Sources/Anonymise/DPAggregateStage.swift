import StageKit
import Tabular

/// `dp_aggregate`: counts and sums by group with differential privacy.
public struct DPAggregateStage: Stage {
  public static let declaration = StageDeclaration(
    name: "dp_aggregate", kind: .breaker,
    summary: Message(
      en: "Counts and sums by group with noise, so that nobody can tell from the figures whether "
        + "any one person is among the rows: differential privacy, per person, debited from a "
        + "budget before it is released.",
      fr: "Comptes et sommes par groupe avec du bruit, pour que personne ne puisse dire d’après "
        + "les chiffres si quelqu’un figure dans les lignes : confidentialité différentielle, par "
        + "personne, débitée d’un budget avant d’être publiée."),
    options: DPAggregateOptions.declarations,
    privacy: Message(
      en: "Keys that are declared carry their table's classes, others become aggregate, as all "
        + "figures do. Each release is debited anew, a failed one too.",
      fr: "Les clés déclarées portent les classes de leur table, les autres deviennent "
        + "agrégats, comme tous les chiffres. Chaque publication est débitée à nouveau, même "
        + "échouée."),
    promise: StagePromise(
      guarantee: Message(
        en: "ε (and δ) for all rows of one person together, whatever else is known, against all "
          + "figures of this release.",
        fr: "ε (et δ) pour toutes les lignes d’une personne ensemble, quoi que l’on sache par "
          + "ailleurs, contre tous les chiffres de cette publication."),
      assumes: Message(
        en: "`person` tells persons apart; what stands before works row by row (no limit, "
          + "window, ranking or sample over persons); bounds and declared keys were chosen "
          + "without looking at the data.",
        fr: "`person` distingue les personnes ; ce qui précède travaille ligne par ligne (ni "
          + "limit, ni window, ni rang, ni échantillon sur des personnes) ; bornes et clés "
          + "déclarées ont été choisies sans regarder les données."),
      leaves: Message(
        en: "Facts about whole groups, figures published elsewhere, and the exact accounting of "
          + "the run, which is for the city only.",
        fr: "Ce qui vaut pour un groupe entier, les chiffres publiés ailleurs, et les comptes "
          + "exacts de l’exécution, réservés à la ville.")),
    ways: [
      (
        RowWay.noPerson,
        Message(en: "rows whose person is not known", fr: "lignes dont la personne est inconnue")
      ),
      (
        RowWay.undeclared,
        Message(
          en: "rows of groups that are not declared", fr: "lignes de groupes non déclarés")
      ),
      (
        RowWay.overBound,
        Message(
          en: "rows beyond what one person may contribute",
          fr: "lignes au-delà de ce qu’une personne peut apporter")
      ),
      (
        RowWay.belowThreshold,
        Message(
          en: "rows of groups of too few persons to be shown",
          fr: "lignes de groupes de trop peu de personnes pour être montrés")
      ),
      (
        RowWay.rehearsed,
        Message(
          en: "rows of groups that are not shown because nothing is released",
          fr: "lignes de groupes non montrés, car rien n’est publié")
      ),
      (
        RowWay.folded,
        Message(
          en: "rows that stand in the group of another row",
          fr: "lignes rangées dans le groupe d’une autre")
      ),
      (
        RowWay.completed,
        Message(en: "a declared group without rows", fr: "un groupe déclaré sans ligne")
      ),
    ],
    example: """
      dp_aggregate:
        by: [quartier]
        person: habitant
        bounds: {groups: 2, rows: 3}
        keys:
          quartier: {table: quartiers}
        measures:
          habitants: {count: persons}
          depenses: {sum: montant, from: 0, to: 500}
        epsilon: 1
      """)

  public let output: Facts
  private let input: Facts
  private let keys: [Field]
  private let person: String
  private let domains: [DPAggregateOptions.Domain]?
  private let release: DPAggregateOptions.Release

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    if !input.isMicrodata {
      binding.diagnostics.error(
        "not-microdata", at: options.position,
        Message(
          en: "dp_aggregate counts persons, and these rows are groups already",
          fr: "dp_aggregate compte des personnes, et ces lignes sont déjà des groupes"))
    }
    keys = options["by"].map { binding.fields($0) } ?? []
    let node = try binding.require(options["person"])
    let person = try binding.require(binding.field(node))
    self.person = person.name
    if keys.contains(where: { $0.name == person.name }) {
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(
          en: "a group of one person cannot be protected: 'person' is no key",
          fr: "un groupe d’une seule personne ne se protège pas : « person » n’est pas une clé"))
    }
    let reading = DPAggregateOptions(options, binding, keys)
    domains = try reading.domains()
    try binding.settle()
    release = try binding.require(reading.release(isDeclared: domains != nil))
    try binding.settle()
    output = Self.facts(input, keys, domains, release, binding)
  }

  private static func facts(
    _ input: Facts, _ keys: [Field], _ domains: [DPAggregateOptions.Domain]?,
    _ release: DPAggregateOptions.Release, _ binding: Binding
  ) -> Facts {
    var fields: [Field] = []
    for (place, key) in keys.enumerated() {
      var field = key
      field.counts = nil
      if let domain = domains?[place] {
        (field.privacy, field.nullable) = (domain.privacy, false)
      } else {
        field.privacy = key.privacy.reclassed(.aggregate)
      }
      fields.append(field)
    }
    let all = Privacy.union(input.fields.map(\.privacy)).reclassed(.aggregate)
    for measure in release.measures where measure.name != nil {
      let privacy = measure.field.map { $0.privacy.reclassed(.aggregate) } ?? all
      fields.append(
        Field(
          measure.name ?? "", measure.type, privacy: privacy,
          decimals: measure.type == .decimal ? measure.scale : nil))
    }
    return Facts(
      fields: fields, guarantees: [.differential(release.guarantee)],
      order: keys.map { OrderKey(field: $0.name, descending: false) }, taint: input.taint,
      isMicrodata: false, isAboutPersons: input.isAboutPersons)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    Set(keys.map(\.name) + [person] + release.measures.compactMap { $0.field?.name })
  }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    SideNeed.merged(
      (domains ?? []).compactMap { domain in
        guard case .table(let table, let field, _) = domain.values else { return nil }
        return SideNeed(table: table, fields: [field.name])
      })
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(try breaker(context, SystemRandomNumberGenerator()))
  }

  /// The same with other randomness than the system's: for tests.
  package func breaker<Randomness: RandomNumberGenerator & Sendable>(
    _ context: StageContext, _ randomness: Randomness
  ) throws -> NoisyTotals<Randomness> {
    let declared = try domains.map { try DPAggregateOptions.product($0, keys, context) }
    var addends: [ContributionTotals.Addend] = []
    var figures: [NoisyTotals<Randomness>.Figure] = []
    for measure in release.measures {
      var total: NoisyTotals<Randomness>.Total = measure.countsRows ? .rows : .persons
      if let field = measure.field, let column = input.index(of: field.name) {
        total = .sum(addends.count)
        addends.append(
          ContributionTotals.Addend(
            column: column, scale: measure.scale, bounds: measure.bounds))
      }
      figures.append(.init(total, type: measure.type, scale: measure.scale))
    }
    for (measure, noise) in zip(release.measures, release.plan.noise) {
      if let name = measure.name {
        context.remark(DPAggregateMessages.usualError(name, noise, scale: measure.scale))
      }
    }
    return NoisyTotals(
      columns: input.fields.map(\.type), person: input.index(of: person) ?? -1,
      groups: keys.compactMap { input.index(of: $0.name) }, mostGroups: release.mostGroups,
      mostRows: release.mostRows, addends: addends, declared: declared, figures: figures,
      shown: release.measures.count { $0.name != nil }, plan: release.plan,
      counted: release.counted, budget: Told(context), randomness: randomness)
  }

  /// Tells the author when nothing is released.
  private struct Told: PrivacyBudget {
    let context: StageContext

    init(_ context: StageContext) { self.context = context }

    func debit(_ cost: PrivacyCost) throws -> Bool {
      let isReleased = try context.budget.debit(cost)
      if !isReleased { context.remark(DPAggregateMessages.rehearsed) }
      return isReleased
    }
  }
}
