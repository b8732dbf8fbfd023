import StageKit
import Tabular

/// `protect_table`: suppresses small cells of a table, and others so that they cannot be computed.
public struct ProtectTableStage: TableProtecting {
  public static let declaration = StageDeclaration(
    name: "protect_table", kind: .breaker,
    summary: Message(
      en: "Suppresses the small cells of a table, and as many others as it takes so that no "
        + "suppressed one can be computed from totals: all their measures become empty, and "
        + "`<measure>_status` says `published` or `suppressed`. A count of 0 stays. Every "
        + "suppressed cell is audited: if the values that it may have lie too close together, "
        + "the run fails. Rows come out in the order of `by`.",
      fr: "Supprime les petites cases d’un tableau, et autant d’autres qu’il le faut pour "
        + "qu’aucune case supprimée ne se calcule à partir des totaux : toutes leurs mesures "
        + "deviennent vides, et `<mesure>_status` dit `published` ou `suppressed`. Un compte de 0 "
        + "reste. Chaque case supprimée est vérifiée : si ses valeurs possibles sont trop proches, "
        + "l’exécution échoue. Les lignes sortent dans l’ordre de `by`."),
    options: ProtectTableOptions.declarations,
    privacy: Message(
      en: "Classes stay: a median is still of its field's class.",
      fr: "Les classes restent : une médiane est toujours de la classe de son champ."),
    promise: StagePromise(
      guarantee: Message(
        en: "A published cell has at least min_count contributors (and none that dominates it), "
          + "and no suppressed one can be computed from the table and its totals.",
        fr: "Une case publiée a au moins min_count contributeurs (et aucun qui la domine), et "
          + "aucune case supprimée ne se calcule à partir du tableau et de ses totaux."),
      assumes: Message(
        en: "The whole table is given, rows are counted once, and readers know nothing of "
          + "single contributors.",
        fr: "Le tableau est entier, chaque ligne est comptée une fois, et le lecteur ne sait "
          + "rien des contributeurs."),
      leaves: Message(
        en: "Other tables of the same rows, by other fields or at other dates, but those named "
          + "(`with`, `history`); contributors of a cell who share what they know.",
        fr: "D’autres tableaux des mêmes lignes, selon d’autres champs ou à d’autres dates, "
          + "sauf ceux nommés (`with`, `history`) ; des contributeurs d’une case qui réunissent "
          + "ce qu’ils savent.")),
    example: "protect_table: {by: [quartier, categorie], min_count: 11}")

  public let output: Facts
  private let input: Facts
  private let plan: ProtectTableOptions

  public init(_ options: Options, _ binding: Binding) throws {
    let plan = try ProtectTableOptions(options, binding)
    (input, self.plan) = (binding.input, plan)
    var fields = binding.input.fields.filter { !plan.dropped.contains($0.name) }
    for index in fields.indices where !plan.keys.contains(fields[index].name) {
      fields[index].nullable = true
    }
    let status = plan.count.privacy.reclassed(.aggregate)
    for name in plan.measures {
      let made = name + "_status"
      binding.isNewName(made, at: options.position, among: fields.map(\.name))
      var field = Field(made, .text, privacy: status, nullable: false)
      field.chosen = plan.count.chosen
      fields.append(field)
    }
    try binding.settle()
    var facts = binding.input.replacingFields(fields)
    facts.order = plan.keys.map { OrderKey(field: $0, descending: false) }
    facts.guarantees.insert(
      .protected(
        TableProtection(
          minCount: plan.minCount, dominanceMillionths: plan.dominance,
          cells: TableProtection.Cells(keys: plan.keys, measures: Set(plan.measures)))))
    for side in plan.link.map({ [$0.table, $0.shared] }) ?? [] {
      facts.taint = facts.taint.union(side.taint)
    }
    output = plan.count.counts.map { facts.standing(for: plan.minCount, of: $0.basis) } ?? facts
  }

  public var protectedKeys: [String] { plan.keys }
  public var contributorCount: String { plan.count.name }
  public var cellRules: [CellRule] { plan.amounts }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.intersection(input.names).union(plan.reads)
  }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    guard let link = plan.link else { return [] }
    let count: Set<String> = [plan.count.name]
    return SideNeed.merged([
      SideNeed(table: link.name, fields: count.union(link.keys)),
      SideNeed(table: link.sharedName, fields: count.union(link.keys).union(plan.keys)),
    ])
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let places = Dictionary(
      input.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let amounts = plan.amounts.map { rule in
      AmountRule(
        kind: rule.kind, share: rule.share, value: places[rule.value] ?? 0,
        largest: places[rule.largest] ?? 0, second: rule.second.flatMap { places[$0] })
    }
    return .breaker(
      ProtectedRows(
        types: input.fields.map(\.type),
        roles: input.names.map { name in
          plan.keys.contains(name) ? .key : plan.dropped.contains(name) ? .left : .measure
        },
        axes: plan.axes.compactMap { axis in places[axis.name].map { ($0, axis) } },
        rules: TableRules(
          count: places[plan.count.name] ?? 0, minCount: plan.minCount, amounts: amounts,
          width: plan.width),
        knowsMargins: plan.knowsMargins,
        releases: plan.history.map {
          ProtectedRows.Releases(
            name: $0.name, isCumulative: $0.isCumulative, history: context.history)
        }, link: link(context), remark: context.remark))
  }

  private func link(_ context: StageContext) -> TableLink? {
    guard let link = plan.link, let count = link.table.index(of: plan.count.name),
      let shared = link.shared.index(of: plan.count.name)
    else { return nil }
    return TableLink(
      other: TableLink.Place(table: link.name, count: count),
      otherKeys: link.keys.compactMap { link.table.index(of: $0) },
      shared: TableLink.Place(table: link.sharedName, count: shared),
      sharedOwn: plan.keys.compactMap { link.shared.index(of: $0) },
      sharedOther: link.keys.compactMap { link.shared.index(of: $0) }, context: context)
  }
}
