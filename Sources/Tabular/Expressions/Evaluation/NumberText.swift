/// Numbers as SQL writes them, on bytes: `-12`, `1.5`, `2e3`. No blanks, no grouping, no decimal
/// comma.
public enum NumberText {
  /// An exact decimal of at most 38 digits, at most 18 of them (but for zeros) after the point;
  /// nil for anything else. The scale is the number of digits written after the point.
  public static func decimal(_ bytes: ArraySlice<UInt8>) -> Decimal? {
    var index = bytes.startIndex
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      index += 1
    }
    var end = bytes.endIndex
    if let point = bytes[index...].firstIndex(of: UInt8(ascii: ".")) {
      let limit = point + 1 + DecimalValues.maximumScale
      while end > limit, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
      if end > limit { return nil }
    }
    var digits: Int128 = 0
    var scale = 0
    var count = 0
    var pointSeen = false
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "."), !pointSeen {
        pointSeen = true
        continue
      }
      guard byte.isDigit else { return nil }
      count += 1
      if pointSeen { scale += 1 }
      // 38 digits always fit; leading zeros do not count.
      guard digits < Decimal.powersOfTen[37] else { return nil }
      digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
    }
    guard count > 0 else { return nil }
    return Decimal(digits: isNegative ? -digits : digits, scale: scale)
  }

  // MARK: Writing

  /// Appends an integer.
  public static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(digits: UInt128(value.magnitude), atLeast: 1, to: &bytes)
  }

  /// Appends a decimal with as many digits after the point as its scale, or more zeros.
  public static func append(_ value: Decimal, decimals: Int = 0, to bytes: inout [UInt8]) {
    if value.digits < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    append(digits: value.digits.magnitude, atLeast: value.scale + 1, to: &bytes)
    let shown = max(value.scale, decimals)
    guard shown > 0 else { return }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: shown - value.scale))
    bytes.insert(UInt8(ascii: "."), at: max(start, bytes.count - shown))
  }

  private static func append(digits value: UInt128, atLeast width: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var high = value
    // 64-bit division is many times as fast.
    while high > UInt128(UInt64.max) {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: high % 10))
      high /= 10
    }
    var low = UInt64(truncatingIfNeeded: high)
    while low > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: low % 10))
      low /= 10
    }
    while bytes.count - start < width { bytes.append(UInt8(ascii: "0")) }
    bytes[start...].reverse()
  }
}
