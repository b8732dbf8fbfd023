/// Decimals as 64-bit words such that equal values have equal words, whatever their scales.
///
/// A value without trailing zeros whose digits fit in 59 bits is its own word: digits · 32 + scale.
/// Larger ones are numbered by a table of bytes, and the number, with 31 for the scale, is the
/// word.
enum DecimalKey {
  private static let largeScale: UInt64 = 31

  /// The word of a value without trailing zeros, or nil when it needs a number.
  @inline(__always)
  private static func small(_ digits: Int64, _ scale: Int) -> UInt64? {
    guard digits >= -(1 << 58), digits < 1 << 58 else { return nil }
    return UInt64(bitPattern: digits << 5) | UInt64(truncatingIfNeeded: scale)
  }

  /// The word of `digits / 10^scale`.
  /// - Parameter large: numbers values that are no word by themselves; nil when there is none.
  @inline(__always)
  static func word(_ digits: Int64, _ scale: Int, _ large: ([UInt8]) -> Int32?) -> UInt64? {
    var (digits, scale) = (digits, scale)
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    if let word = small(digits, scale) { return word }
    return large(bytes(Int128(digits), scale)).map { numbered($0) }
  }

  static func word(_ digits: Int128, _ scale: Int, _ large: ([UInt8]) -> Int32?) -> UInt64? {
    if let narrow = Int64(exactly: digits) { return word(narrow, scale, large) }
    let trimmed = Decimal(digits: digits, scale: scale).trimmed
    if let narrow = Int64(exactly: trimmed.digits), let word = small(narrow, trimmed.scale) {
      return word
    }
    return large(bytes(trimmed.digits, trimmed.scale)).map { numbered($0) }
  }

  /// The word of a numbered value.
  static func numbered(_ number: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: number)) << 5 | largeScale
  }

  /// The number behind a word, if it is one.
  static func number(_ word: UInt64) -> Int? {
    word & 31 == largeScale ? Int(truncatingIfNeeded: word >> 5) : nil
  }

  /// The decimal behind a word that is no number.
  static func decimal(_ word: UInt64) -> Decimal {
    Decimal(
      digits: Int128(Int64(bitPattern: word) >> 5), scale: Int(truncatingIfNeeded: word & 31))
  }

  /// The digits, lowest first, then the scale.
  private static func bytes(_ digits: Int128, _ scale: Int) -> [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: digits >> Int128(8 * $0)) } + [
      UInt8(truncatingIfNeeded: scale)
    ]
  }

  /// The decimal behind the bytes.
  static func decimal(_ bytes: ArraySlice<UInt8>) -> Decimal {
    var digits: UInt128 = 0
    for byte in bytes.prefix(16).reversed() { digits = digits << 8 | UInt128(byte) }
    return Decimal(
      digits: Int128(truncatingIfNeeded: digits), scale: Int(bytes.dropFirst(16).first ?? 0))
  }
}
