import StageKit
import Tabular

/// `pivot`: turns rows into columns.
public struct PivotStage: Stage {
  public static let declaration = StageDeclaration(
    name: "pivot", kind: .breaker,
    summary: Message(
      en: "Turns rows into columns: one row for each key, and one column for each of the values "
        + "listed. Two rows for the same cell are an error: aggregate before.",
      fr: "Change des lignes en colonnes : une ligne par clé, et une colonne pour chacune des "
        + "valeurs énumérées. Deux lignes pour une même case sont une erreur : agrégez avant."),
    options: [
      OptionDeclaration(
        "by", .fields, required: true,
        Message(
          en: "The fields that identify a row of the result.",
          fr: "Les champs qui identifient une ligne du résultat.")),
      OptionDeclaration(
        "column", .field, required: true,
        Message(
          en: "The field whose values become columns.",
          fr: "Le champ dont les valeurs deviennent des colonnes.")),
      OptionDeclaration(
        "value", .field, required: true,
        Message(en: "The field that fills them.", fr: "Le champ qui les remplit.")),
      OptionDeclaration(
        "columns", .either([.list(.literal), .map(keys: "value", .name)]), required: true,
        Message(
          en: "The values, which also name the columns; `{value: name}` gives them other names. "
            + "They are listed because columns come from the plan and never from the data; rows "
            + "with another value leave, counted.",
          fr: "Les valeurs, qui nomment aussi les colonnes ; `{valeur: nom}` leur donne d’autres "
            + "noms. Elles sont énumérées car les colonnes viennent du plan et jamais des "
            + "données ; les lignes d’une autre valeur partent, comptées.")),
      OptionDeclaration(
        "fill", .literal,
        Message(
          en: "What stands where there is no value; empty by default.",
          fr: "Ce qui est mis là où il n’y a pas de valeur ; vide par défaut.")),
    ],
    privacy: Message(
      en: "Columns carry the classes of the value and of the field that names them. k is void.",
      fr: "Les colonnes portent les classes de la valeur et du champ qui les nomme. k est annulé."),
    ways: [
      (
        RowWay.folded,
        Message(en: "rows that share a row of the result", fr: "lignes réunies en une autre")
      ),
      (
        RowWay.unlisted,
        Message(
          en: "the value is not among those listed", fr: "la valeur n’est pas parmi les énumérées")
      ),
    ],
    example: "pivot: {by: code, column: sexe, value: taux, columns: [hommes, femmes]}")

  public let output: Facts
  private let input: Facts
  private let keys: [String]
  private let column: Field
  private let value: Field
  private let columns: [(value: Value, name: String)]
  private let fill: Value?

  public init(_ options: Options, _ binding: Binding) throws {
    let input = binding.input
    let keys = binding.fields(try binding.require(options["by"])).map(\.name)
    let columnField = binding.field(try binding.require(options["column"]))
    let valueField = binding.field(try binding.require(options["value"]))
    let node = try binding.require(options["columns"])
    let columns = columnField.map { Self.columns(node, $0, keys, binding) } ?? []
    let fill = valueField.flatMap { field in
      options["fill"].flatMap { binding.value($0, as: field.type) }
    }
    try binding.settle()
    let (column, value) = (try binding.require(columnField), try binding.require(valueField))
    for (field, option) in [(column, "column"), (value, "value")] where keys.contains(field.name) {
      binding.diagnostics.error(
        "repeated-field", at: options[option]?.position ?? options.position,
        Message(
          en: "'\(field.name)' is a key already", fr: "« \(field.name) » est déjà une clé"))
    }
    try binding.settle()
    var facts = input.afterChoice(reading: .none)
    facts.fields = keys.compactMap { input.field($0) }
    for made in columns {
      facts.fields.append(
        Field(
          made.name, value.type, privacy: value.privacy.union(column.privacy),
          decimals: fill == nil ? value.decimals : nil, nullable: fill == nil))
    }
    facts.order = keys.map { OrderKey(field: $0, descending: false) }
    output = facts
    (self.input, self.keys, self.column, self.value) = (input, keys, column, value)
    (self.columns, self.fill) = (columns, fill)
  }

  private static func columns(
    _ node: SpecNode, _ field: Field, _ keys: [String], _ binding: Binding
  ) -> [(value: Value, name: String)] {
    let pairs =
      node.entries?.map { ($0.keyNode, $0.value) } ?? (node.items ?? []).map { ($0, $0) }
    if pairs.isEmpty {
      binding.diagnostics.error(
        "no-fields", at: node.position,
        Message(en: "no value is listed", fr: "aucune valeur n’est énumérée"))
    }
    var columns: [(value: Value, name: String)] = []
    for (written, name) in pairs {
      // Keys of a mapping are quoted texts, so numbers are read from the text alone.
      let plain = SpecNode(.scalar(written.text ?? "", .plain), at: written.position)
      let isFree =
        binding.isName(name.text ?? "", at: name.position, remedy: giveNames)
        && binding.isNewName(
          name.text ?? "", at: name.position, among: keys + columns.map(\.name),
          remedy: giveNames)
      guard let value = binding.value(field.type == .text ? written : plain, as: field.type),
        isFree
      else { continue }
      if columns.contains(where: { $0.value == value }) {
        binding.diagnostics.error(
          "repeated-value", at: written.position,
          Message(en: "this value is listed twice", fr: "cette valeur est énumérée deux fois"))
      }
      columns.append((value, name.text ?? ""))
    }
    return columns
  }

  private static let giveNames = Message(
    en: "give the column another name: `columns: {value: name}`",
    fr: "donnez un autre nom à la colonne : `columns: {valeur: nom}`")

  public func needs(_ wanted: Set<String>) -> Set<String> {
    Set(keys).union([column.name, value.name])
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let positions = keys.compactMap { input.index(of: $0) }
    let (name, cell) = (input.index(of: column.name) ?? 0, input.index(of: value.name) ?? 0)
    let pivot = Pivot(
      keys: positions, name: name, names: columns.map(\.value),
      measures: [
        Aggregation.Measure(.first, of: cell, name: value.name),
        Aggregation.Measure(.count, name: value.name),
      ], inputTypes: input.fields.map(\.type))
    return .breaker(
      SurroundedBreaker(
        before: RowChain([]), pivot,
        after: OneRowEach(keys: keys.count, columns: columns.map(\.name), fill: fill)))
  }
}
