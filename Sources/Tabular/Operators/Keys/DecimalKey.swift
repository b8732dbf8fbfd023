/// Decimals as bytes such that equal values have equal bytes, whatever their scales.
enum DecimalKey {
  /// The bytes of one key: the digits, lowest first, then the scale.
  static let length = 17

  /// Writes the key of `digits / 10^scale` over the first bytes of `buffer`.
  static func write(_ digits: Int128, _ scale: Int, _ buffer: inout [UInt8]) {
    var (digits, scale) = (digits, scale)
    if var small = Int64(exactly: digits) {
      while scale > 0, small % 10 == 0 {
        small /= 10
        scale -= 1
      }
      digits = Int128(small)
    } else {
      while scale > 0, digits % 10 == 0 {
        digits /= 10
        scale -= 1
      }
    }
    var rest = UInt128(truncatingIfNeeded: digits)
    for index in 0..<16 {
      buffer[index] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
    }
    buffer[16] = UInt8(truncatingIfNeeded: scale)
  }

  /// The decimal behind a key.
  static func read(_ bytes: ArraySlice<UInt8>) -> Decimal {
    var digits: UInt128 = 0
    for byte in bytes.prefix(16).reversed() { digits = digits << 8 | UInt128(byte) }
    return Decimal(
      digits: Int128(truncatingIfNeeded: digits), scale: Int(bytes.dropFirst(16).first ?? 0))
  }
}
