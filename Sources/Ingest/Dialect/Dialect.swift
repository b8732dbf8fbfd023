/// How a file's text is cut into records and fields: everything decided.
public struct Dialect: Sendable, Hashable {
  /// How records end. `feed` takes LF and CRLF alike; a lone CR is then part of a field.
  public enum LineEnd: String, Sendable, Hashable {
    case feed
    /// Lone CR, as very old exports have it.
    case carriageReturn = "cr"
  }

  public var encoding: TextEncoding
  public var delimiter: UInt8
  /// Nil when no byte quotes.
  public var quote: UInt8?
  /// The byte that makes the next one ordinary within quotes; nil when quotes are doubled.
  public var escape: UInt8?
  public var lineEnd: LineEnd
  /// Whether the first record names the columns.
  public var hasHeader: Bool
  /// Physical lines before the header (or the first record): `sep=;`, titles, blank lines.
  public var preambleLines: Int
  /// Records after the last one of the table, such as totals.
  public var footerRecords: Int

  public init(
    encoding: TextEncoding = .utf8, delimiter: UInt8 = UInt8(ascii: ","),
    quote: UInt8? = UInt8(ascii: "\""), escape: UInt8? = nil, lineEnd: LineEnd = .feed,
    hasHeader: Bool = true, preambleLines: Int = 0, footerRecords: Int = 0
  ) {
    (self.encoding, self.delimiter, self.quote) = (encoding, delimiter, quote)
    (self.escape, self.lineEnd, self.hasHeader) = (escape, lineEnd, hasHeader)
    (self.preambleLines, self.footerRecords) = (preambleLines, footerRecords)
  }
}

/// What the author of a pipeline says about the files' dialect; what is nil is detected in each
/// file and reported.
public struct DialectOptions: Sendable, Hashable {
  public var encoding: TextEncoding?
  public var delimiter: UInt8?
  /// `.some(nil)`: nothing quotes.
  public var quote: UInt8??
  /// `.some(nil)`: quotes are doubled.
  public var escape: UInt8??
  public var lineEnd: Dialect.LineEnd?
  public var hasHeader: Bool?
  /// Physical lines before the header.
  public var preambleLines: Int?
  /// Records after the table.
  public var footerRecords: Int?

  public init(encoding: TextEncoding? = nil, delimiter: UInt8? = nil) {
    (self.encoding, self.delimiter) = (encoding, delimiter)
  }

  /// Everything that is needed to cut records is said.
  public static func declared(_ dialect: Dialect) -> DialectOptions {
    var options = DialectOptions(encoding: dialect.encoding, delimiter: dialect.delimiter)
    options.quote = .some(dialect.quote)
    options.escape = .some(dialect.escape)
    options.lineEnd = dialect.lineEnd
    options.hasHeader = dialect.hasHeader
    options.preambleLines = dialect.preambleLines
    options.footerRecords = dialect.footerRecords
    return options
  }
}
