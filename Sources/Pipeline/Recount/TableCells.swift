import Ingest

/// A row that was read back.
protocol TableCells {
  /// The bytes of a cell; nil for none.
  func cell(_ column: Int) -> ArraySlice<UInt8>?

  /// How many they are; nil for none.
  func length(_ column: Int) -> Int?

  /// Appends them, for many cells of many rows.
  func append(_ column: Int, to bytes: inout [UInt8])
}

extension TableCells {
  func length(_ column: Int) -> Int? { cell(column)?.count }

  func append(_ column: Int, to bytes: inout [UInt8]) { bytes += cell(column) ?? [] }

  /// Appends a cell so that no two rows of cells have the same bytes: an empty cell is a value of
  /// its own, and not the same as an empty text.
  func appendKey(_ column: Int, to key: inout [UInt8]) {
    guard let length = length(column) else { return key.append(0) }
    key.append(1)
    withUnsafeBytes(of: UInt64(length).littleEndian) { key.append(contentsOf: $0) }
    append(column, to: &key)
  }
}

extension ReferenceRow: TableCells {
  func cell(_ column: Int) -> ArraySlice<UInt8>? {
    column >= count || isNull(column) ? nil : self[column]
  }

  func length(_ column: Int) -> Int? {
    column >= count || isNull(column) ? nil : length(of: column)
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
