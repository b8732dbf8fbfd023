import StageKit
import Tabular

/// Turns batches into the bytes of a file: something before, the rows of each batch, something
/// after. Works on one batch at a time, so that workers can encode side by side.
public protocol TableEncoder: Sendable {
  /// What stands before the first row.
  func opening() -> [UInt8]
  /// The rows of a batch.
  /// - Parameter isFirst: whether no row stands before them.
  func rows(_ batch: Batch) -> [UInt8]
  /// Between the rows of two batches that both have some.
  var separator: [UInt8] { get }
  /// What stands after the last row.
  func closing() -> [UInt8]
}

/// CSV by RFC 4180: CRLF, quotes where needed, null empty, empty text `""`.
public struct CSVEncoder: TableEncoder {
  let fields: [Field]
  let shape: TextShape

  public init(fields: [Field], shape: TextShape) { (self.fields, self.shape) = (fields, shape) }

  public let separator: [UInt8] = []

  public func opening() -> [UInt8] {
    var bytes: [UInt8] = shape.byteOrderMark ? [0xef, 0xbb, 0xbf] : []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(shape.delimiter) }
      appendText(Array(field.name.utf8)[...], &bytes)
    }
    bytes += [13, 10]
    return bytes
  }

  public func rows(_ batch: Batch) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.rowCount * fields.count * 8)
    for row in 0..<batch.rowCount {
      for (index, column) in batch.columns.enumerated() {
        if index > 0 { bytes.append(shape.delimiter) }
        if column.validity[row] { append(column, row, fields[index].decimals, &bytes) }
      }
      bytes += [13, 10]
    }
    return bytes
  }

  public func closing() -> [UInt8] { [] }

  private func append(_ column: Column, _ row: Int, _ decimals: Int?, _ bytes: inout [UInt8]) {
    switch column.values {
    case .text(let values): appendText(values.bytes[values.range(row)], &bytes)
    case .boolean(let values): bytes += (values[row] ? shape.yes : shape.no).utf8
    case .integer(let values): NumberText.append(values[row], to: &bytes)
    case .decimal(let values):
      NumberText.append(
        values[row], scale: values.scale, decimals: decimals, mark: shape.decimalMark, to: &bytes)
    case .double(let values):
      NumberText.append(values[row], mark: shape.decimalMark, to: &bytes)
    case .date(let values): DateText.append(day: values[row], iso: shape.isoDates, to: &bytes)
    case .datetime(let values, let zoned):
      DateText.append(moment: values[row], zoned: zoned, iso: shape.isoDates, to: &bytes)
    case .absent: break
    }
  }

  private func appendText(_ text: ArraySlice<UInt8>, _ bytes: inout [UInt8]) {
    let disarm = shape.guardsFormulas && FormulaGuard.isFormula(text)
    var needsQuotes = text.isEmpty || disarm
    for byte in text
    where byte == shape.delimiter || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13 {
      needsQuotes = true
      break
    }
    guard needsQuotes else {
      bytes += text
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if disarm { bytes.append(UInt8(ascii: "'")) }
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// Text that a spreadsheet would run (OWASP's list, with the full-width signs).
enum FormulaGuard {
  static func isFormula(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13:
      return true
    case 0xef:
      // ＝ ＋ － ＠ are EF BC 9D, 8B, 8D, A0.
      let start = text.startIndex
      return text.count >= 3 && text[start + 1] == 0xbc
        && [0x9d, 0x8b, 0x8d, 0xa0].contains(text[start + 2])
    default:
      return false
    }
  }
}
