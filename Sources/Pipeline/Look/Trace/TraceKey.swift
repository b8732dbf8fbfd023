import StageKit
import Tabular

/// What tells the rows that somebody follows: a field of a source and its value there. The value
/// may be personal: it goes into no message.
public struct TraceKey: Sendable {
  public let field: String
  private let text: String

  /// - Parameter text: the value as typed: dates by ISO 8601, numbers with a point; empty for rows
  ///   without a value.
  public init(field: String, text: String) { (self.field, self.text) = (field, text) }

  /// Whether a row of a column has the value.
  func matcher(_ type: DataType) -> @Sendable (Column, Int) -> Bool {
    if type == .text {
      let (text, bytes) = (text, Array(text.utf8))
      return { column, row in
        guard column.validity[row] else { return bytes.isEmpty }
        guard case .text(let texts) = column.values else { return false }
        let cell = texts.bytes[texts.range(row)]
        if cell.elementsEqual(bytes) { return true }
        // An accent may be written in two ways, which strings hold for the same.
        return cell.contains { $0 >= 0x80 } && String(decoding: cell, as: UTF8.self) == text
      }
    }
    if text.isEmpty { return { column, row in !column.validity[row] } }
    guard let value = ParameterResolver.constant(text, type) else { return { _, _ in false } }
    return { column, row in column.value(row) == value }
  }

  /// Whether the text of a cell, as it stands in a file, is the value: the same text, or the same
  /// number.
  var textMatcher: @Sendable (String) -> Bool {
    let wanted = text.trimmed
    let number = ParameterResolver.constant(wanted, .decimal)
    return { cell in
      let cell = cell.trimmed
      if cell == wanted { return true }
      guard let number else { return false }
      return ParameterResolver.constant(cell.replacing(",", with: "."), .decimal) == number
    }
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
  }
}
