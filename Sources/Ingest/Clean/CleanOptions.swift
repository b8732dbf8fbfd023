/// How a quote is written within quotes.
public enum QuoteEscape: Sendable, Hashable {
  /// Twice.
  case doubled
  /// After this byte, which also takes its own meaning from a delimiter outside quotes.
  case byte(UInt8)
  /// As any other character: a quote closes where a delimiter or a line end follows.
  case none
}

/// What somebody says about a file that is to be written anew as clean CSV. What is nil is found
/// out from the file and told.
public struct CleanOptions: Sendable, Hashable {
  public var encoding: TextEncoding?
  /// One byte or several.
  public var delimiter: [UInt8]?
  /// `.some(nil)`: nothing quotes.
  public var quote: UInt8??
  public var escape: QuoteEscape?
  /// Physical lines before the table.
  public var skip: Int?
  /// Rows that name the columns: none, one, or several, which are joined.
  public var headerRows: Int?

  public init() {}
}

/// Everything settled about how the records of a text are cut.
struct CleanDialect: Sendable, Hashable {
  var delimiter: [UInt8] = [UInt8(ascii: ",")]
  var quote: UInt8? = UInt8(ascii: "\"")
  var escape = QuoteEscape.doubled
  /// Whether the escape byte works outside quotes, too.
  var escapesOutside = false
  /// Whether a CR without a LF ends a record; LF and CR LF always do.
  var returnEnds = false

  /// The dialect with another delimiter.
  func with(delimiter: UInt8) -> CleanDialect {
    var other = self
    other.delimiter = [delimiter]
    return other
  }
}
