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
        if result.exit == .done, let told = output.told, told.isPersonal {
          try Self.remember(told, db)
        }
        for companion in output.companions {
          try db.execute(
            sql: "INSERT INTO companion (run, output, path, audience, bytes, sha256) "
              + "VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
              run, output.name, companion.path, output.audience, companion.bytes,
              companion.sha256,
            ])
        }
      }
      if result.exit == .done { try Self.recordPseudonyms(plan, run, started, db) }
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

  /// How the pseudonyms in each output were made, and who may have received them.
  private static func recordPseudonyms(
    _ plan: Plan, _ run: Int64, _ started: Date, _ db: Database
  ) throws {
    for output in plan.leaving {
      let recipients = plan.recipients(of: output).joined(separator: "; ")
      for use in plan.pseudonymUses(of: output) {
        try db.execute(
          sql: "INSERT INTO pseudonym (run, output, path, audience, recipients, started, kind, "
            + "scope, domain, format, length, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            run, output.name, output.path, output.audience.name, recipients,
            started.formatted(.iso8601), use.kind.rawValue, use.scope, use.domain, use.format,
            use.length, use.key,
          ])
      }
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
  /// The nodes that an output is made of, in their order.
  func ancestors(of output: PlannedOutput) -> [PlanNode] {
    let wanted = nodes.read(by: [output.node])
    return nodes.filter { wanted.contains($0.id) }
  }

  /// How pseudonyms that may be in an output are made, each way once.
  func pseudonymUses(of output: PlannedOutput) -> [PseudonymUse] {
    var uses: [PseudonymUse] = []
    for node in ancestors(of: output) {
      guard case .stage(_, let stage, _, _) = node.work,
        let making = stage as? any PseudonymMaking
      else { continue }
      for use in making.pseudonymUses where !uses.contains(use) { uses.append(use) }
    }
    return uses
  }

  /// Who receives an output, as the governance entries of its sources say; sorted.
  func recipients(of output: PlannedOutput) -> [String] {
    var recipients: Set<String> = []
    for node in ancestors(of: output) {
      guard case .source(let source) = node.work else { continue }
      for (key, value) in source.governance.fields where key == "recipients" {
        recipients.formUnion(
          value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
      }
    }
    return recipients.sorted()
  }

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
