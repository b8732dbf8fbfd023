import StageKit
import Tabular

/// `rename`: gives fields other names.
public struct RenameStage: FieldRenaming {
  public static let declaration = StageDeclaration(
    name: "rename", kind: .rowLocal,
    summary: Message(
      en: "Gives fields other names.", fr: "Donne d’autres noms à des champs."),
    options: [
      OptionDeclaration(
        "fields", .map(keys: "field", .text), required: true,
        Message(
          en: "Each field's name and its new one. All change at once, so that two can swap. Any "
            + "text will do; expressions write names with blanks in double quotes.",
          fr: "Le nom de chaque champ et le nouveau. Tous changent ensemble, si bien que deux "
            + "peuvent s’échanger. Tout texte convient ; les expressions écrivent entre guillemets "
            + "doubles les noms avec des blancs."))
    ],
    shorthand: "fields", bodyIsMap: true,
    privacy: Message(en: "Classes stay.", fr: "Les classes restent."),
    example: "rename: {courriel: personne}")

  public let output: Facts
  /// Old names by new ones.
  public let oldNames: [String: String]
  private let count: Int

  public init(_ options: Options, _ binding: Binding) throws {
    var newNames: [String: SpecNode] = [:]
    for entry in options["fields"]?.entries ?? [] {
      guard let field = binding.field(entry.keyNode) else { continue }
      let name = entry.value.text ?? ""
      if name.isEmpty || name.unicodeScalars.contains(where: { $0.properties.isControl }) {
        binding.diagnostics.error(
          "wrong-name", at: entry.value.position, Self.unprintable(field.name))
      }
      newNames[field.name] = entry.value
    }
    var facts = binding.input
    var oldNames: [String: String] = [:]
    for index in facts.fields.indices {
      let old = facts.fields[index].name
      let name = newNames[old]?.text ?? old
      if oldNames.updateValue(old, forKey: name) != nil {
        // The finding stands at the new name, or at the one that took an old field's.
        let place = newNames[old] ?? newNames.values.first { $0.text == name }
        binding.diagnostics.error(
          "field-exists", at: place?.position ?? options.position, Self.twice(name))
      }
      facts.fields[index].name = name
    }
    try binding.settle()
    facts.order = facts.order.map { key in
      OrderKey(field: newNames[key.field]?.text ?? key.field, descending: key.descending)
    }
    facts.guarantees = Set(
      facts.guarantees.map { $0.renamed { old in newNames[old]?.text ?? old } })
    (output, self.oldNames, count) = (facts, oldNames, facts.fields.count)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    Set(wanted.compactMap { oldNames[$0] })
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(Project(Array(0..<count)))
  }

  private static func unprintable(_ name: String) -> Message {
    Message(
      en: "the new name of '\(name)' is empty or has control characters",
      fr: "le nouveau nom de « \(name) » est vide ou contient des caractères de commande")
  }

  private static func twice(_ name: String) -> Message {
    Message(
      en: "two fields would be called '\(name)'", fr: "deux champs s’appelleraient « \(name) »")
  }
}

extension Unicode.Scalar.Properties {
  /// Control and format characters, line and paragraph separators.
  fileprivate var isControl: Bool {
    switch generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
