import StageKit
import Tabular

/// An order of rows as options write it: a field, or a list of fields of which some are turned
/// round.
struct Ordering: Sendable {
  static let type: OptionType = .either([
    .field, .list(.either([.field, .map(keys: "field", .choice(["ascending", "descending"]))])),
  ])

  let keys: [SortKey]
  let order: [OrderKey]

  /// Reports what is wrong.
  init(_ node: SpecNode?, nullsFirst: Bool = false, _ binding: Binding) {
    var order: [OrderKey] = []
    var keys: [SortKey] = []
    for (node, descending) in (node?.items ?? node.map { [$0] } ?? []).flatMap(Self.criteria) {
      guard let field = binding.field(node), let column = binding.input.index(of: field.name)
      else { continue }
      if order.contains(where: { $0.field == field.name }) {
        binding.diagnostics.error(
          "repeated-field", at: node.position, Self.repeated(field.name))
      }
      order.append(OrderKey(field: field.name, descending: descending))
      keys.append(SortKey(column: column, descending: descending, nullsFirst: nullsFirst))
    }
    (self.keys, self.order) = (keys, order)
  }

  var names: [String] { order.map(\.field) }

  /// One item of the list: a field, or fields with their directions.
  private static func criteria(_ item: SpecNode) -> [(field: SpecNode, descending: Bool)] {
    guard let entries = item.entries else { return [(item, false)] }
    return entries.map { ($0.keyNode, $0.value.text == "descending") }
  }

  private static func repeated(_ name: String) -> Message {
    Message(
      en: "the rows are sorted by '\(name)' already",
      fr: "les lignes sont déjà triées par « \(name) »")
  }
}
