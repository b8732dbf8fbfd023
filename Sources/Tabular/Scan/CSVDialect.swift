/// How records are written in a file, and the bounds within which they are read.
///
/// The scanner's rules, which are also the documentation of what users get:
/// - A quote means something only as the first byte of a field; elsewhere in an unquoted field it
///   is a character like any other (RFC 4180 leaves this open).
/// - Inside quotes, two quotes are one; the closing quote must be followed by a delimiter, a line
///   end or the end of the file. With an escape byte, the byte after it is taken as it is.
/// - A record whose quoting breaks these rules, or runs past `maximumFieldBytes`,
///   `maximumRecordLines` or the end of the file, rejects the one physical line that it began on;
///   reading resumes at the next physical line.
/// - A line without a byte is no record: it is skipped and counted.
/// - A CR before LF belongs to the line end.
public struct CSVDialect: Sendable, Hashable {
  /// Between fields.
  public var delimiter: UInt8
  /// Around fields, or nil when quotes mean nothing.
  public var quote: UInt8?
  /// Before a quote inside quotes, when it is not a doubled quote.
  public var escape: UInt8?
  /// The last byte of a line end: LF, or CR for files that have nothing else.
  public var lineEnd: UInt8
  /// Longest field, in bytes.
  public var maximumFieldBytes: Int
  /// Most physical lines that one record may span.
  public var maximumRecordLines: Int

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

  /// Longest record that is kept in memory while its end is looked for, in bytes.
  public var maximumRecordBytes: Int { maximumFieldBytes * 4 }

  /// A byte that stands for 'no quote' in masks: it is the delimiter, whose mask wins.
  @inlinable var quoteByte: UInt8 { quote ?? delimiter }
}

/// Why a record is rejected before its values are looked at.
public enum RecordFault: String, Sendable, CaseIterable {
  case tooFewFields = "too_few_fields"
  case tooManyFields = "too_many_fields"
  /// A closing quote followed by something else than a delimiter or line end.
  case strayQuote = "stray_quote"
  /// A quoted field without an end within the bounds.
  case unclosedQuote = "unclosed_quote"
  case fieldTooLong = "field_too_long"
  case nulByte = "nul_byte"
}
