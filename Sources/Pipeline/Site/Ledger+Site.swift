import GRDB

extension Ledger {
  /// A run in short.
  struct RunLine: Sendable {
    let id: Int64
    let pipeline: String
    /// ISO 8601, UTC.
    let started: String
    let seconds: Double
    let outcome: Int32
    /// Rows; nil where the account has been purged or nothing was read.
    let read: Int?
    let rejected: Int?
    /// Rows of tables; nil where none was published.
    let published: Int?
  }

  /// A table or report that a run published.
  struct Publication: Sendable {
    let pipeline: String
    /// ISO 8601, UTC.
    let started: String
    let name: String
    let path: String
    let audience: String
    let rows: Int
    let contentSHA256: String
  }

  /// All that it remembers, as it was at one moment; the newest first.
  func history() throws -> (runs: [RunLine], publications: [Publication]) {
    try database.read { db in
      let runs = try Row.fetchAll(
        db,
        sql: """
          SELECT id, pipeline, started, seconds, outcome, read, rejected, published FROM run
          LEFT JOIN (SELECT run, sum(passed + rejected + skipped) AS read,
            sum(rejected) AS rejected FROM input GROUP BY run) AS inputs ON inputs.run = run.id
          LEFT JOIN (SELECT run, sum(rows) AS published FROM output
            WHERE path NOT LIKE '%.html' GROUP BY run) AS outputs ON outputs.run = run.id
          ORDER BY id DESC
          """)
      let publications = try Row.fetchAll(
        db,
        sql: """
          SELECT pipeline, started, name, path, audience, rows, content_sha256 FROM output
          JOIN run ON run.id = output.run WHERE outcome = 0
          ORDER BY run.id DESC, output.rowid
          """)
      return (
        runs.map {
          RunLine(
            id: $0["id"], pipeline: $0["pipeline"], started: $0["started"],
            seconds: $0["seconds"], outcome: $0["outcome"], read: $0["read"],
            rejected: $0["rejected"], published: $0["published"])
        },
        publications.map {
          Publication(
            pipeline: $0["pipeline"], started: $0["started"], name: $0["name"], path: $0["path"],
            audience: $0["audience"], rows: $0["rows"], contentSHA256: $0["content_sha256"])
        }
      )
    }
  }
}
