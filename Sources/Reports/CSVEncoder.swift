import StageKit
import Tabular

/// CSV by RFC 4180: CRLF, quotes where needed, null empty, empty text `""`. The cells of a batch
/// are written column by column, texts that repeat once, and then put together into rows.
public struct CSVEncoder: TableEncoder {
  let fields: [Field]
  let shape: TextShape

  public init(fields: [Field], shape: TextShape) { (self.fields, self.shape) = (fields, shape) }

  public let separator: [UInt8] = []

  public func opening() -> [UInt8] {
    var bytes: [UInt8] = shape.byteOrderMark ? [0xef, 0xbb, 0xbf] : []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(shape.delimiter) }
      appendText(Array(field.name.utf8).span, &bytes)
    }
    return bytes + [13, 10]
  }

  public func rows(_ batch: Batch) -> [UInt8] {
    let cells = zip(batch.columns, fields).map { column, field in
      self.cells(column, field.decimals, rows: batch.rowCount)
    }
    return RowText.join(
      cells, rows: batch.rowCount, delimiter: shape.delimiter, lineEnd: [13, 10])
  }

  public func closing() -> [UInt8] { [] }

  private func cells(_ column: Column, _ decimals: Int?, rows: Int) -> TextValues {
    switch column.values {
    case .text(let values): return texts(values, column.validity)
    case .boolean(let values):
      return coded(values.map { $0 ? 1 : 0 }, column.validity, entries: 2) { entry, bytes in
        bytes += (entry == 1 ? shape.yes : shape.no).utf8
      }
    case .date(let values): return dates(values, column.validity)
    case .integer(let values):
      return written(rows, column.validity) { NumberText.append(values[$0], to: &$1) }
    case .decimal(let values): return self.decimals(values, decimals, column.validity)
    case .double(let values):
      return written(rows, column.validity) {
        NumberText.append(values[$0], mark: shape.decimalMark, to: &$1)
      }
    case .datetime(let values, let zoned):
      return written(rows, column.validity) {
        DateText.append(moment: values[$0], zoned: zoned, iso: shape.isoDates, to: &$1)
      }
    case .absent: return TextValues(codes: [Int32](repeating: 0, count: rows)).withEmptyEntry
    }
  }

  /// Cells that `append` writes one by one; nulls are empty.
  @inline(__always)
  private func written(
    _ rows: Int, _ validity: Validity, _ append: (Int, inout [UInt8]) -> Void
  ) -> TextValues {
    var bytes: [UInt8] = []
    var offsets: [Int32] = [0]
    bytes.reserveCapacity(rows * 8)
    offsets.reserveCapacity(rows + 1)
    for row in 0..<rows {
      if validity[row] { append(row, &bytes) }
      offsets.append(Int32(clamping: bytes.count))
    }
    return TextValues(bytes: bytes, offsets: offsets)
  }

  /// Cells of which there are few different ones.
  private func coded(
    _ codes: [Int32], _ validity: Validity, entries: Int,
    _ append: (Int, inout [UInt8]) -> Void
  ) -> TextValues {
    var values = written(entries, .all, append)
    values.codes = codes
    return values.withNulls(validity)
  }

  private func texts(_ values: TextValues, _ validity: Validity) -> TextValues {
    let source = values.bytes.span
    guard let codes = values.codes, values.entryCount <= 2 * codes.count else {
      return written(values.count, validity) { row, bytes in
        appendText(source.extracting(values.range(row)), &bytes)
      }
    }
    return coded(codes, validity, entries: values.entryCount) { entry, bytes in
      let range = Int(values.offsets[entry])..<Int(values.offsets[entry + 1])
      appendText(source.extracting(range), &bytes)
    }
  }

  private func decimals(
    _ values: DecimalValues, _ decimals: Int?, _ validity: Validity
  ) -> TextValues {
    switch values.digits {
    case .narrow(let digits):
      return written(digits.count, validity) {
        NumberText.append(
          digits[$0], scale: values.scale, decimals: decimals, mark: shape.decimalMark, to: &$1)
      }
    case .wide(let digits):
      return written(digits.count, validity) {
        NumberText.append(
          digits[$0], scale: values.scale, decimals: decimals, mark: shape.decimalMark, to: &$1)
      }
    }
  }

  /// Days lie close together as a rule: each different one is written once.
  private func dates(_ days: [Int32], _ validity: Validity) -> TextValues {
    guard let least = days.min(), let greatest = days.max(),
      Int(greatest) - Int(least) < 2 * days.count + 366
    else {
      return written(days.count, validity) {
        DateText.append(day: days[$0], iso: shape.isoDates, to: &$1)
      }
    }
    let entries = Int(greatest) - Int(least) + 1
    var isUsed = [Bool](repeating: false, count: entries)
    let codes = days.map { $0 - least }
    for code in codes { isUsed[Int(code)] = true }
    return coded(codes, validity, entries: entries) { entry, bytes in
      guard isUsed[entry] else { return }
      DateText.append(day: least + Int32(entry), iso: shape.isoDates, to: &bytes)
    }
  }

  private func appendText(_ text: Span<UInt8>, _ bytes: inout [UInt8]) {
    let disarm = shape.guardsFormulas && FormulaGuard.isFormula(text)
    var needsQuotes = text.isEmpty || disarm
    for place in text.indices {
      let byte = text[place]
      if byte == shape.delimiter || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13 {
        needsQuotes = true
        break
      }
    }
    guard needsQuotes else {
      text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if disarm { bytes.append(UInt8(ascii: "'")) }
    for place in text.indices {
      let byte = text[place]
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension TextValues {
  /// With one more entry, empty.
  fileprivate var withEmptyEntry: TextValues {
    var values = self
    values.append([])
    return values
  }

  /// With an empty cell where there is no value.
  fileprivate func withNulls(_ validity: Validity) -> TextValues {
    guard let flags = validity.flags else { return self }
    let empty = Int32(truncatingIfNeeded: entryCount)
    var values = withEmptyEntry
    values.codes = zip(flags, codes ?? []).map { $0 ? $1 : empty }
    return values
  }
}

/// Text that a spreadsheet would run (OWASP's list, with the full-width signs).
enum FormulaGuard {
  static func isFormula(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty else { return false }
    switch text[0] {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13:
      return true
    case 0xef:
      // ＝ ＋ － ＠ are EF BC 9D, 8B, 8D, A0.
      return text.count >= 3 && text[1] == 0xbc
        && [0x9d, 0x8b, 0x8d, 0xa0].contains(text[2])
    default:
      return false
    }
  }
}
