/// Finds where the last whole record of a block ends, so that blocks of a file can be worked on
/// apart from each other. The answer depends on the bytes alone.
///
/// A block may end between a line that is broken and the place that shows it. The lines after the
/// broken one are read by themselves then; and in the block alone, the broken record still stands
/// within quotes where the block ends, so it is broken there too.
public struct RecordSplitter: Sendable {
  public let dialect: CSVDialect

  public init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// - Parameters:
  ///   - bytes: begins where a record begins.
  ///   - atEnd: whether the file ends with these bytes.
  /// - Returns: how many bytes the whole records take; 0 when there is none yet.
  public func cut(_ bytes: Span<UInt8>, atEnd: Bool) -> Int {
    if atEnd { return bytes.count }
    var scan = PlainScan(dialect, isEnd: false)
    var walker = LineWalker(dialect)
    var start = 0
    while start < bytes.count {
      scan.restart(at: start)
      scan.pass(bytes, to: bytes.count)
      start = scan.recordStart
      if start >= bytes.count { break }
      repeat {
        switch walker.next(bytes, from: start, isEnd: false) {
        case .record(let next), .broken(_, _, _, let next): start = next
        case .incomplete: return start
        }
      } while start < bytes.count && walker.isBehind(start)
    }
    return start
  }
}
