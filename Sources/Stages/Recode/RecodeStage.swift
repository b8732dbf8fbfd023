import StageKit
import Tabular

/// `recode`: replaces a field's values by others.
public struct RecodeStage: Stage {
  public static let declaration = StageDeclaration(
    name: "recode", kind: .rowLocal,
    summary: Message(
      en: "Replaces a field's values by others, from a list written here or from a table. Empty "
        + "values stay empty.",
      fr: "Remplace les valeurs d’un champ par d’autres, d’après une liste écrite ici ou une "
        + "table. Les valeurs vides le restent."),
    options: [
      OptionDeclaration(
        "field", .field, required: true,
        Message(en: "The field to recode.", fr: "Le champ à recoder.")),
      OptionDeclaration(
        "into", .name, default: "the field itself",
        Message(en: "A new field for the result.", fr: "Un nouveau champ pour le résultat.")),
      OptionDeclaration(
        "map", .map(keys: "value", .literal),
        Message(
          en: "Values and what they become.", fr: "Les valeurs et ce qu’elles deviennent.")),
      OptionDeclaration(
        "with", .table,
        Message(
          en: "A step or source that holds them instead.",
          fr: "Une étape ou une source qui les contient, à la place.")),
      OptionDeclaration(
        "from", .field, default: "the field's name",
        Message(
          en: "Its field with the values to look for, each once.",
          fr: "Son champ avec les valeurs à chercher, une fois chacune.")),
      OptionDeclaration(
        "to", .field,
        Message(
          en: "Its field with what they become.", fr: "Son champ avec ce qu’elles deviennent.")),
      OptionDeclaration(
        "otherwise",
        .either([
          .choice(["error", "keep", "empty"]),
          .record([
            OptionDeclaration(
              "value", .literal, required: true,
              Message(en: "This value instead.", fr: "Cette valeur à la place."))
          ]),
        ]), default: "error",
        Message(
          en: "What becomes of a value that is not there: the run fails, it stays, it becomes "
            + "empty, or `{value: …}`.",
          fr: "Ce que devient une valeur qui n’y est pas : l’exécution échoue, elle reste, elle "
            + "devient vide, ou `{value: …}`.")),
      OptionDeclaration(
        "unmatched",
        .record([
          OptionDeclaration(
            "at_most", .limit, required: true,
            Message(
              en: "A share of the rows such as 1%, or a count.",
              fr: "Une part des lignes, comme 1%, ou un nombre."))
        ]),
        Message(
          en: "How many rows may have such a value; beyond, the run fails.",
          fr: "Combien de lignes peuvent avoir une telle valeur ; au-delà, l’exécution échoue.")),
    ],
    privacy: Message(
      en: "The result carries the classes of the field and of the table's field.",
      fr: "Le résultat porte les classes du champ et de celui de la table."),
    example: "recode: {field: statut, map: {O: ouverte, C: close}, otherwise: {value: autre}}")

  public let output: Facts
  private let lookup: Lookup
  private let source: RecodeSource
  private let result: String

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["field"])
    let field = binding.field(node)
    let name = options["into"]?.text ?? field?.name ?? ""
    if let into = options["into"], into.text != field?.name {
      binding.isNewName(name, at: into.position, among: binding.input.names)
    }
    try binding.settle()
    let found = try binding.require(field)
    source = try RecodeSource(options, found, binding)
    let otherwise = try Self.otherwise(options["otherwise"], found, source, binding)
    var made = found
    (made.name, made.type, made.counts, made.decimals) = (name, source.type, nil, nil)
    (made.precision, made.placeMetres, made.isTally) = (source.precision, nil, false)
    (made.amount, made.isDecided, made.chosen) = (nil, true, nil)
    if case .keep = otherwise { made.precision = found.precision }
    made.privacy = found.privacy.union(source.privacy)
    made.title = name == found.name ? found.title : nil
    if case .empty = otherwise, source.mayFail { made.nullable = true }
    made.nullable = made.nullable || source.isNullable
    lookup = try Lookup(
      found, asText: false, result: made, otherwise: otherwise,
      unmatched: Self.unmatched(options, found, source),
      in: source.name.flatMap { binding.tables[$0] }, at: node, binding)
    (output, result) = (lookup.output, name)
  }

  private static func otherwise(
    _ node: SpecNode?, _ field: Field, _ source: RecodeSource, _ binding: Binding
  ) throws -> Lookup.Otherwise {
    if let value = node?["value"] {
      return .value(try binding.require(binding.value(value, as: source.type)))
    }
    guard node?.text == "keep" else { return .empty }
    guard source.type == field.type else {
      binding.diagnostics.error(
        "wrong-type", at: node?.position ?? source.position,
        Message(
          en: "'\(field.name)' is \(field.type.name) and its values become \(source.type.name): "
            + "those that are not there cannot stay",
          fr: "« \(field.name) » est de type \(field.type.name) et ses valeurs deviennent de type "
            + "\(source.type.name) : celles qui n’y sont pas ne peuvent rester"))
      throw StageRejected()
    }
    return .keep
  }

  private static func unmatched(
    _ options: Options, _ field: Field, _ source: RecodeSource
  ) -> UnmatchedRows {
    let fails = options["otherwise"].map { $0.text == "error" } ?? (options["unmatched"] == nil)
    let limit = options["unmatched"]?["at_most"].flatMap { RowLimit($0) }
    return UnmatchedRows(
      table: source.name ?? "map", isPersonal: field.privacy.isPersonal,
      isSpelt: field.type == .text, limit: limit ?? (fails ? .count(0) : nil),
      countsEmpty: false, isExpected: options["otherwise"] != nil,
      rule: limit == nil ? sayOtherwise : tooMany)
  }

  private static let sayOtherwise = Message(
    en: "add them, or say with 'otherwise' what becomes of them",
    fr: "ajoutez-les, ou dites avec « otherwise » ce qu’elles deviennent")
  private static let tooMany = Message(
    en: "more than 'unmatched' allows", fr: "plus que « unmatched » n’en permet")

  public func needs(_ wanted: Set<String>) -> Set<String> { lookup.needs(wanted) }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    wanted.contains(result) ? source.sides : []
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(try lookup.rowOperator(try source.batches(context), context))
  }
}
