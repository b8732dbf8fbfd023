import StageKit
import Tabular

/// `union`: appends the rows of other tables.
public struct UnionStage: Stage {
  public static let declaration = StageDeclaration(
    name: "union", kind: .breaker,
    summary: Message(
      en: "Appends the rows of other tables; fields go together by name.",
      fr: "Ajoute à la suite les lignes d’autres tables ; les champs vont ensemble par leur nom."),
    options: [
      OptionDeclaration(
        "with", .either([.table, .list(.table)]), required: true,
        Message(
          en: "The steps or sources to append, in order.",
          fr: "Les étapes ou sources à ajouter, dans l’ordre.")),
      OptionDeclaration(
        "policy", .choice(["exact", "union", "subset"]), default: "exact",
        Message(
          en: "Which fields there must be: the same in all tables (exact), or any, where a field "
            + "that a table lacks is empty (union), or those of the first table, of which the "
            + "others may lack some (subset).",
          fr: "Les champs qu’il faut : les mêmes dans toutes les tables (exact), ou n’importe "
            + "lesquels, un champ absent d’une table étant vide (union), ou ceux de la première, "
            + "dont les autres peuvent manquer (subset).")),
    ],
    shorthand: "with",
    privacy: Message(
      en: "A field carries the classes that it has in any of the tables. k is void; min_count is "
        + "the least. When two tables come from the same source, counts of rows are no counts of "
        + "source rows any more.",
      fr: "Un champ porte les classes qu’il a dans l’une ou l’autre des tables. k est annulé ; "
        + "min_count est le plus petit. Si deux tables viennent de la même source, compter les "
        + "lignes n’est plus compter celles de la source."),
    ways: [
      (RowWay.appended, Message(en: "rows of the other tables", fr: "lignes des autres tables"))
    ],
    example: "union: {with: [demandes_2025], policy: subset}")

  public let output: Facts
  private let input: Facts
  private let tables: [(name: String, facts: Facts)]

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    let with = try binding.require(options["with"])
    let policy = options["policy"]?.text ?? "exact"
    var tables: [(name: String, facts: Facts)] = []
    var fields = input.fields
    for node in with.items ?? [with] {
      guard let facts = binding.table(node) else { continue }
      tables.append((node.text ?? "", facts))
      Self.compare(facts, with: fields, policy: policy, at: node, binding)
      for field in facts.fields where !fields.contains(where: { $0.name == field.name }) {
        fields.append(field)
      }
    }
    try binding.settle()
    self.tables = tables
    var united = Self.facts(input, tables.map(\.facts), fields)
    united.selection = input.selection.united(
      with: tables.map(\.facts.selection), at: options.position)
    output = united
  }

  private static func compare(
    _ facts: Facts, with fields: [Field], policy: String, at node: SpecNode, _ binding: Binding
  ) {
    let table = node.text ?? ""
    let names = fields.map(\.name)
    let missing = names.filter { facts.field($0) == nil }
    let extra = facts.names.filter { !names.contains($0) }
    if policy == "exact", !missing.isEmpty {
      binding.diagnostics.error(
        "other-fields", at: node.position, lacks(table, missing), remedy: chooseSubset)
    }
    if policy != "union", !extra.isEmpty {
      binding.diagnostics.error(
        "other-fields", at: node.position, hasMore(table, extra), remedy: chooseUnion)
    }
    for field in facts.fields {
      guard let own = fields.first(where: { $0.name == field.name }), own.type != field.type
      else { continue }
      binding.diagnostics.error("wrong-type", at: node.position, otherType(table, field, own))
    }
  }

  private static func facts(_ input: Facts, _ others: [Facts], _ fields: [Field]) -> Facts {
    let all = [input] + others
    var facts = input.afterChoice(reading: Privacy.union(others.map(\.taint)))
    facts.order = []
    facts.fields = fields.map { field in
      let own = all.map { $0.field(field.name) }
      var united = field
      united.privacy = Privacy.union(own.compactMap { $0?.privacy })
      united.nullable = own.contains { $0?.nullable ?? true }
      if own.contains(where: { $0?.counts != field.counts }) { united.counts = nil }
      if own.contains(where: { $0?.chosen != field.chosen }) { united.chosen = nil }
      let there = own.compactMap { $0 }
      if there.contains(where: { $0.precision == nil }) { united.precision = nil }
      united.precision = united.precision.flatMap { _ in there.compactMap(\.precision).min() }
      if there.contains(where: { $0.placeMetres == nil }) { united.placeMetres = nil }
      united.placeMetres = united.placeMetres.flatMap { _ in there.compactMap(\.placeMetres).min() }
      united.isTally = own.allSatisfy { $0?.isTally ?? false }
      united.amount = Amount.ofEither(there.map(\.amount))
      united.isDecided = there.contains(where: \.isDecided)
      if own.contains(where: { $0?.decimals != field.decimals }) { united.decimals = nil }
      return united
    }
    facts.isDrawnOpenly = all.contains(where: \.isDrawnOpenly)
    facts.isMicrodata = all.contains(where: \.isMicrodata)
    facts.isAboutPersons = all.contains(where: \.isAboutPersons)
    // Noise hides whom it was added for, not whom other rows are about.
    if others.contains(where: \.isAboutPersons) {
      facts.guarantees = facts.guarantees.filter { !$0.isNoise }
    }
    facts.rowsRepeat = all.contains(where: \.rowsRepeat)
    if share(all) { facts = facts.repeatingRows() }
    let rows = others.reduce(input) { rows, other in
      rows.resting(on: Facts.bases(ofEither: rows, or: other))
    }
    return facts.resting(on: rows.bases)
  }

  /// Whether two of the tables come from one source.
  private static func share(_ all: [Facts]) -> Bool {
    var seen: Set<String> = []
    for facts in all {
      let sources = Set(facts.fields.flatMap { $0.privacy.origins.map(\.source) })
      if !seen.isDisjoint(with: sources) { return true }
      seen.formUnion(sources)
    }
    return false
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.intersection(input.names) }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    SideNeed.merged(
      tables.map { SideNeed(table: $0.name, fields: wanted.intersection($0.facts.names)) })
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let names = output.names
    return .breaker(
      Union(
        types: output.fields.map(\.type), main: names.map { input.index(of: $0) },
        sides: tables.map { table in
          (context.sides[table.name] ?? HeldBatches([]), names.map { table.facts.index(of: $0) })
        }))
  }

  private static func lacks(_ table: String, _ fields: [String]) -> Message {
    let list = fields.joined(separator: ", ")
    return Message(
      en: "table '\(table)' lacks \(list)", fr: "il manque à la table « \(table) » : \(list)")
  }

  private static func hasMore(_ table: String, _ fields: [String]) -> Message {
    let list = fields.joined(separator: ", ")
    return Message(
      en: "table '\(table)' has other fields: \(list)",
      fr: "la table « \(table) » a d’autres champs : \(list)")
  }

  private static let chooseSubset = Message(
    en: "`policy: subset` leaves them empty", fr: "`policy: subset` les laisse vides")
  private static let chooseUnion = Message(
    en: "drop them there, or take all fields with `policy: union`",
    fr: "retirez-les là-bas, ou prenez tous les champs avec `policy: union`")

  private static func otherType(_ table: String, _ field: Field, _ own: Field) -> Message {
    Message(
      en: "field '\(field.name)' is \(field.type.name) in '\(table)', \(own.type.name) before",
      fr: "le champ « \(field.name) » est de type \(field.type.name) dans « \(table) », "
        + "\(own.type.name) avant")
  }
}
