import StageKit
import Tabular

/// `deduplicate`: keeps one row per key.
public struct DeduplicateStage: Stage {
  public static let declaration = StageDeclaration(
    name: "deduplicate", kind: .breaker,
    summary: Message(
      en: "Keeps one of the rows that have the same key; the others are counted as duplicates.",
      fr: "Garde une des lignes qui ont la même clé ; les autres sont comptées comme doublons."),
    options: [
      OptionDeclaration(
        "keys", .fields, default: "all fields",
        Message(
          en: "The fields that make two rows the same; empty equals empty.",
          fr: "Les champs qui rendent deux lignes pareilles ; vide égale vide.")),
      OptionDeclaration(
        "keep", .choice(["first", "last", "newest", "oldest"]), default: "first",
        Message(
          en: "Which row stays, in the order of the rows or by a field.",
          fr: "La ligne qui reste, dans l’ordre des lignes ou d’après un champ.")),
      OptionDeclaration(
        "by", .field,
        Message(
          en: "The field that tells the newest or oldest; rows where it is empty come after all "
            + "others, and of equal ones the first stays.",
          fr: "Le champ qui dit la plus récente ou la plus ancienne ; les lignes où il est vide "
            + "viennent après toutes les autres, et de lignes égales la première reste.")),
    ],
    shorthand: "keys",
    privacy: Message(
      en:
        "Classes stay; k is void. A key that is direct, quasi or a pseudonym does not taint: rows "
        + "are compared with one another, not with a value. A sensitive or unclassified key does, "
        + "since the rows left tell how many values there are; so does `by`, as in `sort`.",
      fr:
        "Les classes restent ; k est annulé. Une clé directe, quasi-identifiante ou pseudonyme ne "
        + "marque pas la table : les lignes sont comparées entre elles, non à une valeur. Une clé "
        + "sensible ou non classée la marque, car les lignes restantes disent combien il y a de "
        + "valeurs ; « by » aussi, comme dans `sort`."),
    ways: [
      (
        RowWay.duplicate,
        Message(
          en: "another row with the same key stays", fr: "une autre ligne de même clé reste")
      )
    ],
    example: "deduplicate: {keys: [dossier], keep: newest, by: modifie_le}")

  public let output: Facts
  private let keys: [String]
  private let by: String?
  private let keep: Deduplicate.Keep
  private let input: Facts

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    keys = options["keys"].map { binding.fields($0).map(\.name) } ?? binding.input.names
    by = options["by"].flatMap { binding.field($0)?.name }
    let wanted = options["keep"]?.text ?? "first"
    let isByField = wanted == "newest" || wanted == "oldest"
    if isByField, options["by"] == nil {
      binding.diagnostics.error(
        "missing-key", at: options.position,
        Message(
          en: "'keep: \(wanted)' needs 'by'", fr: "« keep: \(wanted) » : il manque « by »"))
    }
    if !isByField, let node = options["by"] {
      binding.diagnostics.error(
        "unused-key", at: node.position,
        Message(
          en: "'by' is for 'keep: newest' and 'keep: oldest'",
          fr: "« by » va avec « keep: newest » et « keep: oldest »"))
    }
    try binding.settle()
    let column = by.flatMap { binding.input.index(of: $0) } ?? 0
    keep =
      switch wanted {
      case "last": .last
      case "newest": .leading([SortKey(column: column, descending: true)])
      case "oldest": .leading([SortKey(column: column)])
      default: .first
      }
    output = Self.facts(binding.input, keys, by)
  }

  private static func facts(_ input: Facts, _ keys: [String], _ by: String?) -> Facts {
    let told = input.fields.filter { keys.contains($0.name) }.map {
      $0.privacy.only([.sensitive, .unclassified])
    }
    let chosen = by.flatMap(input.field)?.privacy ?? .none
    return input.afterChoice(reading: Privacy.union(told + [chosen]))
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.union(keys).union(by.map { [$0] } ?? [])
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      Deduplicate(
        keys: keys.compactMap { input.index(of: $0) }, keep: keep,
        inputTypes: input.fields.map(\.type)))
  }
}
