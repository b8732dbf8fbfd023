import Crypto
import Foundation
import GRDB
import Ingest
import StageKit
import Tabular

extension Ledger {
  /// Remembers a run.
  func record(_ result: RunResult, plan: Plan, started: Date, version: String) throws {
    let tellable = plan.tellableParameters
    let parameters = tellable.sorted { $0.key < $1.key }
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
      for source in result.sources { try Self.record(source, run, db) }
      for output in result.outputs {
        try db.execute(
          sql:
            "INSERT INTO output (run, name, path, audience, rows, bytes, sha256, content_sha256, "
            + "step) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            run, output.name, output.path, output.audience, output.rows, output.bytes,
            output.sha256, output.contentSHA256, output.step,
          ])
      }
      for step in result.steps { try Self.record(step, run, db) }
      try Self.record(plan, tellable, run, db)
    }
  }

  private static func record(_ source: SourceReport, _ run: Int64, _ db: Database) throws {
    for file in source.files {
      try db.execute(
        sql:
          "INSERT INTO input (run, source, path, identity, bytes, passed, rejected, skipped) "
          + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          run, source.name, file.file.name, file.identity, file.bytes, file.counts.passed,
          file.counts.rejected, file.counts.skipped,
        ])
    }
    let counts = source.counts
    let ways =
      counts.rejectedBy.map { ("rejected", $0.key.rawValue, $0.value) }
      + counts.skippedBy.map { ("skipped", $0.key.rawValue, $0.value) }
    for (kind, way, rows) in ways.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) where rows > 0 {
      try db.execute(
        sql: "INSERT INTO source_way (run, source, kind, way, rows) VALUES (?, ?, ?, ?, ?)",
        arguments: [run, source.name, kind, way, rows])
    }
  }

  private static func record(_ step: RunResult.Step, _ run: Int64, _ db: Database) throws {
    var ways = [("in", "in", step.tally.rowsIn), ("out", "out", step.tally.rowsOut)]
    ways += step.tally.left.sorted { $0.key < $1.key }.map { ("left", $0.key, $0.value) }
    ways += step.tally.made.sorted { $0.key < $1.key }.map { ("made", $0.key, $0.value) }
    for (kind, way, rows) in ways {
      try db.execute(
        sql:
          "INSERT INTO step (run, step, stage, way, rows, place, kind) "
          + "VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [run, step.step, step.stage, way, rows, step.place, kind])
    }
  }

  /// What the run was made of.
  private static func record(
    _ plan: Plan, _ tellable: [String: String], _ run: Int64, _ db: Database
  ) throws {
    for (step, reads) in plan.readings {
      try db.execute(
        sql: "INSERT INTO reading (run, step, reads) VALUES (?, ?, ?)",
        arguments: [run, step, reads])
    }
    for file in plan.files {
      try db.execute(
        sql: "INSERT INTO definition (run, path, sha256) VALUES (?, ?, ?)",
        arguments: [run, file.path, file.sha256])
    }
    let salt = try Data.fetchOne(db, sql: "SELECT value FROM salt") ?? Data()
    for parameter in plan.parameters {
      let text = "\(parameter.name)=\(PlanRecord.shown(parameter.value.value))"
      let code = HMAC<SHA256>.authenticationCode(
        for: Array(text.utf8), using: SymmetricKey(data: salt))
      try db.execute(
        sql: "INSERT INTO parameter (run, name, shown, digest) VALUES (?, ?, ?, ?)",
        arguments: [
          run, parameter.name, tellable[parameter.name], code.map(StateFolder.hex).joined(),
        ])
    }
  }
}

extension Plan {
  /// Which tables each step reads, in the order of the data's flow, each pair once.
  var readings: [(step: String, reads: String)] {
    var pairs: [(step: String, reads: String)] = []
    func add(_ step: String, _ reads: String) {
      guard step != reads, !pairs.contains(where: { $0 == (step, reads) }) else { return }
      pairs.append((step, reads))
    }
    for node in nodes {
      guard case .stage(_, _, let input, let sides) = node.work else { continue }
      add(node.step, nodes[input].step)
      for side in sides.values.sorted() { add(node.step, nodes[side].step) }
    }
    // A step without stages is its input under another name.
    for (name, end) in ends.sorted(by: { $0.key < $1.key }) { add(name, nodes[end].step) }
    return pairs
  }
}
