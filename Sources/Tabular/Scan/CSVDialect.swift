/// How records are written in a file, and the bounds within which they are read.
///
/// These are the scanner's rules, which are also the documentation of what users get; where
/// another parser differs, they hold:
/// - A *physical line* ends with LF, CR LF (mixed at will) or, where declared, CR alone. A CR
///   before the LF, or before the end of the text, belongs to the line end; any other is data.
/// - A quote opens quoting only as the first byte of a field; elsewhere in an unquoted field it is
///   a character like any other (RFC 4180 leaves this open), and such fields are counted.
/// - Inside quotes two quotes are one, and delimiters and line ends are data. With an escape byte,
///   the byte after it is taken as it is, and quotes are not doubled. The closing quote must be
///   followed by a delimiter, a line end or the end of the file.
/// - A record whose quoting breaks these rules, or that runs past `maximumFieldBytes`,
///   `maximumRecordLines`, `maximumRecordBytes` or the end of the file, rejects the one physical
///   line that it began on; reading resumes at the next physical line, outside quotes. What is
///   found on later lines only is told of the quote that was open at the end of the first, so the
///   answer does not depend on how the file is cut into blocks.
/// - A record with too few or too many fields, or with a NUL byte, is rejected as a whole.
/// - A line without a byte (or with blanks only, if so asked) is no record: it is skipped and
///   counted.
/// - Blanks are data, unless `trimsBlanks`: then spaces and tabs around unquoted fields are not.
public struct CSVDialect: Sendable, Hashable {
  /// Between fields.
  public var delimiter: UInt8
  /// Around fields, or nil when quotes mean nothing.
  public var quote: UInt8?
  /// Before a quote inside quotes, when it is not a doubled quote.
  public var escape: UInt8?
  /// The last byte of a line end: LF, or CR for files that have nothing else.
  public var lineEnd: UInt8
  /// Longest field, in bytes as written.
  public var maximumFieldBytes: Int
  /// Most physical lines that one record may span.
  public var maximumRecordLines: Int
  /// Whether spaces and tabs around unquoted fields are left out.
  public var trimsBlanks = false
  /// Whether lines of nothing but spaces and tabs count as blank.
  public var blankLinesMayHoldBlanks = false

  public init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
    escape: UInt8? = nil, lineEnd: UInt8 = 10, maximumFieldBytes: Int = 1 << 20,
    maximumRecordLines: Int = 500
  ) {
    (self.delimiter, self.quote, self.escape) = (delimiter, quote, escape)
    self.lineEnd = lineEnd
    self.maximumFieldBytes = maximumFieldBytes
    self.maximumRecordLines = maximumRecordLines
  }

  /// Longest record that is kept in memory while its end is looked for, in bytes, its line end
  /// included.
  public var maximumRecordBytes: Int { maximumFieldBytes * 4 }

  /// The escape byte where there is one, and quotes to be escaped.
  var escapeByte: UInt8? { quote == nil || escape == quote ? nil : escape }

  /// A CR before the line end's byte belongs to it.
  var endsWithFeed: Bool { lineEnd == 10 }

  /// Where a record's content ends: before the CR of its line end.
  @inline(__always)
  func contentEnd(_ bytes: Span<UInt8>, _ record: Range<Int>) -> Int {
    guard endsWithFeed, !record.isEmpty, bytes[record.upperBound - 1] == 13 else {
      return record.upperBound
    }
    return record.upperBound - 1
  }

  /// Whether nothing stands on a line, given without its line end.
  func isBlank(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    line.isEmpty || blankLinesMayHoldBlanks && line.allSatisfy { bytes[$0] == 32 || bytes[$0] == 9 }
  }
}

/// Why a record is rejected before its values are looked at.
public enum RecordFault: String, Sendable, CaseIterable {
  case tooFewFields = "too_few_fields"
  case tooManyFields = "too_many_fields"
  /// A closing quote followed by something else than a delimiter or line end.
  case strayQuote = "stray_quote"
  /// A quoted field without an end within the bounds, or closed where it should not be.
  case unclosedQuote = "unclosed_quote"
  case fieldTooLong = "field_too_long"
  case nulByte = "nul_byte"
}
