import Foundation
import GRDB

/// What the ledger forgets, and what it remembers of that.
extension Ledger {
  /// A file as it was last published.
  struct PublishedFile: Sendable {
    let path: String
    let audience: String
    let sha256: String
    /// ISO 8601, UTC.
    let started: String
    let isCompanion: Bool
    let pipeline: String
    let output: String
  }

  /// Tables whose rows go with their run.
  private static let details = [
    "step", "input", "source_way", "reading", "definition", "parameter", "companion", "output",
  ]

  /// The files that lie where a run has put them, as the latest run that ended well left them.
  func published() throws -> [PublishedFile] {
    try database.read { db in
      let files = try Row.fetchAll(
        db,
        sql: """
          SELECT path, audience, sha256, started, max(run.id) AS latest, 0 AS companion,
            pipeline, name
          FROM output JOIN run ON run.id = output.run WHERE outcome = 0 GROUP BY path
          UNION ALL
          SELECT companion.path, companion.audience, companion.sha256, started, max(run.id), 1,
            pipeline, companion.output
          FROM companion JOIN run ON run.id = companion.run WHERE outcome = 0
          GROUP BY companion.path
          ORDER BY path
          """)
      return files.map {
        PublishedFile(
          path: $0["path"], audience: $0["audience"], sha256: $0["sha256"],
          started: $0["started"], isCompanion: $0["companion"], pipeline: $0["pipeline"],
          output: $0["name"])
      }
    }
  }

  /// Runs that began before a moment (ISO 8601, UTC).
  func runs(before moment: String) throws -> Int {
    try database.read { db in
      try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM run WHERE started < ? AND id IN (SELECT run FROM step UNION "
          + "SELECT run FROM input UNION SELECT run FROM definition UNION SELECT run FROM output)",
        arguments: [moment]) ?? 0
    }
  }

  /// Removes the accounts of runs that began before a moment. A run that something else still
  /// speaks of, such as a budget that was spent, stays as a row without details.
  func purge(before moment: String) throws {
    try database.write { db in
      try db.execute(sql: "PRAGMA secure_delete = ON")
      for table in Self.details {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE run IN (SELECT id FROM run WHERE started < ?)",
          arguments: [moment])
      }
      var unspoken = "started < ?"
      for table in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
      where !Self.details.contains(table) {
        for key in try Row.fetchAll(
          db, sql: "SELECT * FROM pragma_foreign_key_list(?)", arguments: [table])
        where key["table"] == "run" {
          let column: String = key["from"]
          unspoken += " AND id NOT IN (SELECT \(column) FROM \(table) WHERE \(column) NOT NULL)"
        }
      }
      try db.execute(sql: "DELETE FROM run WHERE \(unspoken)", arguments: [moment])
    }
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      try db.execute(sql: "VACUUM")
    }
  }

  /// Remembers what was purged: names, hashes, days; no values.
  func note(_ items: [Purge.Item], _ day: String) throws {
    try database.write { db in
      for item in items {
        try db.execute(
          sql: "INSERT INTO purged (day, kind, name, sha256, count, kept_days) "
            + "VALUES (?, ?, ?, ?, ?, ?)",
          arguments: [day, item.kind.rawValue, item.name, item.sha256, item.count, item.limit])
      }
    }
  }
}
