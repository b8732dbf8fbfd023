import StageKit
import Tabular

/// Cells as texts: numbers as expressions write them, dates by ISO 8601; nil where empty.
enum CellText {
  /// The texts of a column.
  /// - Parameter decimals: digits after the point to write at least.
  static func all(_ column: Column, decimals: Int?) throws -> [String?] {
    let batch = Batch(columns: [column], rowCount: column.count, sequence: 0)
    let scope = ExpressionScope(
      [ExpressionScope.Field(name: "cell", type: column.type, decimals: decimals)])
    let cast = try Expression.bind("cast(cell as text)", in: scope)
    let texts = try cast.evaluate(batch)
    guard case .text(let values) = texts.values else { return [] }
    return (0..<column.count).map { texts.validity[$0] ? values.string($0) : nil }
  }

  /// As people read it: quotes where a text is empty, since nothing stands for null.
  static func shown(_ text: String?) -> String {
    guard let text else { return "" }
    return text.isEmpty ? "\"\"" : TerminalText.safe(text)
  }
}
