import CKernels

/// Finds where the last whole record of a block ends, so that blocks of a file can be worked on
/// apart from each other. The answer depends on the bytes alone.
public struct RecordSplitter: Sendable {
  public let dialect: CSVDialect
  private let loader: MaskLoader

  public init(_ dialect: CSVDialect) {
    self.dialect = dialect
    loader = MaskLoader(dialect)
  }

  /// - Parameters:
  ///   - bytes: begins where a record begins.
  ///   - atEnd: whether the file ends with these bytes.
  /// - Returns: how many bytes the whole records take; 0 when there is none yet.
  public func cut(_ bytes: Span<UInt8>, atEnd: Bool) -> Int {
    if atEnd { return bytes.count }
    var reader = RecordReader(dialect)
    var start = 0
    while start < bytes.count {
      if dialect.escape == nil {
        start = unsafe bytes.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return start }
          return unsafe sweep(base, buffer.count, from: start)
        }
      }
      switch reader.read(bytes, from: start, atEnd: false) {
      case .record(let next), .blank(let next): start = next
      case .fault(_, _, let next):
        // The rest of the physical line may still be to come.
        guard bytes[next - 1] == dialect.lineEnd else { return start }
        start = next
      case .incomplete: return start
      }
    }
    return start
  }

  /// Steps 64 bytes at a time as long as everything is regular.
  /// - Returns: the start of the first record that was not proven whole.
  private func sweep(_ bytes: UnsafePointer<UInt8>, _ count: Int, from start: Int) -> Int {
    var state = QuoteState()
    var recordStart = start
    var lines = 0
    var position = start
    while position + 64 <= count {
      let masks = unsafe loader.load(bytes, at: position)
      let (inside, irregular) = state.step(masks)
      lines += (masks.newline & inside).nonzeroBitCount
      if irregular != 0 || lines >= dialect.maximumRecordLines
        || position + 64 - recordStart > dialect.maximumFieldBytes
      {
        let sound = irregular == 0 ? 0 : (irregular & (0 &- irregular)) &- 1
        let ends = masks.newline & ~inside & sound
        return ends == 0 ? recordStart : position + 64 - ends.leadingZeroBitCount
      }
      let ends = masks.newline & ~inside
      if ends != 0 {
        let last = 64 - ends.leadingZeroBitCount
        recordStart = position + last
        lines =
          last == 64 ? 0 : (masks.newline & inside & (UInt64.max << UInt64(last))).nonzeroBitCount
      }
      position += 64
    }
    return recordStart
  }
}
