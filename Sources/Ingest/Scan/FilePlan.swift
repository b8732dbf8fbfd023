import Tabular

/// How the blocks of one file become columns.
struct FilePlan: Sendable {
  /// A field that has a column in this file and is read.
  struct ColumnPlan: Sendable {
    /// Index among the schema's fields.
    let field: Int
    /// Place in the file's records.
    let column: Int
    /// Place among the indexed fields.
    let slot: Int
    let decoder: FieldDecoder
  }

  let probe: FileProbe
  let dialect: CSVDialect
  let indexer: FieldIndexer
  /// In the order of the schema.
  let columns: [ColumnPlan]

  init(_ probe: FileProbe, _ schema: SchemaPlan) {
    self.probe = probe
    dialect = probe.scanDialect
    var places: [(field: Int, column: Int)] = []
    for (index, field) in schema.fields.enumerated() where field.isRead {
      if let column = probe.match.positions[index] { places.append((index, column)) }
    }
    let wanted = places.map(\.column).sorted()
    columns = places.map { place in
      ColumnPlan(
        field: place.field, column: place.column,
        slot: wanted.firstIndex(of: place.column) ?? 0,
        decoder: FieldFormat.decoder(
          schema.fields[place.field].field, missing: schema.schema.missingValues,
          encoding: probe.encoding))
    }
    indexer = FieldIndexer(
      dialect: dialect, columns: probe.match.width, wanted: wanted, allowsTrailingDelimiter: true)
  }
}
