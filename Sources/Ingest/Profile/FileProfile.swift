import Dispatch
import Synchronization
import Tabular

/// A file looked at as a whole, for people who have no schema yet: how it is written, what its
/// columns seem to be, and a schema to start from. Nothing in it quotes a value.
public struct FileProfile: Sendable {
  /// One column.
  public struct Column: Sendable {
    /// Rows that make a value frequent.
    static let frequent = 11

    /// As in the file, or given.
    public let name: String
    /// The type, format and constraints proposed, and the privacy class if one is.
    public let field: SchemaField
    /// Why that class.
    public let privacyReason: Message
    /// What the cells look like, where that decided.
    public let privacyKind: Identifier?
    /// Cells with nothing in them or a marker of nothing.
    public let missing: Int
    /// Cells with a value.
    public let values: Int
    /// Cells with a value that the proposed type does not read.
    public let misfits: Int
    /// What cells seem to tell about persons, with counts.
    public let detected: [(kind: Identifier, count: Int)]
    /// Texts that hold such a thing among other words, with counts.
    public let within: [(kind: Identifier, count: Int)]
    /// What should be decided by a person before the schema is used.
    public let doubts: [Message]
    /// The number of different values where they are few and recur; nil where they do not.
    public let kinds: Int?
    /// How many of those values occur in 11 rows or more.
    public let frequentKinds: Int
  }

  public let file: InputFile
  public let isGzip: Bool
  public let dialect: Dialect
  public let detections: [Detection]
  public let renamed: [ColumnNames.Renamed]
  /// What became of the file's records when they were read as texts.
  public let counts: RecordCounts
  /// The columns and the schema.
  package let table: TableProfile
  let names: [String]
  let statistics: [ColumnStatistics]
  /// Which columns together single rows out; nil where nobody asked, or no column tells of persons.
  public private(set) var singlingOut: SinglingOut?

  public var columns: [Column] { table.columns }

  /// Texts for nothing that occur, most frequent first.
  public var missingValues: [String] { table.missingValues }

  /// The proposed schema.
  public var schema: TableSchema { table.schema }

  /// A Table Schema in JSON, with the proposed privacy classes.
  public var schemaText: String { table.schemaText }

  /// Reads a file whole.
  /// - Parameters:
  ///   - options: what is known of its dialect.
  ///   - combines: whether columns are combined, for which the file is read once more.
  ///   - progress: told the rows of each batch, from any thread.
  /// - Throws: `IngestError` for a file that cannot be read or is no table.
  public static func of(
    _ file: InputFile, options: DialectOptions = DialectOptions(), combines: Bool = false,
    _ resources: Resources, progress: @Sendable (Int) -> Void = { _ in }
  ) throws(IngestError) -> FileProfile {
    do {
      var profile = try UndescribedTable.read(file, options: options, resources) { table in
        let statistics = try read(
          table.scan, table.names.count, threads: resources.threads, progress)
        return FileProfile(table.probe, statistics, table.scan.report?.counts ?? RecordCounts())
      }
      if combines, let (names, leftOut) = profile.combinable {
        profile.singlingOut = try SinglingOut.read(
          file, options, names, leftOut: leftOut, resources)
      }
      return profile
    } catch let error as IngestError {
      throw error
    } catch {
      throw IngestError.unreadable(file.name, errno: 5)
    }
  }

  /// Columns to combine: of a table of persons those that name nobody, likely ones first where
  /// they are many.
  private var combinable: (names: [String], leftOut: Int)? {
    let personal: Set<String> = ["direct", "quasi", "sensitive", "pseudonym"]
    guard columns.contains(where: { $0.field.privacy.map(personal.contains) ?? false }) else {
      return nil
    }
    let places = columns.indices.filter { place in
      let privacy = columns[place].field.privacy
      return (privacy == "quasi" || privacy == "plain" || privacy == nil)
        && columns[place].values > 0 && statistics[place].longest <= FileProfile.longestCombined
        && columns[place].kinds != 1
    }
    let likely = places.filter { columns[$0].field.privacy == "quasi" }
    let others = places.filter { columns[$0].field.privacy != "quasi" }
    let taken = (likely + others).prefix(SinglingOut.mostColumns).sorted()
    return (taken.map { columns[$0].name }, places.count - taken.count)
  }

  /// Bytes; what is longer is a text, and different everywhere.
  private static let longestCombined = 64

  /// Counts all cells, on several threads.
  private static func read(
    _ scan: SourceScan, _ columns: Int, threads: Int, _ progress: @Sendable (Int) -> Void
  ) throws -> [ColumnStatistics] {
    let empty = [ColumnStatistics](repeating: ColumnStatistics(), count: columns)
    let total = Mutex(empty)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      var own = CellCounter(columns: columns)
      do {
        while let batch = try scan.next() {
          own.add(batch)
          progress(batch.rowCount)
        }
        let counted = own.finish()
        total.withLock { total in
          for index in total.indices { total[index].merge(counted[index]) }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return total.withLock { $0 }
  }

  private init(_ probe: FileProbe, _ statistics: [ColumnStatistics], _ counts: RecordCounts) {
    file = probe.file
    isGzip = probe.isGzip
    dialect = probe.dialect
    detections = probe.detections
    renamed = probe.columns.renamed
    names = probe.columns.names
    self.statistics = statistics
    self.counts = counts
    table = TableProfile(names, statistics)
  }
}
