/// Numbers as SQL writes them, on bytes: `-12`, `1.5`, `2e3`. No blanks, no grouping, no decimal
/// comma.
public enum NumberText {
  // MARK: Reading

  /// `-12`; nil for anything else, and for what 64 bits do not hold.
  public static func integer(_ text: Span<UInt8>) -> Int64? {
    let (isNegative, start) = sign(text)
    guard start < text.count else { return nil }
    // Counted down, because the negative side reaches one further.
    var value: Int64 = 0
    for index in start..<text.count {
      guard text[index].isDigit else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(text[index] - UInt8(ascii: "0"))
      let (difference, borrow) = product.subtractingReportingOverflow(digit)
      if overflow || borrow { return nil }
      value = difference
    }
    if isNegative { return value }
    return value == Int64.min ? nil : -value
  }

  /// An exact decimal of at most 38 digits, at most 18 of them (but for zeros) after the point;
  /// nil for anything else. The scale is the number of digits written after the point.
  public static func decimal(_ text: Span<UInt8>) -> Decimal? {
    let (isNegative, start) = sign(text)
    var end = text.count
    if let point = point(text) {
      let limit = point + 1 + DecimalValues.maximumScale
      while end > limit, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
      if end > limit { return nil }
    }
    let limit = Decimal.powersOfTen[37]
    var digits: Int128 = 0
    var scale = 0
    var count = 0
    var pointSeen = false
    for index in start..<max(start, end) {
      let byte = text[index]
      if byte == UInt8(ascii: "."), !pointSeen {
        pointSeen = true
        continue
      }
      guard byte.isDigit, digits < limit else { return nil }
      count += 1
      if pointSeen { scale += 1 }
      digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
    }
    guard count > 0 else { return nil }
    return Decimal(digits: isNegative ? -digits : digits, scale: scale)
  }

  /// The nearest double of `-1.5e3`; nil for anything else, and for what is not finite.
  public static func double(_ text: Span<UInt8>) -> Double? {
    let (isNegative, start) = sign(text)
    var mantissa: UInt64 = 0
    var exponent = 0
    var count = 0
    var isExact = true
    var pointSeen = false
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "."), !pointSeen {
        pointSeen = true
      } else if byte.isDigit {
        count += 1
        if pointSeen { exponent -= 1 }
        // 2^53 and below are doubles.
        isExact = isExact && mantissa < 900_719_925_474_099
        if isExact { mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0")) }
      } else {
        break
      }
      index += 1
    }
    guard count > 0 else { return nil }
    if index < text.count {
      guard text[index] | 0x20 == UInt8(ascii: "e"),
        let power = integer(text.extracting((index + 1)..<text.count))
      else { return nil }
      exponent = Int(max(-100_000, min(100_000, power))) + max(-100_000, exponent)
    }
    if isExact, exponent >= -22, exponent <= 22 {
      // Both are exact doubles, so that the result is rounded once.
      let power = Double(Decimal.powersOfTen[abs(exponent)])
      let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
      return isNegative ? 0 - value : value
    }
    var bytes: [UInt8] = []
    for index in start..<text.count { bytes.append(text[index]) }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite
    else { return nil }
    return isNegative ? 0 - value : value
  }

  private static func sign(_ text: Span<UInt8>) -> (isNegative: Bool, start: Int) {
    guard text.count > 0 else { return (false, 0) }
    let isNegative = text[0] == UInt8(ascii: "-")
    return (isNegative, isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0)
  }

  private static func point(_ text: Span<UInt8>) -> Int? {
    for index in 0..<text.count where text[index] == UInt8(ascii: ".") { return index }
    return nil
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

  /// Appends a finite double with the fewest digits that give it back, laid out as in RFC 8785:
  /// plain up to 21 digits, then `1e+21` or `1e-7`.
  public static func append(_ value: Double, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let shortest = ShortestDecimal(value)
    var digits: [UInt8] = []
    append(digits: UInt128(shortest.digits), atLeast: 1, to: &digits)
    // Where the point stands, counted from the first digit.
    let point = digits.count + shortest.exponent
    let zero = UInt8(ascii: "0")
    switch point {
    case _ where shortest.digits == 0: bytes.append(zero)
    case digits.count...21 where point >= digits.count:
      bytes += digits
      bytes += Array(repeating: zero, count: point - digits.count)
    case 1...21:
      bytes += digits[..<point]
      bytes.append(UInt8(ascii: "."))
      bytes += digits[point...]
    case -5...0:
      bytes += [zero, UInt8(ascii: ".")]
      bytes += Array(repeating: zero, count: -point)
      bytes += digits
    default:
      bytes.append(digits[0])
      if digits.count > 1 {
        bytes.append(UInt8(ascii: "."))
        bytes += digits[1...]
      }
      bytes += [UInt8(ascii: "e"), UInt8(ascii: point > 0 ? "+" : "-")]
      append(digits: UInt128((point - 1).magnitude), atLeast: 1, to: &bytes)
    }
  }

  private static func append(digits value: UInt128, atLeast width: Int, to bytes: inout [UInt8]) {
    var high = value
    var count = width
    var limit: UInt128 = width < 39 ? Decimal.powersOfTen[width].magnitude : UInt128.max
    while count < 39, value >= limit {
      count += 1
      limit = count < 39 ? limit * 10 : UInt128.max
    }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: count))
    var index = bytes.count - 1
    // 64-bit division is many times as fast.
    while high > UInt128(UInt64.max) {
      bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: high % 10)
      high /= 10
      index -= 1
    }
    var low = UInt64(truncatingIfNeeded: high)
    while low > 0 {
      bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: low % 10)
      low /= 10
      index -= 1
    }
  }
}

/// The fewest decimal digits that give a double back: magnitude = digits × 10^exponent.
struct ShortestDecimal {
  private(set) var digits: UInt64 = 0
  private(set) var exponent = 0

  /// - Parameter value: finite.
  init(_ value: Double) {
    let magnitude = value.magnitude
    if magnitude < 9_007_199_254_740_992, magnitude.rounded(.towardZero) == magnitude {
      digits = UInt64(magnitude)
    } else {
      read(magnitude.description)
    }
    while digits > 0, digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
  }

  /// Takes the standard library's `12.5` or `1.25e-07`, which has at most 17 digits.
  private mutating func read(_ text: String) {
    var pointSeen = false
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: ".") {
        pointSeen = true
      } else if byte.isDigit {
        digits = digits &* 10 &+ UInt64(byte - UInt8(ascii: "0"))
        if pointSeen { exponent -= 1 }
      } else {
        exponent += Int(Substring(bytes)) ?? 0
        return
      }
    }
  }

  /// The decimal nearest to these digits, half away from zero at 18 digits after the point; nil
  /// when it is too large.
  func decimal(isNegative: Bool) -> Decimal? {
    if exponent > 20 { return nil }
    if exponent < -38 { return Decimal(digits: 0, scale: 0) }
    let signed = isNegative ? -Int128(digits) : Int128(digits)
    if exponent >= 0 {
      let (product, overflow) = signed.multipliedReportingOverflow(
        by: Decimal.powersOfTen[exponent])
      return overflow ? nil : Decimal(digits: product, scale: 0)
    }
    let scale = min(-exponent, DecimalValues.maximumScale)
    let divisor = Decimal.powersOfTen[-exponent - scale]
    return Decimal(digits: divideHalfAway(signed, by: divisor), scale: scale)
  }
}
