import Foundation
import Ingest
import Synchronization
import Tabular

/// Everything that came of reading a source.
struct Scanned {
  /// Rows in the order of the source.
  var rows: [[Value]] = []
  var report: SourceReport?
  var error: (any Error)?
  var fields: [String] = []
  /// The reject file, cell by cell, header included.
  var rejects: [[String]] = []

  var counts: RecordCounts { report?.counts ?? RecordCounts() }
  var ingestError: IngestError? { error as? IngestError }
  var rejectedBy: [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.rejectedBy.map { ($0.key.rawValue, $0.value) })
  }
  var skippedBy: [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.skippedBy.map { ($0.key.rawValue, $0.value) })
  }
}

/// Reads sources in tests.
enum Scanning {
  static func schema(_ json: String) throws -> TableSchema {
    let reading = TableSchemaReader.read(Array(json.utf8), file: "schema.json")
    if let error = reading.errors.first { throw error }
    guard let schema = reading.schema else { throw CocoaError(.fileReadCorruptFile) }
    return schema
  }

  /// A schema of text fields.
  static func texts(_ names: String...) -> TableSchema {
    TableSchema(fields: names.map { SchemaField(name: $0) })
  }

  /// Reads files of a folder.
  static func scan(
    _ folder: TemporaryFolder, _ names: [String], _ schema: TableSchema, threads: Int = 1,
    _ change: (inout SourceDescription) -> Void = { _ in }
  ) -> Scanned {
    let files = names.map { InputFile(name: $0, path: folder.path + "/" + $0) }
    var source = SourceDescription(name: "test", files: files, schema: schema)
    source.rejectLimit = .count(1_000_000)
    source.rejectFile = folder.path + "/rejects-\(threads).csv"
    change(&source)
    return scan(source, scratch: folder.path, threads: threads)
  }

  /// Reads one text.
  static func scan(
    _ text: String, _ schema: TableSchema, threads: Int = 1,
    _ change: (inout SourceDescription) -> Void = { _ in }
  ) throws -> Scanned {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", text)
    return scan(folder, ["t.csv"], schema, threads: threads, change)
  }

  static func scan(_ source: SourceDescription, scratch: String, threads: Int) -> Scanned {
    var scanned = Scanned(fields: source.schema.fields.map(\.name))
    do {
      let scan = try SourceScan.open(
        source, Resources(threads: threads, memory: 1 << 28, scratch: scratch))
      let batches = try drain(scan, threads: threads)
      for batch in batches.sorted(by: { $0.sequence < $1.sequence }) {
        for row in 0..<batch.rowCount { scanned.rows.append(batch.columns.map { $0.value(row) }) }
      }
      if batches.map(\.sequence).sorted() != Array(0..<batches.count) {
        scanned.error = CocoaError(.coderInvalidValue)
      }
      scanned.report = scan.report
    } catch {
      scanned.error = error
    }
    if let path = source.rejectFile { scanned.rejects = (try? cells(path)) ?? [] }
    return scanned
  }

  static func drain(_ scan: SourceScan, threads: Int) throws -> [Batch] {
    let found = Mutex<[Batch]>([])
    let failed = Mutex<(any Error)?>(nil)
    let workers = (0..<threads).map { _ in
      Thread {
        do {
          while let batch = try scan.next() { found.withLock { $0.append(batch) } }
        } catch {
          failed.withLock { $0 = error }
        }
      }
    }
    for worker in workers { worker.start() }
    for worker in workers {
      while !worker.isFinished { usleep(200) }
    }
    if let error = failed.withLock({ $0 }) { throw error }
    return found.withLock { $0 }
  }

  private static func cells(_ path: String) throws -> [[String]] {
    let reader = try ReferenceReader(path: path)
    var rows: [[String]] = []
    var row = ReferenceRow()
    while try reader.next(&row) { rows.append(row.strings) }
    return rows
  }
}
