/// Dates and times as ISO 8601 writes them, on bytes.
public enum IsoText {
  /// Microseconds of a day.
  public static let dayMicros: Int64 = 86_400_000_000

  /// The day of `2026-01-31`, as days since 1970-01-01; nil for anything else.
  public static func date(_ bytes: ArraySlice<UInt8>) -> Int32? {
    guard bytes.count == 10 else { return nil }
    let s = bytes.startIndex
    guard bytes[s + 4] == UInt8(ascii: "-"), bytes[s + 7] == UInt8(ascii: "-"),
      let year = number(bytes[s..<s + 4]), let month = number(bytes[s + 5..<s + 7]),
      let day = number(bytes[s + 8..<s + 10]),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return Int32(truncatingIfNeeded: date.daysSinceEpoch)
  }

  /// The instant of `2026-01-31 14:05[:30[.123456]]`, with a `T` or a blank between, and `Z` or
  /// an offset such as `+01:00` where it is zoned (then in UTC). A date alone is its midnight.
  /// - Returns: microseconds since 1970-01-01T00:00:00, and whether a zone was given.
  public static func datetime(_ bytes: ArraySlice<UInt8>) -> (micros: Int64, zoned: Bool)? {
    guard let days = date(bytes.prefix(10)) else { return nil }
    let midnight = Int64(days) * dayMicros
    var rest = bytes.dropFirst(10)
    if rest.isEmpty { return (midnight, false) }
    guard let separator = rest.popFirst(),
      separator == UInt8(ascii: "T") || separator == UInt8(ascii: " "),
      let time = timeOfDay(&rest)
    else { return nil }
    if rest.isEmpty { return (midnight + time, false) }
    guard let offset = zoneOffset(rest) else { return nil }
    return (midnight + time - offset, true)
  }

  /// Takes `14:05[:30[.123456]]`, in microseconds.
  private static func timeOfDay(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    guard let hour = twoDigits(&rest, below: 24), rest.popFirst() == UInt8(ascii: ":"),
      let minute = twoDigits(&rest, below: 60)
    else { return nil }
    var micros = Int64(hour * 60 + minute) * 60_000_000
    guard rest.first == UInt8(ascii: ":") else { return micros }
    rest.removeFirst()
    guard let second = twoDigits(&rest, below: 60) else { return nil }
    micros += Int64(second) * 1_000_000
    guard rest.first == UInt8(ascii: ".") else { return micros }
    rest.removeFirst()
    var unit: Int64 = 100_000
    var count = 0
    while let byte = rest.first, byte.isDigit {
      count += 1
      if count > 6 { return nil }
      micros += Int64(byte - UInt8(ascii: "0")) * unit
      unit /= 10
      rest.removeFirst()
    }
    return count > 0 ? micros : nil
  }

  /// `Z`, `+01:00`, `+0100` or `+01`, in microseconds.
  private static func zoneOffset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    var rest = bytes
    guard let sign = rest.popFirst() else { return nil }
    if sign == UInt8(ascii: "Z") { return rest.isEmpty ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hour = twoDigits(&rest, below: 24)
    else { return nil }
    var minute = 0
    if !rest.isEmpty {
      if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
      guard let minutes = twoDigits(&rest, below: 60), rest.isEmpty else { return nil }
      minute = minutes
    }
    let micros = Int64(hour * 60 + minute) * 60_000_000
    return sign == UInt8(ascii: "-") ? -micros : micros
  }

  private static func twoDigits(_ rest: inout ArraySlice<UInt8>, below limit: Int) -> Int? {
    guard rest.count >= 2, let value = number(rest.prefix(2)), value < limit else { return nil }
    rest.removeFirst(2)
    return value
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  // MARK: Writing

  /// Appends `2026-01-31`. Years outside 0001…9999 are written with a sign or more digits.
  public static func append(date days: Int32, to bytes: inout [UInt8]) {
    let date = CivilDate(daysSinceEpoch: Int(days))
    var year = date.year
    if year < 0 {
      bytes.append(UInt8(ascii: "-"))
      year = -year
    }
    append(year, digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(date.month, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(date.day, digits: 2, to: &bytes)
  }

  /// Appends `2026-01-31T14:05:30`, with `.123456` where there are microseconds and `Z` where it
  /// is zoned.
  public static func append(datetime micros: Int64, zoned: Bool, to bytes: inout [UInt8]) {
    let (days, time) = split(micros)
    append(date: Int32(clamping: days), to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    append(Int(time / 3_600_000_000), digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(Int(time / 60_000_000 % 60), digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(Int(time / 1_000_000 % 60), digits: 2, to: &bytes)
    let fraction = Int(time % 1_000_000)
    if fraction > 0 {
      bytes.append(UInt8(ascii: "."))
      append(fraction, digits: 6, to: &bytes)
    }
    if zoned { bytes.append(UInt8(ascii: "Z")) }
  }

  /// The day, and the microseconds since its midnight (0 ..< a day).
  @inlinable
  public static func split(_ micros: Int64) -> (days: Int64, time: Int64) {
    let (quotient, remainder) = micros.quotientAndRemainder(dividingBy: dayMicros)
    return remainder < 0 ? (quotient - 1, remainder + dayMicros) : (quotient, remainder)
  }

  private static func append(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    var width = 1
    while width < digits || value / divisor >= 10 {
      divisor *= 10
      width += 1
    }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
