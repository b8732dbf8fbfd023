import Foundation
import GRDB
import Ingest
import Tabular

/// The SQLite database that remembers runs, inputs, outputs and counts. Holds counts and hashes,
/// never values.
public struct Ledger {
  let database: DatabaseQueue

  /// - Parameter folder: the project's state folder.
  init(folder: String) throws {
    var configuration = Configuration()
    // A run may be writing its account while somebody reads.
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    let path = folder + "/ledger.sqlite"
    database = try DatabaseQueue(path: path, configuration: configuration)
    chmod(path, 0o600)
    try LedgerSchema.migrations.migrate(database)
  }

  /// A project's ledger, for reading; nil when nothing has run yet.
  public static func open(root: String) throws -> Ledger? {
    let state = try StateFolder(root: root)
    guard FileManager.default.fileExists(atPath: state.path + "/ledger.sqlite") else { return nil }
    return try Ledger(folder: state.path)
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
}
