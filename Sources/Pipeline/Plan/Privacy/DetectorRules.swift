import StageKit
import Tabular

/// What the gate looks for in the cells of what leaves, and what may be there.
public struct DetectorRules: Sendable, Hashable {
  /// Kinds of which an unexpected one refuses an output.
  public var kinds: Set<Identifier> = [
    .email, .phone, .nir, .niss, .sin, .iban, .creditCard,
  ]
  /// Cells of a field with one that are let through.
  public var atMost = RowLimit.count(0)
  /// What fields hold by right.
  public var expected: [String: Set<Identifier>] = [:]

  public init() {}

  /// The charter's key `detectors`.
  static let declaration = OptionDeclaration(
    "detectors",
    .record([
      OptionDeclaration(
        "kinds", .list(.choice(Identifier.allCases.map(\.rawValue))),
        default: "email, phone, nir, niss, sin, iban, credit_card",
        Message(
          en: "What the gate refuses in outputs to audiences that may not see direct fields.",
          fr: "Ce que la porte refuse dans les sorties vers des publics qui ne voient pas les "
            + "champs directs.")),
      OptionDeclaration(
        "at_most", .limit, default: "0",
        Message(
          en: "How many cells of a field may hold one all the same, or what share of those with a "
            + "value.",
          fr: "Combien de cellules d’un champ peuvent tout de même en contenir, ou quelle part de "
            + "celles qui ont une valeur.")),
      OptionDeclaration(
        "expected", .map(keys: "name", .record(expectation)),
        Message(
          en: "What fields hold by right, such as the e-mail addresses of town halls.",
          fr: "Ce que des champs contiennent de plein droit, comme les courriels de mairies.")),
    ]),
    Message(
      en: "What is looked for in the cells of what leaves, whatever the classes say.",
      fr: "Ce qui est cherché dans les cellules de ce qui sort, quoi que disent les classes."))

  private static let expectation = [
    OptionDeclaration(
      "field", .text, required: true,
      Message(en: "The output's field.", fr: "Le champ de la sortie.")),
    OptionDeclaration(
      "kinds", .list(.choice(Identifier.allCases.map(\.rawValue))), required: true,
      Message(en: "What it holds.", fr: "Ce qu’il contient.")),
    OptionDeclaration("because", .text, required: true, Message(en: "Why.", fr: "Pourquoi.")),
  ]

  /// - Parameter charter: a charter's top, whose shape has been checked.
  init(of charter: SpecNode) {
    guard let rules = charter["detectors"] else { return }
    if let kinds = rules["kinds"] { self.kinds = Self.kinds(kinds) }
    if let limit = rules["at_most"].flatMap({ RowLimit($0) }) { atMost = limit }
    for entry in rules["expected"]?.entries ?? [] {
      guard let field = entry.value["field"]?.text, let kinds = entry.value["kinds"] else {
        continue
      }
      expected[field, default: []].formUnion(Self.kinds(kinds))
    }
  }

  private static func kinds(_ node: SpecNode) -> Set<Identifier> {
    Set((node.items ?? []).compactMap { $0.text.flatMap(Identifier.init) })
  }
}
