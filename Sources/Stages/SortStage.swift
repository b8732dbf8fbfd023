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
    privacy: Message(en: "Classes and guarantees stay.", fr: "Classes et garanties restent."),
    example: "sort: [quartier, {demandes: descending}]")

  public let output: Facts
  private let ordering: Ordering

  public init(_ options: Options, _ binding: Binding) throws {
    ordering = Ordering(
      try binding.require(options["by"]), nullsFirst: options["nulls"]?.text == "first", binding)
    try binding.settle()
    var facts = binding.input
    facts.order = ordering.order
    output = facts
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(ordering.names) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(Sort(ordering.keys))
  }
}
