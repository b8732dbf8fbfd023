/// The scanner's rules for one record, byte by byte: where it ends, or that it is broken. The fast
/// paths hand over to it wherever quoting is not plain, so it decides what a record is.
struct RecordWalk {
  /// What the byte at `position` is looked at as.
  enum State {
    case fieldStart
    case bare
    case quoted
    /// After the escape byte in a quoted field.
    case escaped
    /// After a quote in a quoted field.
    case afterQuote
  }

  enum Outcome {
    /// The bytes end before the record does.
    case pending
    /// The record is well quoted; the next line starts at `next`.
    case ended(next: Int)
    case broken(RecordFault)
  }

  let start: Int
  /// The next byte to look at.
  private(set) var position: Int
  private var state = State.fieldStart
  /// Where the field at hand starts, its quote included.
  private var fieldStart: Int
  private var column = 0
  /// Line ends within quotes so far.
  private(set) var innerLines = 0
  /// The place after the first of them; nil before.
  private(set) var firstLineEnd: Int?
  /// `fieldStart` and `column` there.
  private var openField = (start: 0, column: 0)

  init(start: Int) { (self.start, position, fieldStart) = (start, start, start) }

  /// A broken record's fault and where it shows, always on the first line.
  func trouble(_ fault: RecordFault) -> (fault: RecordFault, position: Int, column: Int) {
    if firstLineEnd != nil { return (.unclosedQuote, openField.start, openField.column) }
    return (fault, fault == .strayQuote ? position : fieldStart, column)
  }

  /// Goes on from `position`. On `.broken`, everything is as before the byte that broke the record.
  /// - Parameters:
  ///   - isEnd: whether nothing follows the bytes.
  ///   - firstLineOnly: whether to stop, pending, after the first line end within quotes.
  mutating func advance(
    _ bytes: Span<UInt8>, isEnd: Bool, _ dialect: CSVDialect, firstLineOnly: Bool
  ) -> Outcome {
    let (newline, delimiter, quote) = (dialect.lineEnd, dialect.delimiter, dialect.quote)
    let escape = dialect.escapeByte
    let recordLimit = start + dialect.maximumRecordBytes - 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == newline, state != .quoted, state != .escaped {
        return .ended(next: position + 1)
      }
      if position >= recordLimit { return .broken(.fieldTooLong) }
      switch state {
      case .fieldStart, .bare:
        if byte == delimiter {
          endField()
        } else if state == .fieldStart, byte == quote {
          state = .quoted
        } else {
          if position - fieldStart >= dialect.maximumFieldBytes { return .broken(.fieldTooLong) }
          state = .bare
        }
      case .quoted, .escaped:
        if state == .quoted, byte == quote {
          state = .afterQuote
        } else {
          guard isWithinLimits(byte, dialect) else { return .broken(.unclosedQuote) }
          state = state == .quoted && byte == escape ? .escaped : .quoted
          if byte == newline, endLine(), firstLineOnly {
            position += 1
            return .pending
          }
        }
      case .afterQuote:
        if byte == delimiter {
          endField()
        } else if byte == quote, escape == nil {
          guard isWithinLimits(byte, dialect) else { return .broken(.unclosedQuote) }
          state = .quoted
        } else if byte == 13, dialect.endsWithFeed {
          guard position + 1 < bytes.count else {
            return isEnd ? .ended(next: position + 1) : .pending
          }
          return bytes[position + 1] == 10 ? .ended(next: position + 2) : .broken(.strayQuote)
        } else {
          return .broken(.strayQuote)
        }
      }
      position += 1
    }
    guard isEnd else { return .pending }
    return state == .quoted || state == .escaped
      ? .broken(.unclosedQuote) : .ended(next: bytes.count)
  }

  private mutating func endField() {
    column += 1
    state = .fieldStart
    fieldStart = position + 1
  }

  /// Whether a byte of a quoted field's content may still be taken.
  private func isWithinLimits(_ byte: UInt8, _ dialect: CSVDialect) -> Bool {
    position - fieldStart <= dialect.maximumFieldBytes
      && (byte != dialect.lineEnd || innerLines + 1 < dialect.maximumRecordLines)
  }

  /// Counts a line end within quotes; true for the first.
  private mutating func endLine() -> Bool {
    innerLines += 1
    guard firstLineEnd == nil else { return false }
    firstLineEnd = position + 1
    openField = (fieldStart, column)
    return true
  }

  /// Goes on where an earlier walk, that passed the same line end within quotes, came to a stop.
  /// - Parameter linesBetween: physical lines from its start to this one's.
  mutating func join(_ earlier: RecordWalk, linesBetween: Int) {
    position = earlier.position
    state = earlier.state
    fieldStart = max(fieldStart, earlier.fieldStart)
    innerLines = earlier.innerLines - linesBetween
  }
}
