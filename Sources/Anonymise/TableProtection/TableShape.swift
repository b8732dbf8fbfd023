import StageKit
import Tabular

/// The dimensions of a table of counts, and which of their values are sums of others.
struct TableShape {
  let keys: [String]
  let axes: [TableAxis]

  static let declarations = [
    OptionDeclaration(
      "by", .fields, required: true,
      Message(
        en: "The dimensions: fields whose values together name a cell. All others are measures.",
        fr: "Les dimensions : les champs dont les valeurs réunies désignent une case. Tous les "
          + "autres sont des mesures.")),
    OptionDeclaration(
      "totals", .map(keys: "field", .literal),
      Message(
        en: "For dimensions with rows of totals, the value that stands for all.",
        fr: "Pour les dimensions qui ont des lignes de totaux, la valeur qui désigne l’ensemble.")),
    OptionDeclaration(
      "hierarchies", .map(keys: "field", .file),
      Message(
        en: "For dimensions whose values make up larger ones, a hierarchy as `generalise` reads "
          + "it; rows of the larger ones may be in the table or published elsewhere.",
        fr: "Pour les dimensions dont les valeurs en forment de plus grandes, une hiérarchie comme "
          + "en lit `generalise` ; les lignes des plus grandes peuvent être dans le tableau ou "
          + "publiées ailleurs.")),
  ]

  /// - Parameter stage: its name, for messages.
  init(_ options: Options, _ binding: Binding, for stage: String) throws {
    if binding.input.isMicrodata {
      binding.diagnostics.error(
        "not-a-table", at: options.position,
        Message(
          en: "\(stage) needs a table of counts", fr: "\(stage) veut un tableau de comptes"),
        remedy: Message(en: "aggregate before", fr: "agrégez avant"))
      throw StageRejected()
    }
    let node = try binding.require(options["by"])
    let fields = binding.fields(node)
    for field in fields {
      binding.isOfType(
        field,
        [
          .text, .boolean, .integer, .decimal, .date, .datetime(zoned: false),
          .datetime(zoned: true),
        ], at: node.position)
    }
    keys = fields.map(\.name)
    axes = fields.map { Self.axis($0, options, binding) }
    for option in ["totals", "hierarchies"] {
      for entry in options[option]?.entries ?? [] where !keys.contains(entry.key) {
        binding.diagnostics.error(
          "unknown-field", at: entry.keyPosition,
          Message(
            en: "'\(entry.key)' is not among the dimensions",
            fr: "« \(entry.key) » n’est pas parmi les dimensions"))
      }
    }
  }

  private static func axis(_ field: Field, _ options: Options, _ binding: Binding) -> TableAxis {
    let total = options["totals"]?[field.name].flatMap { binding.value($0, as: field.type) }
    var hierarchy: Hierarchy?
    if let file = options["hierarchies"]?[field.name] {
      binding.isOfType(field, [.text], at: file.position)
      if let path = binding.resolveFile(file) {
        do throws(Hierarchy.Fault) {
          hierarchy = try Hierarchy(path: path)
        } catch {
          binding.diagnostics.error("bad-hierarchy", at: file.position, error.message)
        }
      }
    }
    return TableAxis(name: field.name, total: total, hierarchy: hierarchy)
  }
}
