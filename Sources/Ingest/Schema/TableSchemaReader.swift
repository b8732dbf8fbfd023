import Json
import Tabular

/// What came of reading a schema: the schema if it can be used, all that is wrong with it, and the
/// keys that mean nothing to us.
public struct SchemaReading: Sendable {
  /// Nil when there are errors.
  public let schema: TableSchema?
  /// In the order of the text.
  public let errors: [IngestError]
  /// Keys that were passed over: documentation (`example`, `homepage`…) and checks that are not
  /// ours (`custom_checks`, `foreignKeys`).
  public let ignored: [IgnoredKey]
}

/// A key of a schema that was passed over.
public struct IgnoredKey: Sendable, Hashable {
  /// Such as `fields[2].constraints.format`.
  public let path: String
  /// Whether it only documents: false for what asks for a check that is not made.
  public let documents: Bool
  public let position: JSONPosition
}

/// Reads Table Schemas, tolerantly as to keys and strictly as to what is understood.
public struct TableSchemaReader {
  let file: String
  var errors: [IngestError] = []
  var ignored: [IgnoredKey] = []

  /// - Parameter file: the path that errors name.
  public static func read(_ bytes: [UInt8], file: String) -> SchemaReading {
    var reader = TableSchemaReader(file: file)
    let schema: TableSchema?
    do {
      schema = reader.schema(try JSONParser.parse(bytes))
    } catch {
      schema = nil
      reader.fail("json", error.position, error.message)
    }
    return SchemaReading(
      schema: reader.errors.isEmpty ? schema : nil,
      errors: reader.errors.sorted {
        ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0)
      },
      ignored: reader.ignored)
  }

  private init(file: String) { self.file = file }

  mutating func fail(
    _ code: String, _ at: JSONPosition, _ message: Message, _ remedy: Message? = nil
  ) {
    errors.append(
      IngestError(
        .invalid, code, file: file, line: at.line, column: at.column, message, remedy: remedy))
  }

  mutating func wrongType(_ path: String, _ at: JSONPosition, _ wanted: Message) {
    fail(
      "schema_type", at,
      Message(
        en: "'\(path)' must be \(wanted.en)", fr: "« \(path) » doit être \(wanted.fr)"))
  }

  private static let understood: Set<String> = [
    "fields", "missingValues", "primaryKey", "uniqueKeys", "fieldsMatch", "title", "$schema",
  ]
  private static let checks: Set<String> = ["foreignKeys", "custom_checks", "customChecks"]

  private mutating func schema(_ root: JSONNode) -> TableSchema? {
    guard let members = root.object else {
      wrongType("$", root.position, SchemaWords.object)
      return nil
    }
    for member in members where !TableSchemaReader.understood.contains(member.key) {
      ignored.append(
        IgnoredKey(
          path: member.key, documents: !TableSchemaReader.checks.contains(member.key),
          position: member.keyPosition))
    }
    guard let list = root["fields"] else {
      fail(
        "schema_fields", root.position,
        Message(en: "the schema has no 'fields'", fr: "le schéma n’a pas de « fields »"))
      return nil
    }
    guard let nodes = list.array else {
      wrongType("fields", list.position, SchemaWords.list)
      return nil
    }
    var schema = TableSchema(fields: fields(nodes))
    if schema.fields.isEmpty, errors.isEmpty {
      fail(
        "schema_fields", list.position,
        Message(en: "the schema has no field", fr: "le schéma n’a aucun champ"))
    }
    if let node = root["missingValues"], let values = missing(node, "missingValues") {
      schema.missingValues = values
    }
    schema.title = root["title"]?.string
    if let node = root["primaryKey"] { schema.primaryKey = names(node, "primaryKey", schema) }
    for (index, node) in (root["uniqueKeys"]?.array ?? []).enumerated() {
      schema.uniqueKeys.append(names(node, "uniqueKeys[\(index)]", schema))
    }
    if let node = root["fieldsMatch"] { schema.fieldsMatch = match(node) }
    return schema
  }

  private mutating func fields(_ nodes: [JSONNode]) -> [SchemaField] {
    var fields: [SchemaField] = []
    var seen: Set<String> = []
    for (index, node) in nodes.enumerated() {
      guard let field = field(node, "fields[\(index)]") else { continue }
      if !seen.insert(field.name).inserted {
        fail(
          "schema_duplicate", node.position,
          Message(
            en: "the field '\(field.name)' is declared twice",
            fr: "le champ « \(field.name) » est déclaré deux fois"))
      }
      fields.append(field)
    }
    return fields
  }

  private mutating func names(_ node: JSONNode, _ path: String, _ schema: TableSchema) -> [String] {
    guard let names = texts(node.string == nil ? node : nil, path) ?? node.string.map({ [$0] })
    else {
      if node.array == nil { wrongType(path, node.position, SchemaWords.names) }
      return []
    }
    for name in names where schema.field(name) == nil {
      fail(
        "schema_unknown_field", node.position,
        Message(
          en: "'\(path)' names the field '\(name)', which the schema does not declare",
          fr: "« \(path) » nomme le champ « \(name) », que le schéma ne déclare pas"))
    }
    return names
  }

  private mutating func match(_ node: JSONNode) -> FieldsMatch? {
    let text = node.string ?? node.array?.first?.string
    guard let text, let match = FieldsMatch(rawValue: text) else {
      wrongType(
        "fieldsMatch", node.position, SchemaWords.choice(FieldsMatch.allCases.map(\.rawValue)))
      return nil
    }
    return match
  }

  /// Missing values: texts, or (version 2) objects with `value` and `label`.
  mutating func missing(_ node: JSONNode, _ path: String) -> [String]? {
    guard let nodes = node.array else {
      wrongType(path, node.position, SchemaWords.list)
      return nil
    }
    var values: [String] = []
    for (index, item) in nodes.enumerated() {
      if let text = item.scalarText ?? item["value"]?.scalarText {
        values.append(text)
      } else {
        wrongType("\(path)[\(index)]", item.position, SchemaWords.text)
      }
    }
    return values
  }

  /// A list of texts; nil without a node or (after an error) when it is something else.
  mutating func texts(_ node: JSONNode?, _ path: String) -> [String]? {
    guard let node else { return nil }
    guard let nodes = node.array else { return nil }
    var values: [String] = []
    for (index, item) in nodes.enumerated() {
      if let text = item.scalarText {
        values.append(text)
      } else {
        wrongType("\(path)[\(index)]", item.position, SchemaWords.text)
      }
    }
    return values
  }
}

/// What a key must be, in words.
enum SchemaWords {
  static let object = Message(en: "an object", fr: "un objet")
  static let list = Message(en: "a list", fr: "une liste")
  static let text = Message(en: "a text", fr: "un texte")
  static let boolean = Message(en: "true or false", fr: "true ou false")
  static let count = Message(en: "a whole number, 0 or more", fr: "un nombre entier, 0 ou plus")
  static let names = Message(
    en: "a field's name or a list of them", fr: "un nom de champ ou une liste de noms")

  static func choice(_ choices: [String]) -> Message {
    let list = choices.joined(separator: ", ")
    return Message(en: "one of \(list)", fr: "l’un de \(list)")
  }
}
