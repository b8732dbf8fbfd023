/// Finds where the last whole record of a block ends, so that blocks of a file can be worked on
/// apart from each other. The answer depends on the bytes alone.
///
/// A block may end between a line that is broken and the place that shows it. The lines after the
/// broken one are read by themselves then; and in the block alone, the broken record still stands
/// within quotes where the block ends, so it is broken there too.
public struct RecordSplitter: Sendable {
  public let dialect: CSVDialect

  /// Bytes from whose quotes alone a record's end is guessed.
  private let window: Int

  public init(_ dialect: CSVDialect) { self.init(dialect, window: 1 << 14) }

  package init(_ dialect: CSVDialect, window: Int) {
    (self.dialect, self.window) = (dialect, window)
  }

  /// Where near the end of a block a record most likely ends, told from the last bytes alone: they
  /// are plain when read as standing outside of quotes, and are not when read as standing within,
  /// or the other way round. Whoever indexes the block finds out whether it is so
  /// (`FieldIndex.endsOpen`).
  /// - Returns: nil when it is not clear.
  public func guess(_ bytes: Span<UInt8>) -> Int? {
    guard bytes.count > window,
      let line = bytes.first(dialect.lineEnd, from: bytes.count - window)
    else { return nil }
    var outside = PlainScan(dialect, isEnd: false)
    outside.restart(at: line + 1)
    outside.pass(bytes, to: bytes.count)
    guard let quote = dialect.quote, bytes.holds(quote, in: line + 1..<bytes.count) else {
      return outside.stopped ? nil : outside.recordStart
    }
    var within = PlainScan(dialect, isEnd: false)
    within.restart(within: line + 1)
    within.pass(bytes, to: bytes.count)
    if within.stopped == outside.stopped { return nil }
    if within.stopped { return outside.recordStart }
    return within.recordStart > line + 1 ? within.recordStart : nil
  }

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
