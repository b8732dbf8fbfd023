import StageKit
import Tabular

/// A key of `complete`, or several that go together, and the values that must be there.
struct CompleteDimension: Sendable {
  /// A field of another table that gives a key's values.
  struct There: Sendable {
    let field: Field
    let position: Int
    /// The key's name here.
    let here: String
  }

  enum Domain: Sendable {
    case observed
    case values([Value])
    case table(String, There)
    case calendar(CalendarStep, from: Int32?, to: Int32?)
  }

  let fields: [Field]
  let domain: Domain

  static let type: OptionType = .either([
    .field, .list(.either([.field, .list(.field)])),
    .map(
      keys: "field",
      .either([
        .choice(["observed"]), .list(.literal),
        .record([
          OptionDeclaration(
            "table", .table,
            Message(
              en: "A step or source that gives the values.",
              fr: "Une étape ou une source qui donne les valeurs.")),
          OptionDeclaration(
            "field", .field, default: "the key's name",
            Message(en: "Its field.", fr: "Son champ.")),
          OptionDeclaration(
            "calendar", .choice(CalendarStep.allCases.map(\.rawValue)),
            Message(
              en: "All days, or the first days of all weeks, months, quarters or years.",
              fr: "Tous les jours, ou les premiers jours de toutes les semaines, tous les mois, "
                + "trimestres ou ans.")),
          OptionDeclaration(
            "from", .expression, default: "the first date that occurs",
            Message(
              en: "The calendar's start: `date '2026-01-01'` or a parameter.",
              fr: "Le début du calendrier : `date '2026-01-01'` ou un paramètre.")),
          OptionDeclaration(
            "to", .expression, default: "the last date that occurs",
            Message(en: "The calendar's end.", fr: "La fin du calendrier.")),
        ]),
      ])),
  ])

  /// The dimensions that an option writes, without the wrong ones (after diagnostics).
  static func all(_ node: SpecNode, _ binding: Binding) -> [CompleteDimension] {
    if let entries = node.entries {
      return entries.compactMap { entry in
        guard let field = binding.field(entry.keyNode),
          let domain = domain(entry.value, field, binding)
        else { return nil }
        return CompleteDimension(fields: [field], domain: domain)
      }
    }
    var found: [CompleteDimension] = []
    for item in node.items ?? [node] {
      let fields = binding.fields(item)
      for field in fields where found.contains(where: { $0.fields.contains(field) }) {
        binding.diagnostics.error(
          "repeated-field", at: item.position,
          Message(
            en: "'\(field.name)' is a key already", fr: "« \(field.name) » est déjà une clé"))
      }
      if !fields.isEmpty { found.append(CompleteDimension(fields: fields, domain: .observed)) }
    }
    if found.isEmpty, !binding.diagnostics.hasErrors {
      binding.diagnostics.error(
        "no-fields", at: node.position,
        Message(en: "there is no key to complete", fr: "il n’y a aucune clé à compléter"))
    }
    return found
  }

  private static func domain(
    _ node: SpecNode, _ field: Field, _ binding: Binding
  ) -> Domain? {
    if let items = node.items {
      let values = items.compactMap { binding.value($0, as: field.type) }
      return values.count == items.count ? .values(values) : nil
    }
    guard node.entries != nil else { return .observed }
    switch (node["table"], node["calendar"]) {
    case (let table?, nil): return domain(table, node, field, binding)
    case (nil, let step?): return calendar(step, node, field, binding)
    default:
      binding.diagnostics.error(
        "one-of", at: node.position,
        Message(
          en: "give either 'table' or 'calendar'", fr: "donnez « table » ou bien « calendar »"))
      return nil
    }
  }

  private static func domain(
    _ table: SpecNode, _ node: SpecNode, _ field: Field, _ binding: Binding
  ) -> Domain? {
    let name = node["field"] ?? SpecNode(.scalar(field.name, .quoted), at: table.position)
    guard let facts = binding.table(table), let there = binding.field(name, in: facts),
      let position = facts.index(of: there.name)
    else { return nil }
    guard binding.isOfType(there, [field.type], at: name.position) else { return nil }
    return .table(
      table.text ?? "", There(field: there, position: position, here: field.name))
  }

  private static func calendar(
    _ step: SpecNode, _ node: SpecNode, _ field: Field, _ binding: Binding
  ) -> Domain? {
    guard binding.isOfType(field, [.date], at: step.position),
      let step = CalendarStep(rawValue: step.text ?? "")
    else { return nil }
    return .calendar(
      step, from: node["from"].flatMap { bound($0, binding) },
      to: node["to"].flatMap { bound($0, binding) })
  }

  /// A constant date; nil after a diagnostic.
  private static func bound(_ node: SpecNode, _ binding: Binding) -> Int32? {
    guard let expression = binding.expression(node, expecting: .date) else { return nil }
    guard case .date(let days) = expression.constant else {
      binding.diagnostics.error(
        "not-constant", at: node.position,
        Message(en: "this must be a constant date", fr: "ceci doit être une date constante"))
      return nil
    }
    return days
  }

  /// The dimension as the operator takes it.
  func physical(_ input: Facts, _ context: StageContext) throws -> Complete.Dimension {
    let columns = fields.compactMap { input.index(of: $0.name) }
    guard columns.count == 1, let column = columns.first else {
      return Complete.Dimension(together: columns)
    }
    switch domain {
    case .observed: return Complete.Dimension(column: column)
    case .values(let values): return Complete.Dimension(column: column, domain: .values(values))
    case .calendar(let step, let from, let to):
      return Complete.Dimension(column: column, domain: .calendar(step, from: from, to: to))
    case .table(let table, let there):
      var values: [Value] = []
      for batch in try context.side(table) {
        guard batch.columns.indices.contains(there.position) else { continue }
        let cells = batch.columns[there.position]
        values += (0..<cells.count).map { cells.value($0) }
      }
      return Complete.Dimension(column: column, domain: .values(values))
    }
  }
}
