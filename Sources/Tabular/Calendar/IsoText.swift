/// Dates and times as ISO 8601 writes them, on bytes.
public enum IsoText {
  /// Microseconds of a day.
  public static let dayMicros: Int64 = 86_400_000_000

  /// The day of `2026-01-31`, as days since 1970-01-01; nil for anything else.
  public static func date(_ text: Span<UInt8>) -> Int32? {
    var cursor = Cursor()
    guard let days = date(text, &cursor), cursor.position == text.count else { return nil }
    return days
  }

  /// The instant of `2026-01-31 14:05[:30[.123456]]`, with a `T` or a blank between, and `Z` or
  /// an offset such as `+01:00` where it is zoned (then in UTC). A date alone is its midnight.
  /// - Returns: microseconds since 1970-01-01T00:00:00, and whether a zone was given.
  public static func datetime(_ text: Span<UInt8>) -> (micros: Int64, zoned: Bool)? {
    var cursor = Cursor()
    guard let days = date(text, &cursor) else { return nil }
    let midnight = Int64(days) * dayMicros
    if cursor.position == text.count { return (midnight, false) }
    guard cursor.accept(UInt8(ascii: "T"), text) || cursor.accept(UInt8(ascii: " "), text),
      let time = timeOfDay(text, &cursor)
    else { return nil }
    if cursor.position == text.count { return (midnight + time, false) }
    guard let offset = zoneOffset(text, &cursor), cursor.position == text.count
    else { return nil }
    return (midnight + time - offset, true)
  }

  /// A place in a text.
  private struct Cursor {
    var position = 0

    mutating func accept(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
      guard position < text.count, text[position] == byte else { return false }
      position += 1
      return true
    }

    /// Exactly so many digits.
    mutating func number(_ width: Int, _ text: Span<UInt8>) -> Int? {
      guard position + width <= text.count else { return nil }
      var value = 0
      for index in position..<position + width {
        guard text[index].isDigit else { return nil }
        value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
      }
      position += width
      return value
    }
  }

  private static func date(_ text: Span<UInt8>, _ cursor: inout Cursor) -> Int32? {
    guard let year = cursor.number(4, text), cursor.accept(UInt8(ascii: "-"), text),
      let month = cursor.number(2, text), cursor.accept(UInt8(ascii: "-"), text),
      let day = cursor.number(2, text),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return Int32(truncatingIfNeeded: date.daysSinceEpoch)
  }

  /// Takes `14:05[:30[.123456]]`, in microseconds.
  private static func timeOfDay(_ text: Span<UInt8>, _ cursor: inout Cursor) -> Int64? {
    guard let hour = cursor.number(2, text), hour < 24, cursor.accept(UInt8(ascii: ":"), text),
      let minute = cursor.number(2, text), minute < 60
    else { return nil }
    var micros = Int64(hour * 60 + minute) * 60_000_000
    guard cursor.accept(UInt8(ascii: ":"), text) else { return micros }
    guard let second = cursor.number(2, text), second < 60 else { return nil }
    micros += Int64(second) * 1_000_000
    guard cursor.accept(UInt8(ascii: "."), text) else { return micros }
    var unit: Int64 = 1_000_000
    while unit > 1, let digit = cursor.number(1, text) {
      unit /= 10
      micros += Int64(digit) * unit
    }
    return unit < 1_000_000 ? micros : nil
  }

  /// Takes `Z`, `+01:00`, `+0100` or `+01`, in microseconds.
  private static func zoneOffset(_ text: Span<UInt8>, _ cursor: inout Cursor) -> Int64? {
    if cursor.accept(UInt8(ascii: "Z"), text) { return 0 }
    let isNegative = cursor.accept(UInt8(ascii: "-"), text)
    guard isNegative || cursor.accept(UInt8(ascii: "+"), text),
      let hour = cursor.number(2, text), hour < 24
    else { return nil }
    var minute = 0
    if cursor.position < text.count {
      _ = cursor.accept(UInt8(ascii: ":"), text)
      guard let minutes = cursor.number(2, text), minutes < 60 else { return nil }
      minute = minutes
    }
    let micros = Int64(hour * 60 + minute) * 60_000_000
    return isNegative ? -micros : micros
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
