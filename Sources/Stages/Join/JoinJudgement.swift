import StageKit
import Tabular

/// What is said of rows without match: a remark, or the run's failure beyond the limit.
struct JoinJudgement: Sendable {
  private let table: String
  private let keys: [JoinOptions.Key]
  private let limit: RowLimit?
  private let isExpected: Bool
  private let index: JoinIndex
  private let remark: @Sendable (Message) -> Void

  /// Keys shown, and candidates looked at for each.
  private static let shown = 5
  private static let candidates = 20_000

  init(options: JoinOptions, index: JoinIndex, remark: @escaping @Sendable (Message) -> Void) {
    (table, keys, limit) = (options.table, options.keys, options.mostUnmatched)
    switch options.kind {
    case .left, .inner: isExpected = false
    // These are there to tell the ones from the others.
    case .semi, .anti: isExpected = true
    }
    (self.index, self.remark) = (index, remark)
  }

  /// - Throws: `OperatorError` when more rows are unmatched than may be.
  func judge(_ report: Join.Report) throws {
    let lost = report.unmatched + report.nullKeys
    let isTooMany = limit.map { !$0.allows(lost, of: report.rows) } ?? false
    guard lost > 0, isTooMany || !isExpected else { return }
    let text = JoinMessages.unmatched(
      lost, of: report.rows, in: table, empty: report.nullKeys,
      examples: try isPersonal ? nil : examples(report))
    if isTooMany { throw OperatorError(JoinMessages.tooMany(text)) }
    remark(text)
  }

  /// Cells of personal fields are never shown.
  private var isPersonal: Bool {
    keys.contains { $0.here.privacy.isPersonal || $0.there.privacy.isPersonal }
  }

  private func examples(_ report: Join.Report) throws -> [JoinMessages.Example] {
    let top = try report.unmatchedKeys.top(Self.shown)
    let columns = try index.keys(limit: Self.candidates)
    let count = columns.first?.count ?? 0
    // Numbers and dates near each other are not misspellings of each other.
    let isSpelt = keys.contains { $0.here.type == .text }
    let known = (0..<(isSpelt ? count : 0)).map { row in
      columns.map { Self.text($0.value(row)) }.joined(separator: " / ")
    }
    return top.map { key, count in
      let text = key.map(Self.text).joined(separator: " / ")
      return JoinMessages.Example(
        key: text, count: count, nearest: Suggestion.nearest(to: text, among: known))
    }
  }

  private static func text(_ value: Value) -> String {
    var bytes: [UInt8] = []
    switch value {
    case .null: return ""
    case .text(let text): return text.count > 60 ? text.prefix(57) + "…" : text
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .decimal(let value): NumberText.append(value.trimmed, to: &bytes)
    case .double(let value): return "\(value)"
    case .date(let days): IsoText.append(date: days, to: &bytes)
    case .datetime(let micros, let zoned):
      IsoText.append(datetime: micros, zoned: zoned, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
