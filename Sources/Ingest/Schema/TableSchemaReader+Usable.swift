import Json
import Tabular

/// Whether what a field says can be used: formats, bounds, choices and patterns are read once, so
/// that what is wrong is said before any data is.
extension TableSchemaReader {
  mutating func checkUsable(_ field: inout SchemaField, _ node: JSONNode, _ path: String) {
    let isMoment = field.type == .date || field.type == .datetime
    if isMoment, FieldFormat.patterns(field) == nil {
      fail(
        "schema_format", node["format"]?.position ?? node.position,
        Message(
          en: "'\(path).format' is not understood", fr: "« \(path).format » n’est pas compris"),
        Message(
          en: "use default, any, or a pattern such as %d/%m/%Y or %Y-%m-%d %H:%M",
          fr: "utilisez default, any, ou un motif comme %d/%m/%Y ou %Y-%m-%d %H:%M"))
      return
    }
    let constraints = node["constraints"]
    for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
      guard let bound = constraints?[key], let text = bound.scalarText else { continue }
      if field.dataType == .text || field.dataType == .boolean {
        // Texts have no order that everybody shares.
        ignored.append(
          IgnoredKey(
            path: "\(path).constraints.\(key)", documents: false, position: bound.position))
      } else if FieldFormat.value(text, field) == nil {
        wrongValue("\(path).constraints.\(key)", bound.position, field)
      }
    }
    for (index, item) in (constraints?["enum"]?.array ?? []).enumerated() {
      if let text = item.scalarText, FieldFormat.value(text, field) == nil {
        wrongValue("\(path).constraints.enum[\(index)]", item.position, field)
      }
    }
    checkPattern(&field, constraints?["pattern"], "\(path).constraints.pattern")
  }

  private mutating func wrongValue(_ path: String, _ at: JSONPosition, _ field: SchemaField) {
    fail(
      "schema_bound", at,
      Message(
        en: "'\(path)' is not a value of the type \(field.type.rawValue)",
        fr: "« \(path) » n’est pas une valeur du type \(field.type.rawValue)"))
  }

  private mutating func checkPattern(
    _ field: inout SchemaField, _ node: JSONNode?, _ path: String
  ) {
    guard let node, let text = field.constraints.pattern else { return }
    guard field.dataType == .text else {
      ignored.append(IgnoredKey(path: path, documents: false, position: node.position))
      return
    }
    do {
      _ = try Pattern(text)
    } catch {
      // Schemas of others must load: a check that cannot be made is listed, not refused.
      let foreign = ["(?=", "(?!", "(?<=", "(?<!"].contains { text.contains($0) }
      if foreign {
        field.constraints.pattern = nil
        ignored.append(IgnoredKey(path: path, documents: false, position: node.position))
      } else {
        fail(
          "schema_pattern", node.position,
          Message(
            en: "'\(path)' is not understood: \(error.message.en)",
            fr: "« \(path) » n’est pas compris : \(error.message.fr)"))
      }
    }
  }
}
