import Foundation
import GRDB

/// All that the ledger remembers of one run.
struct RunAccount: Sendable {
  struct Input: Sendable {
    let source: String
    let path: String
    let identity: String
    let passed: Int
    let rejected: Int
    let skipped: Int
  }

  struct SourceWay: Sendable, Hashable {
    let source: String
    /// `rejected` or `skipped`.
    let kind: String
    let way: String
    let rows: Int
  }

  struct StageCount: Sendable {
    let step: String
    let place: Int
    let stage: String
    /// `in`, `out`, `left` or `made`.
    let kind: String
    let way: String
    let rows: Int
  }

  struct Output: Sendable {
    let name: String
    let step: String
    let rows: Int
    let contentSHA256: String
  }

  let id: Int64
  let pipeline: String
  /// ISO 8601, UTC.
  let started: String
  let outcome: Int32
  let version: String
  let inputs: [Input]
  let sourceWays: [SourceWay]
  let counts: [StageCount]
  let outputs: [Output]
  let readings: [(step: String, reads: String)]
  /// SHA-256 by path.
  let definitions: [String: String]
  /// Values where they may be told, and digests.
  let parameters: [String: (shown: String?, digest: String)]

  init(_ db: Database, run: Row) throws {
    let id: Int64 = run["id"]
    self.id = id
    (pipeline, started) = (run["pipeline"], run["started"])
    (outcome, version) = (run["outcome"], run["version"])
    let rows = { (sql: String) in
      try Row.fetchAll(db, sql: sql + " WHERE run = ? ORDER BY rowid", arguments: [id])
    }
    inputs = try rows("SELECT * FROM input").map {
      Input(
        source: $0["source"], path: $0["path"], identity: $0["identity"], passed: $0["passed"],
        rejected: $0["rejected"], skipped: $0["skipped"])
    }
    sourceWays = try rows("SELECT * FROM source_way").map {
      SourceWay(source: $0["source"], kind: $0["kind"], way: $0["way"], rows: $0["rows"])
    }
    counts = try rows("SELECT * FROM step").map {
      StageCount(
        step: $0["step"], place: $0["place"], stage: $0["stage"], kind: $0["kind"], way: $0["way"],
        rows: $0["rows"])
    }
    outputs = try rows("SELECT * FROM output").map {
      Output(
        name: $0["name"], step: $0["step"], rows: $0["rows"], contentSHA256: $0["content_sha256"])
    }
    readings = try rows("SELECT * FROM reading").map { ($0["step"], $0["reads"]) }
    definitions = try Dictionary(
      rows("SELECT * FROM definition").map { ($0["path"], $0["sha256"]) }, uniquingKeysWith: { $1 })
    parameters = try Dictionary(
      rows("SELECT * FROM parameter").map { ($0["name"], ($0["shown"], $0["digest"])) },
      uniquingKeysWith: { $1 })
  }

  /// Names that can be asked about: sources, steps, outputs.
  var names: [String] {
    let steps = counts.map(\.step) + readings.map(\.step)
    return Set(inputs.map(\.source) + steps + outputs.map(\.name)).sorted()
  }
}

extension Ledger {
  /// The newest run that fits, of those that were recorded with an account.
  /// - Parameters:
  ///   - pipeline: of this pipeline only.
  ///   - id: this run only.
  ///   - before: only runs before this one.
  ///   - done: whether it must have ended well.
  ///   - most: how many runs are looked at.
  func account(
    pipeline: String? = nil, id: Int64? = nil, before: Int64? = nil, done: Bool = true,
    most: Int = 1, where fits: (RunAccount) -> Bool = { _ in true }
  ) throws -> RunAccount? {
    try database.read { db in
      let runs = try Row.fetchAll(
        db,
        sql: """
          SELECT id, pipeline, started, outcome, version FROM run
          WHERE (? IS NULL OR pipeline = ?) AND (? IS NULL OR id = ?) AND (? IS NULL OR id < ?)
            AND (? = 0 OR outcome = 0)
            AND id IN (SELECT run FROM definition)
          ORDER BY id DESC LIMIT ?
          """, arguments: [pipeline, pipeline, id, id, before, before, done ? 1 : 0, most])
      for run in runs {
        let account = try RunAccount(db, run: run)
        if fits(account) { return account }
      }
      return nil
    }
  }
}
