import StageKit
import Tabular

/// `complete`: adds the combinations of keys that have no row.
public struct CompleteStage: Stage {
  public static let declaration = StageDeclaration(
    name: "complete", kind: .breaker,
    summary: Message(
      en: "Adds a row for each combination of keys that has none, so that a district without "
        + "requests in a month shows a zero and not a gap; all rows come out sorted by key.",
      fr: "Ajoute une ligne pour chaque combinaison de clés qui n’en a pas, pour qu’un quartier "
        + "sans demande un mois montre un zéro et non un trou ; les lignes sortent triées par "
        + "clé."),
    options: [
      OptionDeclaration(
        "by", CompleteDimension.type, required: true,
        Message(
          en: "The keys, and for each the values that must be there: those that occur (by "
            + "default), a list, a field of another table, or the dates of a calendar. In a list "
            + "of keys, a list inside goes together (a code and its name).",
          fr: "Les clés, et pour chacune les valeurs qui doivent y être : celles qui existent (par "
            + "défaut), une liste, un champ d’une autre table, ou les dates d’un calendrier. Dans "
            + "une liste de clés, une liste à l’intérieur va ensemble (un code et son nom).")),
      OptionDeclaration(
        "fill", .map(keys: "field", .literal),
        Message(
          en: "The values of other fields in the rows that are added; empty where not said.",
          fr: "Les valeurs des autres champs dans les lignes ajoutées ; vides si rien n’est dit.")),
    ],
    privacy: Message(
      en: "Classes stay; a table that gives values adds those of its field. Rows that are added "
        + "stand for nobody: min_count is void, k too. Put `complete` before the filter on the "
        + "count: after it, a suppressed group would come back as a zero.",
      fr: "Les classes restent ; une table qui donne des valeurs ajoute celles de son champ. Les "
        + "lignes ajoutées ne représentent personne : min_count est annulé, k aussi. Placez "
        + "`complete` avant le filtre sur l’effectif : après, un groupe supprimé reviendrait "
        + "comme un zéro."),
    ways: [
      (
        RowWay.completed,
        Message(
          en: "a combination of keys that had no row",
          fr: "une combinaison de clés qui n’avait pas de ligne")
      )
    ],
    example: """
      complete:
        by:
          quartier: {table: quartiers}
          mois: {calendar: month}
        fill: {demandes: 0}
      """)

  public let output: Facts
  private let input: Facts
  private let dimensions: [CompleteDimension]
  private let fill: [Int: Value]

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    dimensions = CompleteDimension.all(try binding.require(options["by"]), binding)
    try binding.settle()
    let keys = dimensions.flatMap { $0.fields.map(\.name) }
    fill = Self.fill(options["fill"]?.entries ?? [], keys, binding)
    try binding.settle()
    var facts = input.afterChoice(reading: .none)
    facts.order = keys.map { OrderKey(field: $0, descending: false) }
    for index in facts.fields.indices where !keys.contains(facts.fields[index].name) {
      facts.fields[index].nullable = facts.fields[index].nullable || fill[index] == nil
    }
    for case .table(let table, let there) in dimensions.map(\.domain) {
      if let side = binding.tables[table] { facts = facts.taking(from: side) }
      guard let index = facts.index(of: there.here) else { continue }
      facts.fields[index].privacy = facts.fields[index].privacy.union(there.field.privacy)
    }
    output = facts.resting(on: facts.bases.mapValues { _ in 0 })
  }

  private static func fill(
    _ entries: [SpecNode.Entry], _ keys: [String], _ binding: Binding
  ) -> [Int: Value] {
    var fill: [Int: Value] = [:]
    for entry in entries {
      guard let field = binding.field(entry.keyNode),
        let index = binding.input.index(of: field.name)
      else { continue }
      if keys.contains(field.name) {
        binding.diagnostics.error(
          "repeated-field", at: entry.keyPosition,
          Message(
            en: "'\(field.name)' is a key: its values are those of the combination",
            fr: "« \(field.name) » est une clé : ses valeurs sont celles de la combinaison"))
        continue
      }
      fill[index] = binding.value(entry.value, as: field.type)
    }
    return fill
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.union(dimensions.flatMap { $0.fields.map(\.name) })
  }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    let needs = dimensions.compactMap { dimension -> SideNeed? in
      guard case .table(let table, let there) = dimension.domain else { return nil }
      return SideNeed(table: table, fields: [there.field.name])
    }
    return SideNeed.merged(needs)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let physical = try dimensions.map { try $0.physical(input, context) }
    return .breaker(Complete(physical, fill: fill, inputTypes: input.fields.map(\.type)))
  }
}
