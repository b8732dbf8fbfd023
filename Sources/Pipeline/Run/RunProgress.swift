import Reports
import Tabular

/// How far a run is, told once a batch.
public struct RunProgress: Sendable {
  /// The source that is being read, or the step whose table is being worked on.
  public let table: String
  /// Rows of the batch just worked on.
  public let rows: Int
  /// Bytes of the source's files read so far, as they lie on disk; nil for tables in memory.
  public let bytes: Int?
  /// Bytes of the source's files.
  public let total: Int?

  public init(table: String, rows: Int, bytes: Int?, total: Int?) {
    (self.table, self.rows, self.bytes, self.total) = (table, rows, bytes, total)
  }

  /// `demandes  ━━━━━━━━━━──────────  48 %  3,411,200 rows  412 MB/s  0:02 left`
  /// - Parameters:
  ///   - rows: of the table so far.
  ///   - seconds: since its first batch.
  public func line(rows: Int, seconds: Double, _ language: Language) -> String {
    let count = Typography.count(rows, language)
    var parts = [
      TerminalText.safe(table),
      Message(en: "\(count) rows", fr: "\(count) lignes").text(language),
    ]
    if let bytes, let total, total > 0 {
      let share = min(max(Double(bytes) / Double(total), 0), 1)
      let filled = Int(share * 20)
      let bar =
        String(repeating: "━", count: filled) + String(repeating: "─", count: 20 - filled)
      let percent = Int(share * 100)
      parts.insert(bar, at: 1)
      parts.insert(
        Message(en: "\(percent)%", fr: "\(percent)\u{202f}%").text(language), at: 2)
      if seconds > 0.3 {
        let speed = Typography.bytes(Int(Double(bytes) / seconds), language)
        parts.append(speed + "/s")
        let left = share > 0 ? Int(min(seconds / share - seconds, 359_999).rounded(.up)) : 0
        let clock = "\(left / 60):" + (left % 60 < 10 ? "0" : "") + "\(left % 60)"
        parts.append(Message(en: "\(clock) left", fr: "reste \(clock)").text(language))
      }
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }
}
