/// How numbers are spelt in a column.
public struct NumberFormat: Sendable {
  /// Before the fraction.
  public let decimalMark: UInt8
  /// Between groups of three digits, as byte sequences of the file; empty when grouping is wrong.
  public let groupMarks: [[UInt8]]
  /// Texts such as `€` or `%` that may stand before or after the digits (Table Schema's
  /// `bareNumber: false`), as byte sequences of the file; their meaning is the schema's.
  public let affixes: [[UInt8]]
  /// Spellings of minus other than `-`, such as U+2212 in the file's encoding.
  public let minusSigns: [[UInt8]]
  /// Whether `1.5e3` is a number. Doubles may always be written so.
  public let allowsExponent: Bool

  public init(
    decimalMark: UInt8 = UInt8(ascii: "."), groupMarks: [[UInt8]] = [], affixes: [[UInt8]] = [],
    minusSigns: [[UInt8]] = [[0xe2, 0x88, 0x92]], allowsExponent: Bool = false
  ) {
    (self.decimalMark, self.groupMarks) = (decimalMark, groupMarks.filter { !$0.isEmpty })
    // The longest first, so that `m²` does not take the end of `km²`.
    self.affixes = affixes.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    self.minusSigns = minusSigns
    self.allowsExponent = allowsExponent
  }

  /// A number as read: `digits / 10^scale`.
  struct Parsed {
    var digits: Int64
    var scale: Int
  }

  enum Outcome {
    case number(Parsed)
    case fault(DecodeFault)
  }

  /// 10^n for the scales of plain numbers, exact.
  static let powers: [Double] = (0...18).map { Double(Decimal.powersOfTen[$0]) }

  /// Reads the usual number: a hyphen or not, digits, at most one mark between them, in at most
  /// seventeen bytes.
  /// - Returns: nil for anything else, which may still be a number.
  @inline(__always)
  func plain(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Parsed? {
    let end = range.upperBound
    let negative = bytes[range.lowerBound] == UInt8(ascii: "-")
    let start = range.lowerBound &+ (negative ? 1 : 0)
    let length = end &- start
    // A whole word before the end: not so in the first bytes of a morsel.
    guard length > 0, end >= 8, length <= 16 else { return nil }
    var head: UInt64 = 0
    if length > 8 {
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      guard EightDigits.areDigits(word) else { return nil }
      head = EightDigits.value(word)
    }
    let left = length > 8 ? length &- 8 : length
    let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)
    guard let tail = EightDigits.marked(word, left, decimalMark, hasHead: length > 8) else {
      return nil
    }
    let digits = head &* EightDigits.powers[tail.count] &+ tail.value
    let value = Int64(truncatingIfNeeded: digits)
    return Parsed(digits: negative ? 0 &- value : value, scale: tail.scale)
  }

  /// Reads a number that is not empty.
  func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Outcome {
    var reader = NumberReader(range)
    guard reader.read(bytes, self, exponent: allowsExponent) else { return .fault(.badNumber) }
    guard let parsed = reader.parsed else { return .fault(.numberTooLong) }
    return .number(parsed)
  }

  /// Reads a double, correctly rounded; nil for what is no number or larger than all doubles.
  func double(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    var reader = NumberReader(range)
    reader.keepsText = true
    guard reader.read(bytes, self, exponent: true) else { return nil }
    guard let value = Double(String(decoding: reader.text, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }
}
