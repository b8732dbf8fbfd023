import Foundation
import GRDB
import Ingest
import Tabular

/// The SQLite database that remembers runs, inputs, outputs and counts. Holds counts and hashes,
/// never values.
public struct Ledger {
  private let database: DatabaseQueue

  /// - Parameter folder: the project's state folder.
  init(folder: String) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    let path = folder + "/ledger.sqlite"
    database = try DatabaseQueue(path: path, configuration: configuration)
    chmod(path, 0o600)
    try Self.migrations.migrate(database)
  }

  /// A project's ledger, for reading; nil when nothing has run yet.
  public static func open(root: String) throws -> Ledger? {
    let state = try StateFolder(root: root)
    guard FileManager.default.fileExists(atPath: state.path + "/ledger.sqlite") else { return nil }
    return try Ledger(folder: state.path)
  }

  private static var migrations: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, started TEXT NOT NULL,
            seconds REAL NOT NULL, outcome INTEGER NOT NULL, version TEXT NOT NULL,
            parameters TEXT NOT NULL);
          CREATE TABLE input (
            run INTEGER NOT NULL REFERENCES run(id), source TEXT NOT NULL, path TEXT NOT NULL,
            identity TEXT NOT NULL, bytes INTEGER NOT NULL, passed INTEGER NOT NULL,
            rejected INTEGER NOT NULL, skipped INTEGER NOT NULL);
          CREATE TABLE output (
            run INTEGER NOT NULL REFERENCES run(id), name TEXT NOT NULL, path TEXT NOT NULL,
            audience TEXT NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL, content_sha256 TEXT NOT NULL);
          CREATE TABLE step (
            run INTEGER NOT NULL REFERENCES run(id), step TEXT NOT NULL, stage TEXT NOT NULL,
            way TEXT NOT NULL, rows INTEGER NOT NULL);
          """)
    }
    return migrator
  }

  /// One run as `octroi runs` tells it.
  public struct Entry: Sendable, Codable {
    public let id: Int64
    public let pipeline: String
    /// ISO 8601, UTC.
    public let started: String
    public let seconds: Double
    /// The exit code.
    public let outcome: Int32
    public let read: Int
    public let rejected: Int
    public let outputs: Int
  }

  /// The latest runs, newest first.
  public func latest(_ count: Int) throws -> [Entry] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, pipeline, started, seconds, outcome,
            (SELECT coalesce(sum(passed + rejected + skipped), 0) FROM input
              WHERE run = run.id) AS read,
            (SELECT coalesce(sum(rejected), 0) FROM input WHERE run = run.id) AS rejected,
            (SELECT count(*) FROM output WHERE run = run.id) AS outputs
          FROM run ORDER BY id DESC LIMIT ?
          """, arguments: [count]
      ).map {
        Entry(
          id: $0["id"], pipeline: $0["pipeline"], started: $0["started"], seconds: $0["seconds"],
          outcome: $0["outcome"], read: $0["read"], rejected: $0["rejected"],
          outputs: $0["outputs"])
      }
    }
  }

  /// Remembers a run.
  func record(_ result: RunResult, plan: Plan, started: Date, version: String) throws {
    let parameters = plan.tellableParameters.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    try database.write { db in
      try db.execute(
        sql:
          "INSERT INTO run (pipeline, started, seconds, outcome, version, parameters) "
          + "VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          result.pipeline, started.formatted(.iso8601), result.seconds, result.exit.rawValue,
          version, parameters,
        ])
      let run = db.lastInsertedRowID
      for source in result.sources {
        for file in source.files {
          try db.execute(
            sql: "INSERT INTO input VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
              run, source.name, file.file.name, file.identity, file.bytes, file.counts.passed,
              file.counts.rejected, file.counts.skipped,
            ])
        }
      }
      for output in result.outputs {
        try db.execute(
          sql: "INSERT INTO output VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            run, output.name, output.path, output.audience, output.rows, output.bytes,
            output.sha256, output.contentSHA256,
          ])
      }
      for step in result.steps {
        var ways = ["in": step.tally.rowsIn, "out": step.tally.rowsOut]
        ways.merge(step.tally.left) { $1 }
        ways.merge(step.tally.made) { $1 }
        for (way, rows) in ways.sorted(by: { $0.key < $1.key }) {
          try db.execute(
            sql: "INSERT INTO step VALUES (?, ?, ?, ?, ?)",
            arguments: [run, step.step, step.stage, way, rows])
        }
      }
    }
  }
}
