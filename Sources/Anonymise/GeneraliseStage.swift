import StageKit
import Tabular

/// `generalise`: replaces values by coarser ones of a hierarchy.
public struct GeneraliseStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "generalise", kind: .rowLocal,
    summary: Message(
      en: "Replaces values by coarser ones of a hierarchy: a district by its sector, a year by its "
        + "decade. Empty values stay empty.",
      fr: "Remplace des valeurs par de plus générales d’une hiérarchie : un quartier par son "
        + "secteur, une année par sa décennie. Les valeurs vides le restent."),
    options: [
      OptionDeclaration(
        "field", .field, required: true,
        Message(
          en: "The field. What is no text is looked up as it would be written: 2026-01-31, 1984.",
          fr: "Le champ. Ce qui n’est pas un texte est cherché tel qu’il s’écrirait : 2026-01-31, "
            + "1984.")),
      OptionDeclaration(
        "hierarchy", HierarchyOptions.type, required: true,
        Message(
          en: "A file as ARX writes them: the value, then a column a level, separated by `;`. Or "
            + "how it is built: intervals, dates, prefixes or places.",
          fr: "Un fichier comme ARX les écrit : la valeur, puis une colonne par niveau, séparées "
            + "par `;`. Ou comment la construire : intervals, dates, prefixes ou places.")),
      OptionDeclaration(
        "level", .integer(0...50), required: true,
        Message(
          en: "How far to go: 0 is the value itself.",
          fr: "Jusqu’où aller : 0 est la valeur elle-même.")),
      OptionDeclaration(
        "unknown", .choice(["error", "star"]), default: "error",
        Message(
          en: "What a value that the hierarchy lacks does: the run fails, or it becomes `*`.",
          fr: "L’effet d’une valeur absente de la hiérarchie : l’exécution échoue, ou elle devient "
            + "`*`.")),
    ],
    privacy: Message(
      en: "Classes stay: a coarser value can still identify in combination.",
      fr: "Les classes restent : une valeur plus générale peut encore identifier par "
        + "recoupement."),
    promise: StagePromise(
      guarantee: Message(
        en: "Values alike at the level become one.",
        fr: "Les valeurs pareilles à ce niveau deviennent une."),
      assumes: Message(
        en: "The hierarchy is complete, and many persons share a value of the level, which "
          + "nobody has counted here.",
        fr: "La hiérarchie est complète, et beaucoup de personnes partagent une valeur du "
          + "niveau, ce que rien ici n’a compté."),
      leaves: Message(
        en: "Persons alone with a value of the level; several fields together: `k_anonymise` "
          + "does.",
        fr: "Une personne seule à une valeur du niveau ; plusieurs champs ensemble : "
          + "`k_anonymise` le fait.")),
    example: "generalise: {field: quartier, hierarchy: quartiers.csv, level: 1}")

  public let output: Facts
  public let treatedFields: [String]
  private let lookup: Lookup
  private let values: [String]
  private let coarser: [String]

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["field"])
    let field = binding.field(node)
    let file = try binding.require(options["hierarchy"])
    let hierarchy = HierarchyOptions.levels(file, binding, isNested: false)
    let level = try binding.require(options["level"]?.integer)
    if let hierarchy, level >= hierarchy.count, let place = options["level"] {
      binding.diagnostics.error(
        "wrong-value", at: place.position, Self.tooHigh(hierarchy.count - 1))
    }
    try binding.settle()
    let found = try binding.require(field)
    treatedFields = [found.name]
    let levels = try binding.require(hierarchy)
    (values, coarser) = (levels[0], levels[level])
    var made = found
    (made.type, made.decimals, made.counts) = (.text, nil, nil)
    made.precision = found.precision ?? Self.precision(found, values, coarser)
    let isStar = options["unknown"]?.text == "star"
    lookup = try Lookup(
      found, asText: true, result: made, otherwise: isStar ? .value(.text("*")) : .empty,
      unmatched: UnmatchedRows(
        table: file.text ?? "hierarchy", isPersonal: found.privacy.isPersonal, isSpelt: true,
        limit: isStar ? nil : .count(0), countsEmpty: false, isExpected: false,
        rule: Self.addOrStar), at: node, binding)
    output = lookup.output
  }

  /// How many days a label of dates stands for, on average.
  private static func precision(
    _ field: Field, _ values: [String], _ coarser: [String]
  ) -> DatePrecision? {
    guard [.date, .datetime(zoned: false), .datetime(zoned: true)].contains(field.type)
    else { return nil }
    switch values.count / max(1, Set(coarser).count) {
    case 360...: return .year
    case 89...: return .quarter
    case 28...: return .month
    default: return nil
    }
  }

  private static func tooHigh(_ highest: Int) -> Message {
    Message(
      en: "the hierarchy's highest level is \(highest)",
      fr: "le niveau le plus haut de la hiérarchie est \(highest)")
  }

  private static let addOrStar = Message(
    en: "add them to the hierarchy, or write `unknown: star`",
    fr: "ajoutez-les à la hiérarchie, ou écrivez `unknown: star`")

  public func needs(_ wanted: Set<String>) -> Set<String> { lookup.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let table = Batch(
      columns: [Column(.text(TextValues(values))), Column(.text(TextValues(coarser)))],
      rowCount: values.count, sequence: 0)
    return .rowLocal(try lookup.rowOperator([table], context))
  }
}
