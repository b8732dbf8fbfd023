import StageKit
import Tabular

/// `join`: looks rows up in another table.
public struct JoinStage: Stage {
  public static let declaration = StageDeclaration(
    name: "join", kind: .rowLocal,
    summary: Message(
      en: "Looks each row up in another table by key and takes fields from there.",
      fr: "Cherche chaque ligne dans une autre table par sa clé et en prend des champs."),
    options: JoinOptions.declarations,
    privacy: Message(
      en: "Fields taken bring their classes, and are quasi-identifiers where a key is one. A key "
        + "that is direct, sensitive, a pseudonym or unclassified, on either side, taints the "
        + "table. k is void.",
      fr: "Les champs pris apportent leurs classes, et sont des quasi-identifiants si une clé en "
        + "est un. Une clé directe, sensible, pseudonyme ou non classée, d’un côté ou de l’autre, "
        + "marque la table. k est annulé."),
    ways: [
      (
        RowWay.unmatched,
        Message(en: "no row has the key (inner, semi)", fr: "aucune ligne n’a la clé (inner, semi)")
      ),
      (
        RowWay.nullKey,
        Message(en: "the key is empty (inner, semi)", fr: "la clé est vide (inner, semi)")
      ),
      (RowWay.matched, Message(en: "a row has the key (anti)", fr: "une ligne a la clé (anti)")),
      (
        RowWay.matchedAgain,
        Message(
          en: "second and further matches of a row (many: allow)",
          fr: "deuxième correspondance d’une ligne et suivantes (many: allow)")
      ),
    ],
    example: """
      join:
        with: quartiers
        key: quartier
        take: [nom, population]
        ignore: [case, accents]
        unmatched: {at_most: 20%}
      """)

  public let output: Facts
  private let options: JoinOptions

  public init(_ options: Options, _ binding: Binding) throws {
    self.options = try JoinOptions(options, binding)
    output = self.options.facts(of: binding.input)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    let taken = Set(options.taken.map(\.name))
    return wanted.subtracting(taken).union(options.keys.map(\.here.name))
  }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    let taken = options.taken.filter { wanted.contains($0.name) }.map(\.there.name)
    return [
      SideNeed(
        table: options.table, fields: Set(options.keys.map(\.there.name)).union(taken))
    ]
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let plan = JoinPlan(options: options, context: context)
    return .rowLocal(try plan.rowOperator())
  }
}
