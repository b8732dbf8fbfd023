import CKernels

/// Puts written cells together into the rows of a text.
public enum RowText {
  /// Rows of cells.
  /// - Parameters:
  ///   - columns: the cells as they are to stand there; as many rows in each.
  ///   - delimiter: between cells.
  ///   - lineEnd: after each row.
  public static func join(
    _ columns: [TextValues], rows: Int, delimiter: UInt8, lineEnd: [UInt8]
  ) -> [UInt8] {
    guard !columns.isEmpty, columns.allSatisfy({ $0.count == rows }) else {
      return (0..<rows).flatMap { _ in lineEnd }
    }
    var total = rows * (columns.count - 1 + lineEnd.count)
    for column in columns { total += length(column) }
    // A cell is copied with up to 15 bytes too many: what comes next overwrites them.
    return unsafe [UInt8](unsafeUninitializedCapacity: total + 16) { text, count in
      guard let target = text.baseAddress else { return }
      unsafe PinnedTexts.hold(columns) { held in
        unsafe write(held, rows, delimiter, lineEnd, to: target)
      }
      count = total
    }
  }

  private static func length(_ column: TextValues) -> Int {
    guard let codes = column.codes else { return column.bytes.count }
    let offsets = column.offsets
    var length = 0
    for code in codes { length &+= Int(offsets[Int(code) &+ 1] &- offsets[Int(code)]) }
    return length
  }

  private static func write(
    _ columns: UnsafeBufferPointer<PinnedTexts>, _ rows: Int, _ delimiter: UInt8,
    _ lineEnd: [UInt8], to target: UnsafeMutablePointer<UInt8>
  ) {
    var at = 0
    for row in 0..<rows {
      for index in 0..<columns.count {
        if index > 0 {
          unsafe target[at] = delimiter
          at &+= 1
        }
        let column = unsafe columns[index]
        let (start, length) = unsafe column.range(row)
        guard length > 0, let base = unsafe column.bytes.baseAddress else { continue }
        unsafe ckernels_copy(
          target + at, base + start, Int64(length), Int64(column.bytes.count &- start))
        at &+= length
      }
      for byte in lineEnd {
        unsafe target[at] = byte
        at &+= 1
      }
    }
  }
}
