/// A field's place in a morsel, without its quotes.
public struct FieldSlice: Sendable {
  @usableFromInline let first: UInt32
  /// The end, and in the top bit whether the field stood in quotes.
  @usableFromInline let rest: UInt32

  /// - Parameters: byte offsets in the morsel, below 2 GiB.
  @inlinable
  public init(start: Int, end: Int, quoted: Bool) {
    first = UInt32(truncatingIfNeeded: start)
    rest = UInt32(truncatingIfNeeded: end) | (quoted ? 0x8000_0000 : 0)
  }

  /// Where the content starts.
  @inlinable public var start: Int { Int(first) }
  /// Where it ends (exclusive).
  @inlinable public var end: Int { Int(rest & 0x7fff_ffff) }
  /// Whether it stood in quotes: `""` is an empty text, nothing at all is null.
  @inlinable public var quoted: Bool { rest >> 31 == 1 }
}

/// Reads one record byte by byte: the semantics, and the way out for whatever the fast paths find
/// irregular.
struct RecordReader {
  enum Outcome {
    /// A record; `fields` holds its fields.
    case record(next: Int)
    case blank(next: Int)
    /// The physical line is rejected.
    case fault(RecordFault, at: Int, next: Int)
    /// The bytes end before the record does.
    case incomplete
  }

  let dialect: CSVDialect
  private(set) var fields: [FieldSlice] = []

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// - Parameters:
  ///   - start: where a record begins.
  ///   - atEnd: whether nothing follows `bytes`.
  mutating func read(_ bytes: Span<UInt8>, from start: Int, atEnd: Bool) -> Outcome {
    fields.removeAll(keepingCapacity: true)
    var position = start
    var lines = 0
    while true {
      if let quote = dialect.quote, position < bytes.count, bytes[position] == quote {
        switch closing(bytes, from: position + 1, lines: &lines, atEnd: atEnd) {
        case .found(let close):
          fields.append(FieldSlice(start: position + 1, end: close, quoted: true))
          position = close + 1
        case .fault(let fault):
          return .fault(fault, at: position, next: nextLine(bytes, from: start))
        case .incomplete:
          return .incomplete
        }
      } else {
        let fieldStart = position
        while position < bytes.count, bytes[position] != dialect.delimiter,
          bytes[position] != dialect.lineEnd
        {
          position += 1
        }
        if position == bytes.count, !atEnd { return .incomplete }
        if position - fieldStart > dialect.maximumFieldBytes {
          return .fault(.fieldTooLong, at: fieldStart, next: nextLine(bytes, from: start))
        }
        fields.append(FieldSlice(start: fieldStart, end: position, quoted: false))
      }
      if position < bytes.count, bytes[position] == dialect.delimiter {
        position += 1
        continue
      }
      return finish(bytes, start: start, end: position)
    }
  }

  /// The record ends at `end`: a line end, a CR before one, or the end of the bytes.
  private mutating func finish(_ bytes: Span<UInt8>, start: Int, end: Int) -> Outcome {
    var next = end
    if next < bytes.count, bytes[next] == 13, dialect.lineEnd == 10 { next += 1 }
    if next < bytes.count { next += 1 }
    let last = fields[fields.count - 1]
    if !last.quoted, dialect.lineEnd == 10, last.end > last.start, bytes[last.end - 1] == 13 {
      fields[fields.count - 1] = FieldSlice(start: last.start, end: last.end - 1, quoted: false)
    }
    if fields.count == 1, !fields[0].quoted, fields[0].start == fields[0].end {
      return .blank(next: next)
    }
    return .record(next: next)
  }

  private enum Closing {
    case found(Int)
    case fault(RecordFault)
    case incomplete
  }

  /// Looks for the closing quote from inside a quoted field.
  private func closing(
    _ bytes: Span<UInt8>, from start: Int, lines: inout Int, atEnd: Bool
  ) -> Closing {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if position - start > dialect.maximumFieldBytes { return .fault(.unclosedQuote) }
      if let escape = dialect.escape, byte == escape, escape != dialect.quote {
        position += 2
        continue
      }
      if byte == dialect.lineEnd {
        lines += 1
        if lines >= dialect.maximumRecordLines { return .fault(.unclosedQuote) }
      }
      guard byte == dialect.quote else {
        position += 1
        continue
      }
      guard position + 1 < bytes.count else { return atEnd ? .found(position) : .incomplete }
      let after = bytes[position + 1]
      if after == dialect.quote, dialect.escape == nil {
        position += 2
      } else if after == dialect.delimiter || after == dialect.lineEnd {
        return .found(position)
      } else if after == 13, dialect.lineEnd == 10 {
        guard position + 2 < bytes.count else { return atEnd ? .found(position) : .incomplete }
        return bytes[position + 2] == 10 ? .found(position) : .fault(stray(lines))
      } else {
        return .fault(stray(lines))
      }
    }
    if position - start > dialect.maximumFieldBytes { return .fault(.unclosedQuote) }
    return atEnd ? .fault(.unclosedQuote) : .incomplete
  }

  /// On the record's first line a wrong quote is a stray one; on a later line the field was not
  /// closed where it should have been, and the quote found is another field's. The first line is
  /// whole in every block, so the answer does not depend on where blocks end.
  private func stray(_ lines: Int) -> RecordFault { lines == 0 ? .strayQuote : .unclosedQuote }

  /// Where the physical line after the one at `start` begins.
  func nextLine(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position] != dialect.lineEnd { position += 1 }
    return min(position + 1, bytes.count)
  }
}
