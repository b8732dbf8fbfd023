import StageKit
import Tabular

/// `select`: keeps some fields, in the order given.
public struct SelectStage: Stage {
  public static let declaration = StageDeclaration(
    name: "select", kind: .rowLocal,
    summary: Message(
      en: "Keeps only some fields, in the order given.",
      fr: "Ne garde que certains champs, dans l’ordre donné."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(en: "The fields to keep.", fr: "Les champs à garder."))
    ],
    shorthand: "fields",
    privacy: Message(
      en: "Classes stay with their fields; what a filter or join left on the table stays too.",
      fr: "Les classes restent à leurs champs ; ce qu’un filtre ou une jointure a laissé sur la "
        + "table reste aussi."),
    example: "select: [quartier, categorie, ouverture]")

  public let output: Facts
  private let positions: [Int]

  public init(_ options: Options, _ binding: Binding) throws {
    let fields = binding.fields(try binding.require(options["fields"]))
    try binding.settle()
    if fields.isEmpty {
      binding.diagnostics.error("no-fields", at: options.position, StageMessages.noFields)
    }
    try binding.settle()
    positions = fields.compactMap { binding.input.index(of: $0.name) }
    output = binding.input.replacingFields(fields)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(Project(positions))
  }
}
