import Tabular

/// What is said of rows that found nothing in a table: a remark, or beyond a limit the run's
/// failure.
public struct UnmatchedRows: Sendable {
  /// The table's name, as the author knows it.
  public var table: String
  /// Cells of personal fields are never shown.
  public var isPersonal: Bool
  /// Whether keys are texts, so that a misspelling can be told.
  public var isSpelt: Bool
  /// How many rows may find nothing; nil for any number.
  public var limit: RowLimit?
  /// Whether rows with an empty key count too.
  public var countsEmpty: Bool
  /// Whether it goes without saying that some rows find nothing.
  public var isExpected: Bool
  /// The end of the failure's message: which rule is broken, and what to do.
  public var rule: Message

  /// Keys shown, and candidates looked at for each.
  private static let shown = 5
  private static let candidates = 20_000

  public init(
    table: String, isPersonal: Bool, isSpelt: Bool, limit: RowLimit?, countsEmpty: Bool,
    isExpected: Bool, rule: Message
  ) {
    (self.table, self.isPersonal, self.isSpelt) = (table, isPersonal, isSpelt)
    (self.limit, self.countsEmpty) = (limit, countsEmpty)
    (self.isExpected, self.rule) = (isExpected, rule)
  }

  /// - Throws: `OperatorError` when more rows found nothing than may.
  public func judge(
    _ report: Join.Report, _ index: JoinIndex, remark: (Message) -> Void
  ) throws {
    let empty = countsEmpty ? report.nullKeys : 0
    let lost = report.unmatched + empty
    let isTooMany = limit.map { !$0.allows(lost, of: report.rows) } ?? false
    guard lost > 0, isTooMany || !isExpected else { return }
    let text = message(
      lost, of: report.rows, empty: empty,
      examples: try isPersonal ? nil : examples(report, index))
    guard isTooMany else { return remark(text) }
    throw OperatorError(
      Message(en: "\(text.en): \(rule.en)", fr: "\(text.fr) : \(rule.fr)"))
  }

  private func examples(_ report: Join.Report, _ index: JoinIndex) throws -> [Message] {
    let top = try report.unmatchedKeys.top(Self.shown)
    // Numbers and dates near each other are not misspellings of each other.
    let columns = isSpelt ? try index.keys(limit: Self.candidates) : []
    let known = (0..<(columns.first?.count ?? 0)).map { row in
      columns.map { Self.text($0.value(row)) }.joined(separator: " / ")
    }
    return top.map { key, count in
      let text = key.map(Self.text).joined(separator: " / ")
      let nearest = Suggestion.nearest(to: text, among: known)
      return Message(
        en: "'\(text)' (\(count)\(nearest.map { ", nearest: '\($0)'" } ?? ""))",
        fr: "« \(text) » (\(count)\(nearest.map { ", le plus proche : « \($0) »" } ?? ""))")
    }
  }

  /// - Parameter examples: nil where the keys may not be shown.
  private func message(
    _ lost: Int, of rows: Int, empty: Int, examples: [Message]?
  ) -> Message {
    var en = "\(lost) of \(rows) row\(rows == 1 ? "" : "s") found no match in '\(table)'"
    var fr = "\(lost) ligne\(lost > 1 ? "s" : "") sur \(rows) sans correspondance dans "
    fr += "« \(table) »"
    if empty > 0 {
      en += ", \(empty) of them with an empty key"
      fr += ", dont \(empty) à clé vide"
    }
    guard let examples else {
      return Message(
        en: en + "; the keys are personal and not shown",
        fr: fr + " ; les clés sont personnelles et ne sont pas montrées")
    }
    guard !examples.isEmpty else { return Message(en: en, fr: fr) }
    return Message(
      en: en + "; most often " + examples.map(\.en).joined(separator: ", "),
      fr: fr + " ; le plus souvent " + examples.map(\.fr).joined(separator: ", "))
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
