/// A strptime-like pattern of dates and times, compiled once.
public struct DatePattern: Sendable {
  enum Part: Sendable, Equatable {
    case literal(UInt8)
    case year4
    case year2
    case month
    case day
    /// A French or English month name, whole or short.
    case monthName
    case hour
    case minute
    case second
    /// Fraction of a second, up to six digits.
    case fraction
    /// `Z`, `+01:00`, `+0100`.
    case zone
  }

  let parts: [Part]
  /// The same with all digits at fixed places, for the usual dates.
  let fixed: FixedDate?
  /// Whether this is one of `isoDatetimes`.
  private(set) var isISODatetime = false

  /// - Parameter pattern: `%Y %y %m %d %b %B %H %M %S %f %z` and literals; nil for others.
  public init?(_ pattern: String) {
    var parts: [Part] = []
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        parts.append(.literal(byte))
        continue
      }
      guard let code = bytes.popFirst() else { return nil }
      switch Character(Unicode.Scalar(code)) {
      case "Y": parts.append(.year4)
      case "y": parts.append(.year2)
      case "m": parts.append(.month)
      case "d", "e": parts.append(.day)
      case "b", "B", "h": parts.append(.monthName)
      case "H": parts.append(.hour)
      case "M": parts.append(.minute)
      case "S": parts.append(.second)
      case "f": parts.append(.fraction)
      case "z": parts.append(.zone)
      case "T": parts += [.hour, .literal(58), .minute, .literal(58), .second]
      case "F": parts += [.year4, .literal(45), .month, .literal(45), .day]
      case "%": parts.append(.literal(code))
      default: return nil
      }
    }
    self.init(parts: parts)
  }

  private init(parts: [Part]) {
    self.parts = parts
    fixed = FixedDate(parts)
  }

  /// `2024-02-03`.
  public static let isoDate = DatePattern(
    parts: [.year4, .literal(45), .month, .literal(45), .day])

  /// ISO 8601: `T` or a blank, seconds and fraction may lack, a zone may follow.
  public static let isoDatetimes: [DatePattern] = {
    let date: [Part] = [.year4, .literal(45), .month, .literal(45), .day]
    var all: [DatePattern] = []
    for separator in [UInt8(ascii: "T"), 32] {
      let minutes = date + [.literal(separator), .hour, .literal(58), .minute]
      let seconds = minutes + [.literal(58), .second]
      for time in [seconds, seconds + [.literal(46), .fraction], minutes] {
        all.append(DatePattern(parts: time))
        all.append(DatePattern(parts: time + [.zone]))
      }
    }
    for index in all.indices { all[index].isISODatetime = true }
    return all
  }()

  /// Days since 1970-01-01, by the first pattern that fits; nil when none does.
  static func day(_ bytes: Span<UInt8>, _ range: Range<Int>, _ patterns: [DatePattern]) -> Int? {
    for pattern in patterns {
      var reader = DateReader(position: range.lowerBound, end: range.upperBound)
      if reader.read(bytes, pattern.parts), let date = reader.date {
        return date.daysSinceEpoch
      }
    }
    return nil
  }

  /// Microseconds since 1970-01-01T00:00:00, in UTC when `zoned`.
  static func moment(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ patterns: [DatePattern], zoned: Bool
  ) -> Int64? {
    for pattern in patterns {
      var reader = DateReader(position: range.lowerBound, end: range.upperBound)
      guard reader.read(bytes, pattern.parts), let date = reader.date, let time = reader.time,
        zoned == (reader.offsetMinutes != nil)
      else { continue }
      let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time)
      return (seconds - Int64(reader.offsetMinutes ?? 0) * 60) * 1_000_000
        + Int64(reader.microseconds)
    }
    return nil
  }
}
