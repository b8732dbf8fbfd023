import Tabular

/// A file looked at as a whole, for people who have no schema yet: how it is written, what its
/// columns seem to be, and a schema to start from. Nothing in it quotes a value.
public struct FileProfile: Sendable {
  /// One column.
  public struct Column: Sendable {
    /// As in the file, or given.
    public let name: String
    /// The type, format and constraints proposed, and the privacy class if one is.
    public let field: SchemaField
    /// Why that class.
    public let privacyReason: Message
    /// Cells with nothing in them or a marker of nothing.
    public let missing: Int
    /// Cells with a value.
    public let values: Int
    /// Cells with a value that the proposed type does not read.
    public let misfits: Int
    /// What cells seem to tell about persons, with counts.
    public let detected: [(kind: PersonalData, count: Int)]
    /// What should be decided by a person before the schema is used.
    public let doubts: [Message]
  }

  public let file: InputFile
  public let isGzip: Bool
  public let dialect: Dialect
  public let detections: [Detection]
  public let renamed: [ColumnNames.Renamed]
  public let columns: [Column]
  /// Texts for nothing that occur, most frequent first.
  public let missingValues: [String]
  /// What became of the file's records when they were read as texts.
  public let counts: RecordCounts
  /// A Table Schema in JSON, with the proposed privacy classes.
  public let schemaText: String

  /// The proposed schema.
  public var schema: TableSchema {
    TableSchema(fields: columns.map(\.field), missingValues: [""] + missingValues)
  }

  /// Reads a file whole.
  /// - Parameter options: what is known of its dialect.
  /// - Throws: `IngestError` for a file that cannot be read or is no table.
  public static func of(
    _ file: InputFile, options: DialectOptions = DialectOptions(), _ resources: Resources
  ) throws(IngestError) -> FileProfile {
    var source = SourceDescription(name: file.name, files: [file], schema: TableSchema(fields: []))
    source.dialect = options
    source.allowsSameContent = true
    // One more attempt is enough when the encoding is not what the head promised.
    for _ in 0..<2 {
      do {
        return try attempt(file, source, resources)
      } catch let error as EncodingDisproved {
        source.encodings = error.encodings
      } catch let error as IngestError {
        throw error
      } catch {
        throw IngestError.unreadable(file.name, errno: 5)
      }
    }
    throw IngestError.unreadable(file.name, errno: 5)
  }

  private static func attempt(
    _ file: InputFile, _ base: SourceDescription, _ resources: Resources
  ) throws -> FileProfile {
    let probe = try FileProbe(file, base)
    var source = base
    source.schema = TableSchema(
      fields: probe.columns.names.map { SchemaField(name: $0) }, missingValues: [])
    source.dialect = DialectOptions.declared(probe.dialect)
    source.dialect.encoding = base.dialect.encoding
    source.dialect.footerRecords = base.dialect.footerRecords
    source.rejectLimit = .share(Decimal(digits: 1, scale: 0))
    let scan = try SourceScan.open(source, resources)
    var statistics = probe.columns.names.map { _ in ColumnStatistics() }
    while let batch = try scan.next() {
      for (index, column) in batch.columns.enumerated() {
        FileProfile.read(column, &statistics[index])
      }
    }
    let counts = scan.report?.counts ?? RecordCounts()
    return FileProfile(probe, statistics, counts)
  }

  private static func read(_ column: Tabular.Column, _ statistics: inout ColumnStatistics) {
    guard case .text(let texts) = column.values else { return }
    for row in 0..<texts.count {
      if column.validity[row] {
        statistics.add(texts.bytes[texts.range(row)])
      } else {
        statistics.addNothing()
      }
    }
  }

  private init(_ probe: FileProbe, _ statistics: [ColumnStatistics], _ counts: RecordCounts) {
    file = probe.file
    isGzip = probe.isGzip
    dialect = probe.dialect
    detections = probe.detections
    renamed = probe.columns.renamed
    self.counts = counts
    var markers: [String: Int] = [:]
    columns = zip(probe.columns.names, statistics).map { name, found in
      markers.merge(found.missing, uniquingKeysWith: +)
      return FileProfile.column(name, found)
    }
    missingValues = markers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    schemaText = SchemaText.json(
      TableSchema(fields: columns.map(\.field), missingValues: [""] + missingValues))
  }

  private static func column(_ name: String, _ found: ColumnStatistics) -> Column {
    let proposal = TypeProposal(name, found)
    var field = proposal.field
    let privacy = PrivacyProposal(name, field, found)
    field.privacy = privacy.privacy
    return Column(
      name: name, field: field, privacyReason: privacy.reason,
      missing: found.cells - found.values, values: found.values,
      misfits: FileProfile.misfits(field, found),
      detected: PersonalData.allCases.compactMap { kind in
        found.detected[kind].map { (kind, $0) }
      }, doubts: proposal.doubts)
  }

  private static func misfits(_ field: SchemaField, _ found: ColumnStatistics) -> Int {
    switch field.type {
    case .number, .integer:
      found.values - found.count { !$0.isDisjoint(with: CellShapes.numbers) }
    case .date, .datetime: found.values - found.count { !$0.isDisjoint(with: .dates) }
    case .boolean:
      found.values
        - found.words.reduce(0) {
          (field.trueValues + field.falseValues).contains($1.key) ? $0 + $1.value : $0
        }
    default: 0
    }
  }
}
