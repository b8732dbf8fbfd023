import Tabular

/// The keys of a block's rows as bytes that are equal exactly when the values are, and their
/// hashes: made outside the ordered gate, compared inside.
struct KeyColumn {
  let bytes: [UInt8]
  private let ends: [Int]
  let hashes: [UInt64]
  /// Rows without a key: a value is missing.
  let isNull: [Bool]

  /// - Parameter columns: the fields of the key, all with the same number of rows.
  init(_ columns: [Column], rows: Int, _ hash: KeyHash) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var hashes: [UInt64] = []
    var isNull: [Bool] = []
    ends.reserveCapacity(rows)
    hashes.reserveCapacity(rows)
    for row in 0..<rows {
      let start = bytes.count
      var null = false
      for column in columns {
        if column.validity[row] {
          KeyColumn.append(column, row, isOnly: columns.count == 1, &bytes)
        } else {
          null = true
        }
      }
      ends.append(bytes.count)
      isNull.append(null)
      hashes.append(null ? 0 : hash(bytes, start..<bytes.count))
    }
    (self.bytes, self.ends, self.hashes, self.isNull) = (bytes, ends, hashes, isNull)
  }

  /// The key of a row in `bytes`.
  func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  private static func append(
    _ column: Column, _ row: Int, isOnly: Bool, _ bytes: inout [UInt8]
  ) {
    switch column.values {
    case .text(let values):
      let range = values.range(row)
      // A length in front keeps ("a", "bc") and ("ab", "c") apart.
      if !isOnly { append(UInt64(range.count), &bytes) }
      bytes.append(contentsOf: values.bytes[range])
    case .boolean(let values): bytes.append(values[row] ? 1 : 0)
    case .integer(let values), .datetime(let values, _):
      append(UInt64(bitPattern: values[row]), &bytes)
    case .date(let values): append(UInt64(truncatingIfNeeded: values[row]), &bytes)
    case .double(let values): append(values[row].bitPattern, &bytes)
    case .decimal(let values):
      let value = Decimal(digits: values[row], scale: values.scale).trimmed
      append(UInt64(truncatingIfNeeded: value.digits), &bytes)
      append(UInt64(truncatingIfNeeded: value.digits >> 64), &bytes)
      bytes.append(UInt8(truncatingIfNeeded: value.scale))
    case .absent: return
    }
  }

  private static func append(_ value: UInt64, _ bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
