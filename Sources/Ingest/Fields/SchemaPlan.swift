import Tabular

/// What a schema asks of every file of a source: which fields come out, which are checked and how,
/// which are keys. The same for all files.
struct SchemaPlan: Sendable {
  /// One field of the schema.
  struct FieldPlan: Sendable {
    let field: SchemaField
    /// Whether its column comes out (the others are absent).
    let isWanted: Bool
    let checks: FieldChecks
    /// Whether its cells must be read at all.
    let isRead: Bool
  }

  /// A set of fields whose values together are unique.
  struct KeyPlan: Sendable, Hashable {
    /// Indices among the fields.
    let fields: [Int]
    let rule: String
  }

  let schema: TableSchema
  let fields: [FieldPlan]
  let keys: [KeyPlan]
  /// The field whose days are counted.
  let dated: Int?

  /// - Throws: `IngestError` for a schema whose formats, bounds or patterns cannot be used.
  init(_ source: SourceDescription) throws(IngestError) {
    schema = source.schema
    dated = source.dated.flatMap { name in source.schema.fields.firstIndex { $0.name == name } }
    keys = SchemaPlan.keys(source.schema)
    let inKeys = Set(keys.flatMap(\.fields))
    let primary = Set(source.schema.primaryKey)
    var fields: [FieldPlan] = []
    for (index, field) in source.schema.fields.enumerated() {
      let isDate = field.type == .date || field.type == .datetime
      if isDate, FieldFormat.patterns(field) == nil { throw SchemaPlan.badFormat(field) }
      let checks = try FieldChecks(
        field, isKey: inKeys.contains(index), isPrimary: primary.contains(field.name))
      let isWanted = source.wanted?.contains(field.name) ?? true
      let isChecked =
        source.checksUnreadFields && (field.dataType != .text || !checks.isEmpty)
      fields.append(
        FieldPlan(
          field: field, isWanted: isWanted, checks: checks,
          isRead: isWanted || isChecked || inKeys.contains(index) || index == dated))
    }
    self.fields = fields
  }

  private static func keys(_ schema: TableSchema) -> [KeyPlan] {
    func indices(_ names: [String]) -> [Int] {
      names.compactMap { name in schema.fields.firstIndex { $0.name == name } }
    }
    var keys: [KeyPlan] = []
    func add(_ names: [String], _ rule: String) {
      let fields = indices(names)
      if !fields.isEmpty, !keys.contains(where: { $0.fields == fields }) {
        keys.append(KeyPlan(fields: fields, rule: rule))
      }
    }
    add(schema.primaryKey, "primaryKey")
    for names in schema.uniqueKeys { add(names, "uniqueKeys") }
    for field in schema.fields where field.constraints.unique { add([field.name], "unique") }
    return keys
  }

  private static func badFormat(_ field: SchemaField) -> IngestError {
    IngestError(
      .invalid, "schema_format",
      Message(
        en: "the format '\(field.format)' of the field '\(field.name)' is not understood",
        fr: "le format « \(field.format) » du champ « \(field.name) » n’est pas compris"),
      remedy: Message(
        en: "use default, any, or a pattern such as %d/%m/%Y or %Y-%m-%d %H:%M",
        fr: "utilisez default, any, ou un motif comme %d/%m/%Y ou %Y-%m-%d %H:%M"))
  }
}
