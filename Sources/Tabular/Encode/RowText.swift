import CKernels

/// Puts written cells together into the rows of a text.
public enum RowText {
  /// A column's cells where they lie in memory.
  @unsafe private struct Pinned {
    let bytes: UnsafeBufferPointer<UInt8>
    let offsets: UnsafeBufferPointer<Int32>
    /// Nil for cells in the order of the rows.
    let codes: UnsafePointer<Int32>?
  }

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
      unsafe pin(columns[...], []) { pinned in
        unsafe write(pinned, rows, delimiter, lineEnd, to: target)
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

  /// Holds all columns still while `body` runs.
  private static func pin(
    _ columns: ArraySlice<TextValues>, _ pinned: [Pinned], _ body: ([Pinned]) -> Void
  ) {
    guard let column = columns.first else { return unsafe body(pinned) }
    unsafe column.bytes.withUnsafeBufferPointer { bytes in
      unsafe column.offsets.withUnsafeBufferPointer { offsets in
        guard let codes = column.codes else {
          let next = unsafe Pinned(bytes: bytes, offsets: offsets, codes: nil)
          return unsafe pin(columns.dropFirst(), pinned + [next], body)
        }
        unsafe codes.withUnsafeBufferPointer { codes in
          let next = unsafe Pinned(bytes: bytes, offsets: offsets, codes: codes.baseAddress)
          unsafe pin(columns.dropFirst(), pinned + [next], body)
        }
      }
    }
  }

  private static func write(
    _ columns: [Pinned], _ rows: Int, _ delimiter: UInt8, _ lineEnd: [UInt8],
    to target: UnsafeMutablePointer<UInt8>
  ) {
    unsafe columns.withUnsafeBufferPointer { columns in
      var at = 0
      for row in 0..<rows {
        for index in 0..<columns.count {
          if index > 0 {
            unsafe target[at] = delimiter
            at &+= 1
          }
          let column = unsafe columns[index]
          let entry = unsafe column.codes.map { unsafe Int($0[row]) } ?? row
          let start = unsafe Int(column.offsets[entry])
          let length = unsafe Int(column.offsets[entry &+ 1]) &- start
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
}
