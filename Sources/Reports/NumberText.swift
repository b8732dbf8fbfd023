import Tabular

/// Numbers as digits, appended to bytes without strings in between.
enum NumberText {
  static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(magnitude: UInt128(value.magnitude), minimumDigits: 1, to: &bytes)
  }

  /// An exact decimal without trailing zeros after the mark, or with exactly `decimals` digits
  /// there; a value that has more keeps them, since nothing is rounded in passing.
  static func append(
    _ digits: Int128, scale: Int, decimals: Int?, mark: UInt8, to bytes: inout [UInt8]
  ) {
    var (digits, scale) = (digits, scale)
    let least = decimals ?? 0
    while scale > least, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    if digits < 0 { bytes.append(UInt8(ascii: "-")) }
    let divisor = UInt128(Decimal.powersOfTen[scale])
    let (whole, fraction) = digits.magnitude.quotientAndRemainder(dividingBy: divisor)
    append(magnitude: whole, minimumDigits: 1, to: &bytes)
    guard scale > 0 || least > 0 else { return }
    bytes.append(mark)
    if scale > 0 { append(magnitude: fraction, minimumDigits: scale, to: &bytes) }
    for _ in scale..<max(scale, least) { bytes.append(UInt8(ascii: "0")) }
  }

  /// The same of 64 bits, which is most of what is written.
  static func append(
    _ digits: Int64, scale: Int, decimals: Int?, mark: UInt8, to bytes: inout [UInt8]
  ) {
    var (rest, scale) = (digits.magnitude, scale)
    let least = decimals ?? 0
    while scale > least, rest % 10 == 0 {
      rest /= 10
      scale -= 1
    }
    if digits < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    // From the last digit; the mark goes in between.
    for _ in 0..<max(least - scale, 0) { bytes.append(UInt8(ascii: "0")) }
    var written = 0
    while rest > 0 || written <= scale {
      if written == scale, scale > 0 || least > 0 { bytes.append(mark) }
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      written += 1
    }
    bytes[start...].reverse()
  }

  static func append(magnitude: UInt128, minimumDigits: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = magnitude
    while rest > UInt128(UInt64.max) {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    var small = UInt64(rest)
    while small > 0 || bytes.count - start < minimumDigits {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: small % 10))
      small /= 10
    }
    bytes[start...].reverse()
  }

  /// The shortest digits that read back as the same double.
  static func append(_ value: Double, mark: UInt8, to bytes: inout [UInt8]) {
    let text =
      value == value.rounded() && value.magnitude < 1e15
      ? String(Int64(value)) : value.description
    for byte in text.utf8 { bytes.append(byte == UInt8(ascii: ".") ? mark : byte) }
  }
}

/// Dates and times as digits.
enum DateText {
  static func append(day: Int32, iso: Bool, to bytes: inout [UInt8]) {
    let date = CivilDate(daysSinceEpoch: Int(day))
    let (year, month, dayOfMonth) = (date.year, date.month, date.day)
    if iso {
      NumberText.append(magnitude: UInt128(year.magnitude), minimumDigits: 4, to: &bytes)
      bytes.append(UInt8(ascii: "-"))
      two(month, &bytes)
      bytes.append(UInt8(ascii: "-"))
      two(dayOfMonth, &bytes)
    } else {
      two(dayOfMonth, &bytes)
      bytes.append(UInt8(ascii: "/"))
      two(month, &bytes)
      bytes.append(UInt8(ascii: "/"))
      NumberText.append(magnitude: UInt128(year.magnitude), minimumDigits: 4, to: &bytes)
    }
  }

  /// - Parameter moment: microseconds since 1970-01-01T00:00:00.
  static func append(moment: Int64, zoned: Bool, iso: Bool, to bytes: inout [UInt8]) {
    let perDay: Int64 = 86_400_000_000
    var day = moment / perDay
    var rest = moment % perDay
    if rest < 0 {
      rest += perDay
      day -= 1
    }
    append(day: Int32(clamping: day), iso: iso, to: &bytes)
    bytes.append(iso ? UInt8(ascii: "T") : 32)
    let seconds = Int(rest / 1_000_000)
    two(seconds / 3600, &bytes)
    bytes.append(UInt8(ascii: ":"))
    two(seconds / 60 % 60, &bytes)
    bytes.append(UInt8(ascii: ":"))
    two(seconds % 60, &bytes)
    let fraction = rest % 1_000_000
    if fraction > 0 {
      bytes.append(UInt8(ascii: "."))
      NumberText.append(magnitude: UInt128(fraction), minimumDigits: 6, to: &bytes)
    }
    if zoned { bytes.append(UInt8(ascii: "Z")) }
  }

  private static func two(_ value: Int, _ bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
  }
}
