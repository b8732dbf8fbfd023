import StageKit
import Tabular

/// `drop`: takes fields away.
public struct DropStage: Stage {
  public static let declaration = StageDeclaration(
    name: "drop", kind: .rowLocal,
    summary: Message(
      en: "Takes fields away and keeps the others.", fr: "Retire des champs et garde les autres."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(en: "The fields to take away.", fr: "Les champs à retirer."))
    ],
    shorthand: "fields",
    privacy: Message(
      en: "Classes stay with their fields; what a filter or join left on the table stays too.",
      fr: "Les classes restent à leurs champs ; ce qu’un filtre ou une jointure a laissé sur la "
        + "table reste aussi."),
    example: "drop: [nom, telephone]")

  public let output: Facts
  private let positions: [Int]

  public init(_ options: Options, _ binding: Binding) throws {
    let dropped = Set(binding.fields(try binding.require(options["fields"])).map(\.name))
    let kept = binding.input.fields.filter { !dropped.contains($0.name) }
    if kept.isEmpty {
      binding.diagnostics.error("no-fields", at: options.position, StageMessages.noFields)
    }
    try binding.settle()
    positions = kept.compactMap { binding.input.index(of: $0.name) }
    output = binding.input.replacingFields(kept)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(Project(positions))
  }
}
