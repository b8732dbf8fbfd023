import StageKit
import Tabular

/// How a field of a followed row is other after a stage than before. Values stand here only of
/// fields that are plain before and after.
struct FieldChange: Sendable, Hashable {
  enum Kind: String, Sendable, Encodable {
    case changed, added, removed
  }

  let field: String
  let kind: Kind
  /// Whether values may be shown.
  let isShown: Bool
  let before: String?
  let after: String?

  /// The changes from a row of one table to a row of another, in the order of the fields.
  static func all(
    from before: Facts, _ batch: Batch, _ row: Int, to after: Facts, _ result: Batch, _ next: Int
  ) throws -> [FieldChange] {
    var changes: [FieldChange] = []
    for (index, field) in after.fields.enumerated() where result.columns.indices.contains(index) {
      let now = result.columns[index]
      guard let place = before.index(of: field.name), batch.columns.indices.contains(place) else {
        let isShown = ShownClasses.isPlain(field.privacy)
        changes.append(
          FieldChange(
            field: field.name, kind: .added, isShown: isShown, before: nil,
            after: isShown ? try text(now, next, field) : nil))
        continue
      }
      let (old, then) = (before.fields[place], batch.columns[place])
      guard then.value(row) != now.value(next) else { continue }
      let isShown = ShownClasses.isPlain(field.privacy) && ShownClasses.isPlain(old.privacy)
      changes.append(
        FieldChange(
          field: field.name, kind: .changed, isShown: isShown,
          before: isShown ? try text(then, row, old) : nil,
          after: isShown ? try text(now, next, field) : nil))
    }
    for field in before.fields where after.field(field.name) == nil {
      changes.append(
        FieldChange(field: field.name, kind: .removed, isShown: false, before: nil, after: nil))
    }
    return changes
  }

  /// A cell as text, nil where empty.
  static func text(_ column: Column, _ row: Int, _ field: Field) throws -> String? {
    let cell = column.gathered([Int32(truncatingIfNeeded: row)])
    return try CellText.all(cell, decimals: field.decimals).first ?? nil
  }
}
