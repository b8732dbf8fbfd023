import Crypto
import Foundation
import GRDB

/// A run as the ledger remembers it, for lineage: which files went in and came out.
struct LineageRun: Sendable {
  /// A source's file.
  struct Input: Sendable {
    let source: String
    /// From the project's root.
    let path: String
    let bytes: Int
    let read: Int
    let rejected: Int
  }

  struct Output: Sendable {
    let name: String
    /// From the project's root.
    let path: String
    let rows: Int
    let bytes: Int
    let sha256: String
  }

  /// The same whenever the ledger is asked, and another in another ledger.
  let id: String
  let pipeline: String
  /// ISO 8601, UTC.
  let started: String
  let seconds: Double
  let outcome: Int32
  let version: String
  let inputs: [Input]
  let outputs: [Output]
  /// SHA-256 by path.
  let definitions: [String: String]
}

extension Ledger {
  /// The latest runs, oldest first.
  func lineage(last count: Int, root: String) throws -> [LineageRun] {
    try database.read { db in
      let salt = try Data.fetchOne(db, sql: "SELECT value FROM salt") ?? Data()
      let runs = try Row.fetchAll(
        db, sql: "SELECT * FROM run ORDER BY id DESC LIMIT ?", arguments: [count])
      return try runs.reversed().map { try Self.run($0, db, salt, root) }
    }
  }

  private static func run(
    _ run: Row, _ db: Database, _ salt: Data, _ root: String
  ) throws -> LineageRun {
    let id: Int64 = run["id"]
    func rows(_ table: String) throws -> [Row] {
      try Row.fetchAll(
        db, sql: "SELECT * FROM \(table) WHERE run = ? ORDER BY rowid", arguments: [id])
    }
    func shown(_ path: String) -> String { SpecFiles.shown(path, from: root, name: path) }
    return LineageRun(
      id: uuid("\(id)", salt), pipeline: run["pipeline"], started: run["started"],
      seconds: run["seconds"], outcome: run["outcome"], version: run["version"],
      inputs: try rows("input").map {
        LineageRun.Input(
          source: $0["source"], path: shown($0["path"]), bytes: $0["bytes"],
          read: ($0["passed"] as Int) + ($0["rejected"] as Int) + ($0["skipped"] as Int),
          rejected: $0["rejected"])
      },
      outputs: try rows("output").map {
        LineageRun.Output(
          name: $0["name"], path: shown($0["path"]), rows: $0["rows"], bytes: $0["bytes"],
          sha256: $0["sha256"])
      },
      definitions: try Dictionary(
        rows("definition").map { ($0["path"], $0["sha256"]) }, uniquingKeysWith: { $1 }))
  }

  /// A UUID of version 8 (RFC 9562) of the ledger's salt and a name.
  private static func uuid(_ name: String, _ salt: Data) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("lineage \(name)".utf8), using: SymmetricKey(data: salt))
    var bytes = Array(code.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(bytes.map(StateFolder.hex).joined())
    let ends = [8, 12, 16, 20, 32]
    return zip([0] + ends, ends).map { String(digits[$0..<$1]) }.joined(separator: "-")
  }
}
