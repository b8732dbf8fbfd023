import Json
import Tabular

/// Fields and their constraints.
extension TableSchemaReader {
  private static let fieldKeys: Set<String> = [
    "name", "type", "format", "title", "titles", "description", "descriptions", "constraints",
    "missingValues",
    "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "privacy", "aliases",
    "decimals", "double", "coordinate",
  ]
  private static let constraintKeys: Set<String> = [
    "required", "unique", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "minLength", "maxLength", "pattern", "enum",
  ]

  mutating func field(_ node: JSONNode, _ path: String) -> SchemaField? {
    guard let members = node.object else {
      wrongType(path, node.position, SchemaWords.object)
      return nil
    }
    guard let name = node["name"]?.string, !name.isEmpty else {
      fail(
        "schema_name", node["name"]?.position ?? node.position,
        Message(
          en: "'\(path)' has no 'name'", fr: "« \(path) » n’a pas de « name »"))
      return nil
    }
    for member in members where !TableSchemaReader.fieldKeys.contains(member.key) {
      ignored.append(
        IgnoredKey(
          path: "\(path).\(member.key)", documents: true, position: member.keyPosition))
    }
    var field = SchemaField(name: name)
    if let type = node["type"] { field.type = fieldType(type, path) ?? .string }
    if let format = text(node["format"], "\(path).format") { field.format = format }
    field.title = node["title"]?.string
    field.summary = node["description"]?.string
    for member in node["titles"]?.object ?? [] {
      field.titles[member.key] = member.value.string
    }
    for member in node["descriptions"]?.object ?? [] {
      field.summaries[member.key] = member.value.string
    }
    if let values = node["missingValues"] {
      field.missingValues = missing(values, "\(path).missingValues")
    }
    numbers(node, path, &field)
    if let values = choices(node["trueValues"], "\(path).trueValues") { field.trueValues = values }
    if let values = choices(node["falseValues"], "\(path).falseValues") {
      field.falseValues = values
    }
    field.privacy = text(node["privacy"], "\(path).privacy")
    field.aliases = choices(node["aliases"], "\(path).aliases") ?? []
    field.decimals = count(node["decimals"], "\(path).decimals")
    field.isCoordinate = flag(node["coordinate"], "\(path).coordinate") ?? false
    if let constraints = node["constraints"] {
      field.constraints = self.constraints(constraints, "\(path).constraints")
    }
    checkUsable(&field, node, path)
    return field
  }

  private mutating func fieldType(_ node: JSONNode, _ path: String) -> FieldType? {
    if let type = node.string.flatMap(FieldType.init(rawValue:)) { return type }
    fail(
      "schema_unknown_type", node.position,
      Message(
        en: "'\(path).type' is not a type of Table Schema",
        fr: "« \(path).type » n’est pas un type de Table Schema"),
      Message(
        en: "the types are \(FieldType.allCases.map(\.rawValue).joined(separator: ", "))",
        fr: "les types sont \(FieldType.allCases.map(\.rawValue).joined(separator: ", "))"))
    return nil
  }

  private mutating func numbers(_ node: JSONNode, _ path: String, _ field: inout SchemaField) {
    if let text = text(node["decimalChar"], "\(path).decimalChar") { field.decimalChar = text }
    if let text = text(node["groupChar"], "\(path).groupChar") { field.groupChar = text }
    if let flag = flag(node["bareNumber"], "\(path).bareNumber") { field.bareNumber = flag }
    if let flag = flag(node["double"], "\(path).double") { field.isDouble = flag }
    if field.decimalChar.utf8.count != 1 {
      wrongType(
        "\(path).decimalChar", node["decimalChar"]?.position ?? node.position,
        Message(en: "one ASCII character", fr: "un seul caractère ASCII"))
    } else if field.decimalChar == field.groupChar {
      fail(
        "schema_numbers", node["groupChar"]?.position ?? node.position,
        Message(
          en: "'\(path)' has the same character between thousands and before decimals",
          fr: "« \(path) » a le même caractère entre les milliers et devant les décimales"))
    }
  }

  private mutating func constraints(_ node: JSONNode, _ path: String) -> FieldConstraints {
    var found = FieldConstraints()
    guard let members = node.object else {
      wrongType(path, node.position, SchemaWords.object)
      return found
    }
    for member in members where !TableSchemaReader.constraintKeys.contains(member.key) {
      ignored.append(
        IgnoredKey(
          path: "\(path).\(member.key)", documents: false, position: member.keyPosition))
    }
    found.required = flag(node["required"], "\(path).required") ?? false
    found.unique = flag(node["unique"], "\(path).unique") ?? false
    found.minimum = scalar(node["minimum"], "\(path).minimum")
    found.maximum = scalar(node["maximum"], "\(path).maximum")
    found.exclusiveMinimum = scalar(node["exclusiveMinimum"], "\(path).exclusiveMinimum")
    found.exclusiveMaximum = scalar(node["exclusiveMaximum"], "\(path).exclusiveMaximum")
    found.minLength = count(node["minLength"], "\(path).minLength")
    found.maxLength = count(node["maxLength"], "\(path).maxLength")
    found.pattern = text(node["pattern"], "\(path).pattern")
    found.oneOf = choices(node["enum"], "\(path).enum")
    return found
  }

  /// A text; nil when the key is absent or null.
  private mutating func text(_ node: JSONNode?, _ path: String) -> String? {
    guard let node, node.content != .null else { return nil }
    if let text = node.string { return text }
    wrongType(path, node.position, SchemaWords.text)
    return nil
  }

  private mutating func scalar(_ node: JSONNode?, _ path: String) -> String? {
    guard let node, node.content != .null else { return nil }
    if let text = node.scalarText { return text }
    wrongType(path, node.position, SchemaWords.text)
    return nil
  }

  private mutating func flag(_ node: JSONNode?, _ path: String) -> Bool? {
    guard let node, node.content != .null else { return nil }
    if let flag = node.boolean { return flag }
    // Published schemas write flags as texts, too.
    if let text = node.string, text == "true" || text == "false" { return text == "true" }
    wrongType(path, node.position, SchemaWords.boolean)
    return nil
  }

  private mutating func count(_ node: JSONNode?, _ path: String) -> Int? {
    guard let node, node.content != .null else { return nil }
    // Published schemas write lengths as texts, too.
    if let number = node.scalarText.flatMap({ Int($0) }), number >= 0 { return number }
    wrongType(path, node.position, SchemaWords.count)
    return nil
  }

  private mutating func choices(_ node: JSONNode?, _ path: String) -> [String]? {
    guard let node, node.content != .null else { return nil }
    if node.array == nil { wrongType(path, node.position, SchemaWords.list) }
    return texts(node, path)
  }
}
