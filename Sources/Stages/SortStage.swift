import StageKit
import Tabular

/// `sort`: puts the rows in order.
public struct SortStage: Stage {
  public static let declaration = StageDeclaration(
    name: "sort", kind: .breaker,
    summary: Message(
      en: "Puts the rows in order. Equal rows keep theirs; texts go by bytes; empty values come "
        + "last.",
      fr: "Met les lignes en ordre. Les lignes égales gardent le leur ; les textes vont par "
        + "octets ; les valeurs vides viennent à la fin."),
    options: [
      OptionDeclaration(
        "by", Ordering.type, required: true,
        Message(
          en: "The fields, most significant first; `{field: descending}` turns one round.",
          fr: "Les champs, le plus important d’abord ; `{champ: descending}` en inverse un.")),
      OptionDeclaration(
        "nulls", .choice(["last", "first"]), default: "last",
        Message(
          en: "Where rows without a value stand, whatever the direction.",
          fr: "Où se rangent les lignes sans valeur, quel que soit le sens.")),
    ],
    shorthand: "by",
    privacy: Message(
      en: "Classes and guarantees stay. An order by a direct, sensitive, pseudonym or unclassified "
        + "field taints the table: it tells of that field even where the field is dropped.",
      fr: "Classes et garanties restent. Un ordre selon un champ direct, sensible, pseudonyme ou "
        + "non classé marque la table : il parle de ce champ même quand celui-ci est retiré."),
    example: "sort: [quartier, {demandes: descending}]")

  public let output: Facts
  private let ordering: Ordering

  public init(_ options: Options, _ binding: Binding) throws {
    ordering = Ordering(
      try binding.require(options["by"]), nullsFirst: options["nulls"]?.text == "first", binding)
    try binding.settle()
    var facts = binding.input
    facts.order = ordering.order
    let names = ordering.names
    let keys = facts.fields.filter { names.contains($0.name) }
    facts.taint = facts.taint.union(Privacy.union(keys.map(\.privacy)).taint)
    output = facts
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(ordering.names) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(Sort(ordering.keys))
  }
}
