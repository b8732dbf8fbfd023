import StageKit
import Tabular

/// Cells as text: how test tables are written.
public enum CellText {
  /// - Returns: nil when the text is no value of the type.
  public static func value(_ text: String, _ type: DataType) -> Value? {
    let bytes = Array(text.utf8)
    switch type {
    case .text: return .text(text)
    case .boolean: return Bool(text).map { .boolean($0) }
    case .integer: return Int64(text).map { .integer($0) }
    case .decimal: return NumberText.decimal(bytes.span).map { .decimal($0) }
    case .double: return Double(text).map { .double($0) }
    case .date: return IsoText.date(bytes.span).map { .date($0) }
    case .datetime(let zoned):
      guard let (micros, hasZone) = IsoText.datetime(bytes.span), hasZone == zoned else {
        return nil
      }
      return .datetime(micros, zoned: zoned)
    }
  }

  /// The text of a cell; null is empty, as in files.
  public static func text(_ value: Value, decimals: Int? = nil) -> String {
    var bytes: [UInt8] = []
    switch value {
    case .null: return ""
    case .text(let text): return text.isEmpty ? "\"\"" : quoted(text)
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .decimal(let value): NumberText.append(value.trimmed, decimals: decimals ?? 0, to: &bytes)
    case .double(let value): return "\(value)"
    case .date(let days): IsoText.append(date: days, to: &bytes)
    case .datetime(let micros, let zoned):
      IsoText.append(datetime: micros, zoned: zoned, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// The rows of a CSV text: nil for a cell with nothing in it, empty for `""`.
  public static func rows(_ text: String) -> [[String?]] {
    var rows: [[String?]] = []
    var row: [String?] = []
    var cell: String?
    var inQuotes = false
    var characters = Array(text.unicodeScalars)[...]
    if characters.last != "\n" { characters.append("\n") }
    while let next = characters.popFirst() {
      switch next {
      case "\"" where inQuotes && characters.first == "\"":
        cell = (cell ?? "") + "\""
        characters.removeFirst()
      case "\"":
        inQuotes.toggle()
        cell = cell ?? ""
      case "," where !inQuotes:
        row.append(cell)
        cell = nil
      case "\n" where !inQuotes:
        row.append(cell)
        rows.append(row)
        (row, cell) = ([], nil)
      default:
        cell = (cell ?? "") + String(next)
      }
    }
    return rows
  }
}
