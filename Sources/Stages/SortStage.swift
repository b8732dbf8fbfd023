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
        "by",
        .either([
          .field,
          .list(
            .either([.field, .map(keys: "field", .choice(["ascending", "descending"]))])),
        ]), required: true,
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
  private let keys: [SortKey]
  private let reads: Set<String>

  public init(_ options: Options, _ binding: Binding) throws {
    let nullsFirst = options["nulls"]?.text == "first"
    let by = try binding.require(options["by"])
    var order: [OrderKey] = []
    var keys: [SortKey] = []
    for node in (by.items ?? [by]).flatMap(Self.criteria) {
      guard let field = binding.field(node.field), let column = binding.input.index(of: field.name)
      else { continue }
      if order.contains(where: { $0.field == field.name }) {
        binding.diagnostics.error(
          "repeated-field", at: node.field.position, Self.repeated(field.name))
      }
      order.append(OrderKey(field: field.name, descending: node.descending))
      keys.append(
        SortKey(column: column, descending: node.descending, nullsFirst: nullsFirst))
    }
    try binding.settle()
    var facts = binding.input
    facts.order = order
    (output, self.keys, reads) = (facts, keys, Set(order.map(\.field)))
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(reads) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(Sort(keys))
  }

  /// One item of the list: a field, or fields with their directions.
  private static func criteria(_ item: SpecNode) -> [(field: SpecNode, descending: Bool)] {
    guard let entries = item.entries else { return [(item, false)] }
    return entries.map { ($0.keyNode, $0.value.text == "descending") }
  }

  private static func repeated(_ name: String) -> Message {
    Message(
      en: "the rows are sorted by '\(name)' already",
      fr: "les lignes sont déjà triées par « \(name) »")
  }
}
