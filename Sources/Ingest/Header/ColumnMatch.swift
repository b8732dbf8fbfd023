import Tabular

/// Which columns files may lack or have in excess. Fields and their types always come from the
/// schema; undeclared columns are never loaded.
public enum FilePolicy: String, Sendable, Hashable, CaseIterable {
  /// Each file has the schema's fields and nothing else.
  case exact
  /// Each file has the schema's fields; more columns are reported. The default.
  case subset
  /// A file may lack fields that are not required, which are then null in its rows; each field is
  /// in one of the files at least. More columns are reported.
  case union
}

/// Where the fields of a schema lie in one file.
struct ColumnMatch: Sendable {
  /// For each field of the schema, its column in the file.
  var positions: [Int?]
  /// Fields found under an alias, with the name in the file.
  var byAlias: [(field: String, column: String)] = []
  /// Columns that no field stands for.
  var undeclared: [String] = []
  /// Names of fields without a column.
  var missing: [String] = []
  /// The number of fields that a record has in this file.
  var width: Int

  /// Matches by name, then by alias.
  init(_ columns: ColumnNames, _ schema: TableSchema) {
    // Strings are equal when canonically equivalent, so that decomposed accents match.
    var places: [String: Int] = [:]
    for (index, name) in columns.names.enumerated() { places[name] = index }
    var used: Set<Int> = []
    positions = schema.fields.map { field in
      guard let place = places[field.name] else { return nil }
      used.insert(place)
      return place
    }
    for (index, field) in schema.fields.enumerated() where positions[index] == nil {
      let alias = field.aliases.first { places[$0].map { !used.contains($0) } ?? false }
      guard let alias, let place = places[alias] else {
        missing.append(field.name)
        continue
      }
      positions[index] = place
      used.insert(place)
      byAlias.append((field.name, alias))
    }
    width = columns.names.count
    for (index, name) in columns.names.enumerated() where !used.contains(index) {
      undeclared.append(name)
    }
  }

  /// Without a header, columns are the schema's fields in their order.
  init(width: Int, _ schema: TableSchema) {
    positions = schema.fields.indices.map { $0 < width ? $0 : nil }
    missing = schema.fields.dropFirst(width).map(\.name)
    undeclared =
      width > schema.fields.count
      ? (schema.fields.count..<width).map { "column_\($0 + 1)" } : []
    self.width = width
  }

  /// - Throws: `IngestError` when the policy does not allow what is missing or in excess.
  func check(
    _ policy: FilePolicy, _ schema: TableSchema, file: String, line: Int
  ) throws(IngestError) {
    for name in missing {
      let required =
        schema.field(name)?.constraints.required ?? false || schema.primaryKey.contains(name)
      if policy != .union || required {
        throw missingColumn(name, required && policy == .union, file, line)
      }
    }
    if policy == .exact, let name = undeclared.first {
      throw IngestError(
        .refused, "undeclared_column", file: file, line: line,
        Message(
          en: "the column '\(name)' is not in the schema",
          fr: "la colonne « \(name) » n’est pas dans le schéma"),
        remedy: Message(
          en: "declare it, or use the policy 'subset'",
          fr: "déclarez-la, ou utilisez la politique « subset »"))
    }
  }

  private func missingColumn(
    _ name: String, _ required: Bool, _ file: String, _ line: Int
  ) -> IngestError {
    let message = Message(
      en: "the column '\(name)' is missing" + (required ? ", and it is required" : ""),
      fr: "la colonne « \(name) » manque" + (required ? " alors qu’elle est obligatoire" : ""))
    var remedy = Message(
      en: "ask the source, or use the policy 'union' if files may lack it",
      fr: "demandez à la source, ou utilisez la politique « union » si des fichiers peuvent "
        + "ne pas l’avoir")
    if let near = NearMiss.nearest(to: name, among: undeclared) {
      remedy = Message(
        en: "the column '\(near)' looks like it: if it is, add \"aliases\": [\"\(near)\"] to the "
          + "field in the schema",
        fr: "la colonne « \(near) » lui ressemble : si c’est elle, ajoutez "
          + "\"aliases\": [\"\(near)\"] au champ dans le schéma")
    } else if undeclared.count == 1, missing.count == 1, let only = undeclared.first {
      remedy = Message(
        en: "the column '\(only)' is new: if it took its place, add \"aliases\": [\"\(only)\"] to "
          + "the field in the schema",
        fr: "la colonne « \(only) » est nouvelle : si elle l’a remplacée, ajoutez "
          + "\"aliases\": [\"\(only)\"] au champ dans le schéma")
    }
    return IngestError(
      .refused, "missing_column", file: file, line: line, message, remedy: remedy)
  }
}
