import StageKit
import Tabular

/// `cast`: changes the types of fields.
public struct CastStage: Stage {
  private static let types: [DataType] = [
    .text, .boolean, .integer, .decimal, .double, .date, .datetime(zoned: false),
    .datetime(zoned: true),
  ]

  public static let declaration = StageDeclaration(
    name: "cast", kind: .rowLocal,
    summary: Message(en: "Changes the types of fields.", fr: "Change le type de champs."),
    options: [
      OptionDeclaration(
        "fields",
        .map(
          keys: "field",
          .either([
            .choice(types.map(\.name)),
            .record([
              OptionDeclaration(
                "type", .choice(types.map(\.name)), required: true,
                Message(en: "The new type.", fr: "Le nouveau type.")),
              OptionDeclaration(
                "format", .text, default: "yyyy-MM-dd",
                Message(
                  en: "How a date is written in a text: yyyy, yy, MM, M, dd, d and what stands "
                    + "between them.",
                  fr: "Comment une date est écrite dans un texte : yyyy, yy, MM, M, dd, d et ce "
                    + "qui les sépare.")),
              OptionDeclaration(
                "on_error", .choice(["fail", "empty"]), default: "fail",
                Message(
                  en:
                    "What a value that does not convert does: the run fails, or it becomes empty.",
                  fr: "L’effet d’une valeur qui ne se convertit pas : l’exécution échoue, ou elle "
                    + "devient vide.")),
            ]),
          ])), required: true,
        Message(en: "The fields and their new types.", fr: "Les champs et leurs nouveaux types."))
    ],
    shorthand: "fields", bodyIsMap: true,
    privacy: Message(en: "Classes stay.", fr: "Les classes restent."),
    example: """
      cast:
        montant: decimal
        jour: {type: date, format: dd/MM/yyyy, on_error: empty}
      """)

  public let output: Facts
  private let computed: ComputedFields

  public init(_ options: Options, _ binding: Binding) throws {
    var computed = ComputedFields(of: binding.input)
    for entry in options["fields"]?.entries ?? [] {
      guard var field = binding.field(entry.keyNode),
        let (type, text, isTry) = Self.expression(entry.value, field, binding),
        let expression = binding.expression(written: text, at: entry.value, in: computed.facts)
      else { continue }
      (field.type, field.decimals, field.counts) = (type, expression.decimals, nil)
      field.nullable = field.nullable || isTry
      computed.set(field, to: expression)
    }
    try binding.settle()
    (output, self.computed) = (computed.facts, computed)
  }

  private static func expression(
    _ node: SpecNode, _ field: Field, _ binding: Binding
  ) -> (type: DataType, text: String, isTry: Bool)? {
    let name = node["type"] ?? node
    guard let type = types.first(where: { $0.name == name.text }) else { return nil }
    let isTry = node["on_error"]?.text == "empty"
    let text = ExpressionText.field(field.name)
    guard let format = node["format"] else {
      return (type, "\(isTry ? "try_cast" : "cast")(\(text) as \(type.name))", isTry)
    }
    guard type == .date, field.type == .text else {
      binding.diagnostics.error(
        "unused-key", at: format.position,
        Message(
          en: "'format' is for dates read from text",
          fr: "« format » sert aux dates lues dans un texte"))
      return nil
    }
    let pattern = ExpressionText.literal(format.text ?? "")
    return (type, "\(isTry ? "try_to_date" : "to_date")(\(text), \(pattern))", isTry)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { computed.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(computed.rowOperator)
  }
}
