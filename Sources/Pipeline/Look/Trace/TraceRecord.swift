import Foundation
import Ingest
import StageKit
import Tabular

/// A trace for machines.
private struct TraceRecord: Encodable {
  struct NotRow: Encodable {
    let file: String
    let line: Int
    /// `rejected` or `skipped`.
    let fate: String
    let reason: String
    let field: String?
    let rule: String?
  }

  struct Source: Encodable {
    let source: String
    let read: Int
    let matched: Int
    let followed: Int
    /// Records with the value that are no rows; the first of them are told.
    let lost: Int
    let notRows: [NotRow]
  }

  struct Cell: Encodable {
    let field: String
    let masked: Bool
    let value: String?
  }

  struct Change: Encodable {
    let field: String
    let change: FieldChange.Kind
    let masked: Bool
    let before: String?
    let after: String?
  }

  struct Stage: Encodable {
    let step: String
    let place: Int
    let stage: String
    let file: String
    let line: Int
    let column: Int
    /// `kept`, `multiplied`, `left`, `grouped`, `side` or `lost`.
    let fate: String
    var ways: [String]?
    var rows: Int?
    var group: [Cell]?
    var table: String?
    let changes: [Change]
  }

  struct Row: Encodable {
    let source: String
    let file: String
    let line: Int
    let stages: [Stage]
    let outputs: [String]
  }

  struct Warning: Encodable {
    let step: String
    let place: Int
    let stage: String
    let message: String
  }

  let field: String
  let sources: [Source]
  let rows: [Row]
  let warnings: [Warning]

  init(_ trace: Trace, _ language: Language) {
    field = trace.field
    sources = trace.sources.map { source in
      Source(
        source: source.name, read: source.read, matched: source.matched,
        followed: trace.rows.count { $0.start.source == source.name },
        lost: source.lost, notRows: source.rejects.compactMap(Self.notRow))
    }
    rows = trace.rows.map { row in
      Row(
        source: row.start.source, file: row.start.file, line: row.start.line,
        stages: row.events.compactMap { Self.stage($0, trace) }, outputs: row.outputs)
    }
    warnings = trace.warnings.compactMap { warning in
      trace.stage(warning.node).map {
        Warning(
          step: $0.step, place: $0.place, stage: $0.declaration.name,
          message: warning.message.text(language))
      }
    }
  }

  private static func notRow(_ notice: RecordWatch.Notice) -> NotRow? {
    switch notice.fate {
    case .row: nil
    case .rejected(let kind, let column, let rule):
      NotRow(
        file: notice.file, line: notice.line, fate: "rejected", reason: kind.rawValue,
        field: column, rule: rule)
    case .skipped(let kind):
      NotRow(
        file: notice.file, line: notice.line, fate: "skipped", reason: kind.rawValue, field: nil,
        rule: nil)
    }
  }

  private static func stage(_ event: TraceEvent, _ trace: Trace) -> Stage? {
    guard let stage = trace.stage(event.node) else { return nil }
    let position = trace.plan.nodes[event.node].position
    let changes = event.changes.map {
      Change(
        field: $0.field, change: $0.kind, masked: !$0.isShown, before: $0.before, after: $0.after)
    }
    var told = Stage(
      step: stage.step, place: stage.place, stage: stage.declaration.name, file: position.file,
      line: position.line, column: position.column, fate: event.fate.word, changes: changes)
    switch event.fate {
    case .kept, .lost: break
    case .multiplied(let count): told.rows = count
    case .left(let ways): told.ways = ways
    case .grouped(let fields):
      told.group = fields.map { Cell(field: $0.name, masked: !$0.isShown, value: $0.text) }
    case .side(let table): told.table = table
    }
    return told
  }
}

extension TraceEvent.Fate {
  /// For machines.
  fileprivate var word: String {
    switch self {
    case .kept: "kept"
    case .multiplied: "multiplied"
    case .left: "left"
    case .grouped: "grouped"
    case .side: "side"
    case .lost: "lost"
    }
  }
}

extension Trace {
  /// The same as JSON; warnings in a language.
  public func json(_ language: Language) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let record = try encoder.encode(TraceRecord(self, language))
    return TerminalText.safeJSON(String(decoding: record, as: UTF8.self)) + "\n"
  }
}
