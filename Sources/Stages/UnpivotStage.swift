import StageKit
import Tabular

/// `unpivot`: turns columns into rows.
public struct UnpivotStage: Stage {
  public static let declaration = StageDeclaration(
    name: "unpivot", kind: .rowLocal,
    summary: Message(
      en: "Turns fields into rows: each row gives one row for each of these fields, with the "
        + "field's name and its value.",
      fr: "Change des champs en lignes : chaque ligne en donne une pour chacun de ces champs, "
        + "avec le nom du champ et sa valeur."),
    options: [
      OptionDeclaration(
        "fields", .either([.fields, .map(keys: "field", .text)]), required: true,
        Message(
          en: "The fields, all of one type; `{field: label}` writes another text than the name.",
          fr: "Les champs, tous d’un même type ; `{champ: libellé}` écrit un autre texte que le "
            + "nom.")),
      OptionDeclaration(
        "name", .name, default: "name",
        Message(
          en: "The new field that holds the names.", fr: "Le nouveau champ qui porte les noms.")),
      OptionDeclaration(
        "value", .name, default: "value",
        Message(
          en: "The new field that holds the values.", fr: "Le nouveau champ qui porte les valeurs.")
      ),
      OptionDeclaration(
        "drop_empty", .boolean, default: "false",
        Message(
          en: "Whether empty values give no row.", fr: "Si les valeurs vides ne donnent rien.")),
    ],
    privacy: Message(
      en: "Values carry the classes of all these fields. From here on counts of rows are no "
        + "counts of source rows.",
      fr: "Les valeurs portent les classes de tous ces champs. À partir d’ici, compter les lignes "
        + "n’est plus compter celles de la source."),
    ways: [
      (
        RowWay.unpivoted,
        Message(
          en: "second and further rows made of one row",
          fr: "deuxième ligne tirée d’une ligne et suivantes")
      ),
      (
        RowWay.nullCell,
        Message(en: "the value is empty (drop_empty)", fr: "la valeur est vide (drop_empty)")
      ),
    ],
    example: "unpivot: {fields: {hommes: H, femmes: F}, name: sexe, value: effectif}")

  public let output: Facts
  private let kept: [String]
  private let sources: Set<String>
  private let unpivot: Unpivot

  public init(_ options: Options, _ binding: Binding) throws {
    let input = binding.input
    let node = try binding.require(options["fields"])
    var columns: [(field: Field, label: String)] = []
    if let entries = node.entries {
      columns = entries.compactMap { entry in
        binding.field(entry.keyNode).map { ($0, entry.value.text ?? "") }
      }
    } else {
      columns = binding.fields(node).map { ($0, $0.name) }
    }
    try binding.settle()
    let first = try Self.first(columns, node, binding)
    let names = Set(columns.map(\.field.name))
    let keptFields = input.fields.filter { !names.contains($0.name) }
    let (name, value) = (options["name"]?.text ?? "name", options["value"]?.text ?? "value")
    binding.isNewName(
      name, at: options["name"]?.position ?? options.position, among: keptFields.map(\.name))
    binding.isNewName(
      value, at: options["value"]?.position ?? options.position,
      among: keptFields.map(\.name) + [name])
    let dropsEmpty = options["drop_empty"]?.boolean ?? false
    try binding.settle()
    let isNullable = !dropsEmpty && columns.contains { $0.field.nullable }
    let made = [
      Field(name, .text, privacy: .none, nullable: false),
      Field(
        value, first.type, privacy: Privacy.union(columns.map(\.field.privacy)),
        decimals: Self.decimals(columns.map(\.field)), nullable: isNullable),
    ]
    output = input.afterChoice(reading: .none).replacingFields(keptFields + made).repeatingRows()
    (kept, sources) = (keptFields.map(\.name), names)
    unpivot = Unpivot(
      keep: kept.compactMap { input.index(of: $0) },
      sources: columns.compactMap { column in
        input.index(of: column.field.name).map { .init(column: $0, label: column.label) }
      }, dropsNulls: dropsEmpty)
  }

  private static func first(
    _ columns: [(field: Field, label: String)], _ node: SpecNode, _ binding: Binding
  ) throws -> Field {
    guard let first = columns.first?.field else {
      binding.diagnostics.error(
        "no-fields", at: node.position,
        Message(en: "there is no field to unpivot", fr: "il n’y a aucun champ à changer en lignes"))
      throw StageRejected()
    }
    let places = node.entries?.map(\.keyPosition) ?? (node.items ?? [node]).map(\.position)
    for (column, place) in zip(columns, places) where column.field.type != first.type {
      binding.diagnostics.error(
        "wrong-type", at: place,
        Message(
          en: "field '\(column.field.name)' is \(column.field.type.name), "
            + "'\(first.name)' is \(first.type.name)",
          fr: "le champ « \(column.field.name) » est de type \(column.field.type.name), "
            + "« \(first.name) » de type \(first.type.name)"))
    }
    return first
  }

  private static func decimals(_ fields: [Field]) -> Int? {
    let known = fields.compactMap(\.decimals)
    return known.count == fields.count ? known.max() : nil
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.intersection(kept).union(sources)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(unpivot)
  }
}
