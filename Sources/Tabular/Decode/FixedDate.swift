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
      guard range.count == 10 else { return nil }
      let (head, tail) = (FixedDate.word(bytes, start), FixedDate.word(bytes, start &+ 2))
      guard FixedDate.byte(head, 2) == separator, FixedDate.byte(head, 5) == separator else {
        return nil
      }
      return FixedDate.day((tail >> 32) | ((head >> 24) & 0xFFFF) << 32 | head << 48)
    case .compact:
      guard range.count == 8 else { return nil }
      return FixedDate.day(FixedDate.word(bytes, start))
    }
  }

  @inline(__always)
  private static func yearFirst(_ bytes: Span<UInt8>, _ start: Int, _ separator: UInt8) -> Int32? {
    let (head, tail) = (word(bytes, start), word(bytes, start &+ 2))
    guard byte(head, 4) == separator, byte(head, 7) == separator else { return nil }
    return day((head & 0xFFFF_FFFF) | ((head >> 40) & 0xFFFF) << 32 | (tail >> 48) << 48)
  }

  /// Eight bytes, the first in the lowest byte.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
    precondition(at >= 0 && at &+ 8 <= bytes.count)
    let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
    return word.littleEndian
  }

  @inline(__always)
  private static func byte(_ word: UInt64, _ at: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: word >> (at &* 8))
  }

  /// - Parameter text: the digits of year, month and day, the first in the lowest byte.
  @inline(__always)
  private static func day(_ text: UInt64) -> Int32? {
    guard EightDigits.areDigits(text) else { return nil }
    let pairs = EightDigits.pairs(text)
    return day(
      year: UInt32(pairs & 0xFF) &* 100 &+ UInt32(pairs >> 16 & 0xFF),
      month: UInt32(pairs >> 32 & 0xFF), day: UInt32(pairs >> 48))
  }

  /// Two digits, or something above 99.
  @inline(__always)
  private static func two(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    let (tens, ones) = (UInt32(bytes[at] &- 48), UInt32(bytes[at &+ 1] &- 48))
    return (tens < 10 ? tens : 100) &* 10 &+ (ones < 10 ? ones : 1000)
  }

  /// Days from the first of March to the first of a month: so the leap day is a year's last.
  private static let daysFromMarch: InlineArray<13, UInt32> = [
    0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275,
  ]
  private static let lengths: InlineArray<13, UInt32> = [
    0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
  ]

  @inline(__always)
  private static func day(year: UInt32, month: UInt32, day: UInt32) -> Int32? {
    guard year &- 1 < 9999, month &- 1 < 12, day > 0, day <= 28 || exists(year, month, day) else {
      return nil
    }
    let ended = year &- (month > 2 ? 0 : 1)
    let centuries = ended / 100
    let days = ended &* 365 &+ ended / 4 &- centuries &+ centuries / 4
    return Int32(truncatingIfNeeded: days &+ daysFromMarch[Int(month)] &+ day) &- 719_469
  }

  private static func exists(_ year: UInt32, _ month: UInt32, _ day: UInt32) -> Bool {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= lengths[Int(month)] &+ (month == 2 && isLeap ? 1 : 0)
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
