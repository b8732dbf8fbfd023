/// Reads one date or time by a pattern.
struct DateReader {
  private var position: Int
  private let end: Int
  private var year: Int?
  private var month = 1
  private var day = 1
  private var hour = 0
  private var minute = 0
  private var second = 0
  private(set) var microseconds = 0
  private(set) var offsetMinutes: Int?

  init(position: Int, end: Int) { (self.position, self.end) = (position, end) }

  var date: CivilDate? { year.flatMap { CivilDate(year: $0, month: month, day: day) } }

  /// Seconds of the day; leap seconds are not times here.
  var time: Int? {
    hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : nil
  }

  /// Whether the whole text fits.
  mutating func read(_ bytes: Span<UInt8>, _ parts: [DatePattern.Part]) -> Bool {
    for part in parts {
      guard step(bytes, part) else { return false }
    }
    return position == end
  }

  private mutating func step(_ bytes: Span<UInt8>, _ part: DatePattern.Part) -> Bool {
    switch part {
    case .literal(let byte):
      guard position < end, bytes[position] == byte else { return false }
      position += 1
      return true
    case .year4:
      guard let value = digits(bytes, 4...4) else { return false }
      year = value
    case .year2:
      // POSIX: 69…99 are 1969…1999, 00…68 are 2000…2068.
      guard let value = digits(bytes, 2...2) else { return false }
      year = value + (value >= 69 ? 1900 : 2000)
    case .month: return take(bytes, 1...2) { $0.month = $1 }
    case .day: return takeDay(bytes)
    case .monthName:
      guard let found = MonthName.find(bytes, &position, end) else { return false }
      month = found
    case .hour: return take(bytes, 1...2) { $0.hour = $1 }
    case .minute: return take(bytes, 2...2) { $0.minute = $1 }
    case .second: return take(bytes, 2...2) { $0.second = $1 }
    case .fraction: return fraction(bytes)
    case .zone: return zone(bytes)
    }
    return true
  }

  @inline(__always)
  private mutating func take(
    _ bytes: Span<UInt8>, _ length: ClosedRange<Int>, _ put: (inout DateReader, Int) -> Void
  ) -> Bool {
    guard let value = digits(bytes, length) else { return false }
    put(&self, value)
    return true
  }

  /// A day, also `1er`.
  private mutating func takeDay(_ bytes: Span<UInt8>) -> Bool {
    guard let value = digits(bytes, 1...2) else { return false }
    day = value
    if value == 1, position + 1 < end, bytes[position] == UInt8(ascii: "e"),
      bytes[position + 1] == UInt8(ascii: "r")
    {
      position += 2
    }
    return true
  }

  private mutating func digits(_ bytes: Span<UInt8>, _ length: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while position < end, count < length.upperBound, bytes[position] &- 48 < 10 {
      value = value * 10 + Int(bytes[position] &- 48)
      position += 1
      count += 1
    }
    return count >= length.lowerBound ? value : nil
  }

  private mutating func fraction(_ bytes: Span<UInt8>) -> Bool {
    let start = position
    guard let value = digits(bytes, 1...6) else { return false }
    var scaled = value
    for _ in (position - start)..<6 { scaled *= 10 }
    microseconds = scaled
    return true
  }

  private mutating func zone(_ bytes: Span<UInt8>) -> Bool {
    guard position < end else { return false }
    let sign = bytes[position]
    position += 1
    if sign == UInt8(ascii: "Z") {
      offsetMinutes = 0
      return true
    }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = digits(bytes, 2...2), hours < 24
    else { return false }
    if position < end, bytes[position] == UInt8(ascii: ":") { position += 1 }
    guard let minutes = digits(bytes, 2...2), minutes < 60 else { return false }
    offsetMinutes = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    return true
  }
}

/// Month names, French and English, whole and short, in UTF-8 or with single-byte accents.
enum MonthName {
  private static let names: [(String, Int)] = [
    ("janvier", 1), ("january", 1), ("janv.", 1), ("janv", 1), ("jan", 1), ("février", 2),
    ("fevrier", 2), ("february", 2), ("févr.", 2), ("févr", 2), ("fevr.", 2), ("fév", 2),
    ("feb", 2), ("mars", 3), ("march", 3), ("mar", 3), ("avril", 4), ("april", 4), ("avr.", 4),
    ("avr", 4), ("apr", 4), ("mai", 5), ("may", 5), ("juin", 6), ("june", 6), ("jun", 6),
    ("juillet", 7), ("july", 7), ("juil.", 7), ("juil", 7), ("jul", 7), ("août", 8), ("aout", 8),
    ("august", 8), ("aug", 8), ("septembre", 9), ("september", 9), ("sept.", 9), ("sept", 9),
    ("sep", 9), ("octobre", 10), ("october", 10), ("oct.", 10), ("oct", 10), ("novembre", 11),
    ("november", 11), ("nov.", 11), ("nov", 11), ("décembre", 12), ("decembre", 12),
    ("december", 12), ("déc.", 12), ("déc", 12), ("dec.", 12), ("dec", 12),
  ]

  /// Longest first, so that `mars` is not read as `mar` and a rest.
  private static let spellings: [([UInt8], Int)] = {
    var all: [([UInt8], Int)] = []
    for (name, month) in names {
      all.append((Array(name.utf8), month))
      let latin = name.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      if latin.count != name.utf8.count { all.append((latin, month)) }
    }
    return all.sorted { $0.0.count > $1.0.count }
  }()

  static func find(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Int? {
    for (name, month) in spellings where position + name.count <= end {
      var same = true
      for index in name.indices {
        var byte = bytes[position + index]
        if (65...90).contains(byte) { byte |= 0x20 }
        if byte != name[index] {
          same = false
          break
        }
      }
      if same {
        position += name.count
        return month
      }
    }
    return nil
  }
}
