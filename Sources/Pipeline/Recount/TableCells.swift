import Ingest

/// A row that was read back.
protocol TableCells {
  /// The bytes of a cell; nil for none.
  func cell(_ column: Int) -> ArraySlice<UInt8>?
}

extension ReferenceRow: TableCells {
  func cell(_ column: Int) -> ArraySlice<UInt8>? {
    column >= count || isNull(column) ? nil : self[column]
  }
}

/// A row of a JSON file.
struct ObjectCells: TableCells {
  let names: [String]
  let object: [String: Any]

  func cell(_ column: Int) -> ArraySlice<UInt8>? {
    guard column < names.count else { return nil }
    switch object[names[column]] {
    case let text as String: return Array(text.utf8)[...]
    case let number?: return "\(number)" == "<null>" ? nil : Array("\(number)".utf8)[...]
    case nil: return nil
    }
  }
}

/// Is handed rows.
protocol RowTaker {
  mutating func take(_ cells: some TableCells)
}
