/// Dates whose digits always stand at the same places, the way programs write them: read without a
/// loop over the pattern. What does not fit goes the pattern's way.
struct FixedDate: Sendable {
  enum Order: Sendable {
    /// `2024-02-03` with some separator.
    case yearFirst(UInt8)
    /// `03/02/2024` with some separator.
    case dayFirst(UInt8)
    /// `20240203`
    case compact
  }

  let order: Order

  /// - Returns: nil for patterns of another shape.
  init?(_ parts: [DatePattern.Part]) {
    if parts == [.year4, .month, .day] {
      order = .compact
    } else if parts.count == 5, case .literal(let separator) = parts[1], parts[1] == parts[3] {
      switch (parts[0], parts[2], parts[4]) {
      case (.year4, .month, .day): order = .yearFirst(separator)
      case (.day, .month, .year4): order = .dayFirst(separator)
      default: return nil
      }
    } else {
      return nil
    }
  }

  /// Days since 1970-01-01; nil for what must be looked at more closely.
  @inline(__always)
  func day(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    let start = range.lowerBound
    switch order {
    case .yearFirst(let separator):
      guard range.count == 10 else { return nil }
      return FixedDate.yearFirst(bytes, start, separator)
    case .dayFirst(let separator):
      guard range.count == 10, bytes[start &+ 2] == separator, bytes[start &+ 5] == separator else {
        return nil
      }
      return FixedDate.day(
        year: FixedDate.four(bytes, start &+ 6), month: FixedDate.two(bytes, start &+ 3),
        day: FixedDate.two(bytes, start))
    case .compact:
      guard range.count == 8 else { return nil }
      return FixedDate.day(
        year: FixedDate.four(bytes, start), month: FixedDate.two(bytes, start &+ 4),
        day: FixedDate.two(bytes, start &+ 6))
    }
  }

  @inline(__always)
  private static func yearFirst(_ bytes: Span<UInt8>, _ start: Int, _ separator: UInt8) -> Int32? {
    guard bytes[start &+ 4] == separator, bytes[start &+ 7] == separator else { return nil }
    return day(
      year: four(bytes, start), month: two(bytes, start &+ 5), day: two(bytes, start &+ 8))
  }

  /// Two digits, or something above 99.
  @inline(__always)
  private static func two(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    let (tens, ones) = (UInt32(bytes[at] &- 48), UInt32(bytes[at &+ 1] &- 48))
    return (tens < 10 ? tens : 100) &* 10 &+ (ones < 10 ? ones : 1000)
  }

  /// Four digits, or something above 9999.
  @inline(__always)
  private static func four(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    let (high, low) = (two(bytes, at), two(bytes, at &+ 2))
    return high < 100 && low < 100 ? high &* 100 &+ low : .max
  }

  private static let daysBefore: InlineArray<13, UInt32> = [
    0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
  ]
  private static let lengths: InlineArray<13, UInt32> = [
    0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
  ]

  @inline(__always)
  private static func day(year: UInt32, month: UInt32, day: UInt32) -> Int32? {
    guard year &- 1 < 9999, month &- 1 < 12, day > 0 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let leapDay: UInt32 = isLeap ? 1 : 0
    let length = lengths[Int(month)] &+ (month == 2 ? leapDay : 0)
    guard day <= length else { return nil }
    let before = year &- 1
    let days = before &* 365 &+ before / 4 &- before / 100 &+ before / 400
    let inYear = daysBefore[Int(month)] &+ (month > 2 ? leapDay : 0) &+ day &- 1
    return Int32(truncatingIfNeeded: days &+ inYear) &- 719_162
  }

  /// `2024-02-03T04:05:06`, or a blank for the `T`, with a fraction and a zone or not.
  /// - Returns: microseconds since 1970-01-01T00:00:00, in UTC when `zoned`; nil for what must be
  ///   looked at more closely.
  static func isoMoment(_ bytes: Span<UInt8>, _ range: Range<Int>, zoned: Bool) -> Int64? {
    let start = range.lowerBound
    guard range.count >= 19, bytes[start + 10] == UInt8(ascii: "T") || bytes[start + 10] == 32,
      bytes[start + 13] == UInt8(ascii: ":"), bytes[start + 16] == UInt8(ascii: ":"),
      let day = yearFirst(bytes, start, UInt8(ascii: "-"))
    else { return nil }
    let (hour, minute, second) = (
      two(bytes, start + 11), two(bytes, start + 14), two(bytes, start + 17)
    )
    guard hour < 24, minute < 60, second < 60 else { return nil }
    var position = start + 19
    var fraction: Int64 = 0
    if position < range.upperBound, bytes[position] == UInt8(ascii: ".") {
      position += 1
      var unit: Int64 = 100_000
      while position < range.upperBound, unit > 0, bytes[position] &- 48 < 10 {
        fraction += Int64(bytes[position] &- 48) * unit
        unit /= 10
        position += 1
      }
      if unit == 100_000 { return nil }
    }
    if zoned {
      guard position + 1 == range.upperBound, bytes[position] == UInt8(ascii: "Z") else {
        return nil
      }
    } else if position != range.upperBound {
      return nil
    }
    let seconds = Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return seconds * 1_000_000 + fraction
  }
}
