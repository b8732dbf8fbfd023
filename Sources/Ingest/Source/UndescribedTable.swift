import Tabular

/// A file of which nobody has said anything, as a table of texts: an empty cell is a text like any
/// other.
package struct UndescribedTable {
  let probe: FileProbe
  package let scan: SourceScan

  /// The columns, as in the file.
  package var names: [String] { probe.columns.names }

  /// Reads a file, again as often as what was guessed of it is disproved; nothing that came out of
  /// a disproved attempt is used.
  /// - Parameters:
  ///   - options: what is known of its dialect.
  ///   - wanted: columns to be read, of those that there are; all by default.
  ///   - body: reads the table to its end.
  /// - Throws: `IngestError` for a file that cannot be read or is no table, and what `body` throws.
  package static func read<Result>(
    _ file: InputFile, options: DialectOptions = DialectOptions(), _ resources: Resources,
    wanted: ([String]) throws -> Set<String>? = { _ in nil },
    _ body: (UndescribedTable) throws -> Result
  ) throws -> Result {
    var source = SourceDescription(name: file.name, files: [file], schema: TableSchema(fields: []))
    source.dialect = options
    source.allowsSameContent = true
    source.isIdentified = false
    // One more attempt for each kind of guess.
    for _ in 0..<3 {
      do {
        return try body(UndescribedTable(file, source, resources, wanted))
      } catch let error as GuessDisproved {
        source.findings = error.findings
      }
    }
    throw IngestError.unreadable(file.name, errno: 5)
  }

  private init(
    _ file: InputFile, _ base: SourceDescription, _ resources: Resources,
    _ wanted: ([String]) throws -> Set<String>?
  ) throws {
    probe = try FileProbe(file, base)
    var source = base
    source.schema = TableSchema(
      fields: probe.columns.names.map { SchemaField(name: $0) }, missingValues: [])
    source.dialect = DialectOptions.declared(probe.dialect)
    source.dialect.encoding = base.dialect.encoding
    source.dialect.footerRecords = base.dialect.footerRecords
    source.rejectLimit = .share(Decimal(digits: 1, scale: 0))
    source.wanted = try wanted(probe.columns.names)
    scan = try SourceScan.open(source, resources)
  }
}
