/// Why a field's text is no value of its type.
public enum DecodeFault: String, Sendable, CaseIterable {
  case badNumber = "bad_number"
  /// More than 18 digits, or outside 64 bits.
  case numberTooLong = "number_too_long"
  case badDate = "bad_date"
  case badDatetime = "bad_datetime"
  case badBoolean = "bad_boolean"
  /// `#N/A`, `#REF!` and the like in place of a value.
  case excelError = "excel_error"
}

/// A column decoded from a morsel, with the records whose field could not be.
public struct DecodedColumn: Sendable {
  public var column: Column
  /// Ascending by record; those rows are null in the column.
  public var failures: [(record: Int, fault: DecodeFault)]

  public init(column: Column, failures: [(record: Int, fault: DecodeFault)] = []) {
    (self.column, self.failures) = (column, failures)
  }
}

/// Errors that spreadsheets write in place of a value, in English and French.
enum ExcelError {
  private static let texts: [[UInt8]] = [
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALEUR!", "#NOM?",
    "#NOMBRE!", "#NUL!",
  ].map { Array($0.utf8) }

  static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, bytes[range.lowerBound] == UInt8(ascii: "#") else { return false }
    return texts.contains { text in
      guard text.count == range.count else { return false }
      for index in 0..<text.count where bytes[range.lowerBound + index] != text[index] {
        return false
      }
      return true
    }
  }
}
