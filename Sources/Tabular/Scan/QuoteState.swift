import CKernels

/// What carries over from one 64-byte step to the next: inside quotes or not, and what the last
/// byte was. Finds, in bulk, where quotes stand that the rules do not allow.
struct QuoteState {
  private var inside: UInt64 = 0
  /// Whether the byte before was a delimiter or line end (or the record begins here).
  private var separator: UInt64 = 1
  private var closed: UInt64 = 0
  private var closedThenCarriage: UInt64 = 0

  /// One step over 64 bytes.
  /// - Returns: the bytes inside quotes (opening quote included, closing quote not), and the
  ///   places at which quoting is irregular.
  @inline(__always)
  mutating func step(_ masks: ckernels_masks) -> (inside: UInt64, irregular: UInt64) {
    let separators = masks.delimiter | masks.newline
    if masks.quote == 0, inside == 0, closed == 0, closedThenCarriage == 0 {
      separator = separators >> 63
      return (0, 0)
    }
    let within = ckernels_prefix_xor(masks.quote) ^ inside
    let opens = masks.quote & within
    let closes = masks.quote & ~within
    let afterClose = closes << 1 | closed
    let wrongOpens = opens & ~(separators << 1 | separator | afterClose)
    let wrongCloses = afterClose & ~(separators | masks.carriage | masks.quote)
    let carriages = masks.carriage & afterClose
    let wrongCarriages = (carriages << 1 | closedThenCarriage) & ~masks.newline
    inside = within >> 63 == 1 ? UInt64.max : 0
    separator = separators >> 63
    closed = closes >> 63
    closedThenCarriage = carriages >> 63
    return (within, wrongOpens | wrongCloses | wrongCarriages)
  }
}

/// Loads masks for a dialect.
struct MaskLoader {
  private let newline: UInt8
  private let delimiter: UInt8
  private let quote: UInt8
  private let hasQuote: Bool
  private let hasCarriage: Bool

  init(_ dialect: CSVDialect) {
    newline = dialect.lineEnd
    delimiter = dialect.delimiter
    quote = dialect.quoteByte
    hasQuote = dialect.quote != nil
    hasCarriage = dialect.lineEnd == 10
  }

  /// Whether a field that begins with this byte is quoted.
  @inline(__always)
  func opens(_ byte: UInt8) -> Bool { hasQuote && byte == quote }

  /// The masks of the 64 bytes at `offset`, which must all exist.
  @inline(__always)
  func load(_ bytes: UnsafePointer<UInt8>, at offset: Int) -> ckernels_masks {
    var masks = unsafe ckernels_masks64(bytes + offset, newline, delimiter, quote)
    if !hasQuote { masks.quote = 0 }
    if !hasCarriage { masks.carriage = 0 }
    return masks
  }
}
