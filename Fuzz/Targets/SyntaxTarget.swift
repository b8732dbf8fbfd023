import GeoJSON
import Ingest
import Json
import Tabular

/// Parsers of what people write: they may refuse anything, and trap on nothing; an expression
/// written in its canonical form is the same expression.
enum SyntaxTarget {
  private static let scope = ExpressionScope(
    fields: [("a", .integer, nil), ("b", .text, nil), ("c", .date, nil)])

  static func run(_ input: [UInt8]) {
    guard input.count <= 4096 else { return }
    _ = try? JSONParser.parse(input)
    _ = try? GeoJSONReader.read(input)
    _ = TableSchemaReader.read(input, file: "fuzz")
    let text = String(decoding: input, as: UTF8.self)
    _ = DatePattern(text)
    _ = try? Expression.bind(text, in: scope)
    guard let tree = try? Expression.parse(text) else { return }
    let canonical = tree.canonical
    guard let again = try? Expression.parse(canonical) else {
      return require(false, "canonical form is refused: \(canonical)")
    }
    require(again.canonical == canonical, "canonical form is not: \(canonical)")
  }
}
