/// Writes a Table Schema as JSON, one field a few lines, keys in a fixed order.
public enum SchemaText {
  /// - Returns: a document that reads back as the same schema.
  public static func json(_ schema: TableSchema) -> String {
    var text = "{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/tableschema.json\",\n"
    text += "  \"fields\": [\n"
    text += schema.fields.map { "    " + field($0) }.joined(separator: ",\n")
    text += "\n  ],\n  \"missingValues\": " + list(schema.missingValues)
    if !schema.primaryKey.isEmpty { text += ",\n  \"primaryKey\": " + list(schema.primaryKey) }
    return text + "\n}\n"
  }

  private static func field(_ field: SchemaField) -> String {
    var members = [("name", quoted(field.name)), ("type", quoted(field.type.rawValue))]
    if field.format != "default" { members.append(("format", quoted(field.format))) }
    if let title = field.title { members.append(("title", quoted(title))) }
    if field.decimalChar != "." { members.append(("decimalChar", quoted(field.decimalChar))) }
    if !field.groupChar.isEmpty { members.append(("groupChar", quoted(field.groupChar))) }
    if !field.bareNumber { members.append(("bareNumber", "false")) }
    if field.trueValues != SchemaField.usualTrueValues {
      members.append(("trueValues", list(field.trueValues)))
    }
    if field.falseValues != SchemaField.usualFalseValues {
      members.append(("falseValues", list(field.falseValues)))
    }
    let constraints = constraints(field.constraints)
    if !constraints.isEmpty { members.append(("constraints", object(constraints))) }
    if !field.aliases.isEmpty { members.append(("aliases", list(field.aliases))) }
    if field.isCoordinate { members.append(("coordinate", "true")) }
    if let privacy = field.privacy { members.append(("privacy", quoted(privacy))) }
    return object(members)
  }

  private static func constraints(_ constraints: FieldConstraints) -> [(String, String)] {
    var members: [(String, String)] = []
    if constraints.required { members.append(("required", "true")) }
    if constraints.unique { members.append(("unique", "true")) }
    if let pattern = constraints.pattern { members.append(("pattern", quoted(pattern))) }
    return members
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    let hexadecimal = Array("0123456789abcdef")
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let scalar where scalar.value < 0x20 || scalar == "\u{A0}" || scalar == "\u{202F}":
        // Blanks that nobody sees are spelt out.
        result += "\\u"
        for shift in [12, 8, 4, 0] as [UInt32] {
          result.append(hexadecimal[Int(scalar.value >> shift & 15)])
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
