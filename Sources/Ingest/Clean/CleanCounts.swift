/// What became of the rows of a file that was written anew. Rows that needed nothing are counted
/// in `rows` alone.
public struct CleanCounts: Sendable, Hashable {
  /// Rows written after the header.
  public var rows = 0
  /// Rows that name the columns.
  public var headerRows = 0
  /// Fields of the header, or of most rows.
  public var columns = 0
  /// Physical lines before the table, left out.
  public var preambleLines = 0
  /// Lines without a byte, left out.
  public var blankLines = 0
  /// Rows with fewer fields than columns, filled up with empty ones.
  public var padded = 0
  /// Rows with more fields than columns, kept with all of them.
  public var overlong = 0
  /// Rows with broken quotes, read in the way that supposes the fewest faults.
  public var quotesMended = 0
  /// Rows in which a delimiter between a quoted field and its neighbour lacked and was supposed.
  public var delimitersSupposed = 0
  /// Rows with empty fields too many, which were left out.
  public var delimitersDropped = 0
  /// Rows that another delimiter separates, or that hold the delimiter within fields.
  public var otherwiseSeparated = 0
  /// Zero bytes, left out.
  public var zeroBytes = 0
  /// Bytes that are no character in the encoding, written as U+FFFD.
  public var invalidCharacters = 0

  public init() {}

  /// Whether a row was written otherwise than it stands, or something was left out.
  public var isClean: Bool {
    preambleLines + blankLines + padded + overlong + quotesMended + delimitersSupposed
      + delimitersDropped + otherwiseSeparated + zeroBytes + invalidCharacters == 0
  }
}

/// A file written anew: how it was read, and what became of its rows.
public struct CleanReport: Sendable {
  public let file: InputFile
  public let isGzip: Bool
  public let encoding: TextEncoding
  /// As they would be told.
  public let delimiter: String
  public let quote: String
  public let escape: String
  /// What nobody told and the file itself did.
  public let detections: [Detection]
  public internal(set) var counts: CleanCounts
}
