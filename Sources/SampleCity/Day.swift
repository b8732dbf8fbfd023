/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
struct Day: Comparable {
  var number: Int

  init(_ number: Int) { self.number = number }

  /// Howard Hinnant's `days_from_civil`.
  init(_ year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Howard Hinnant's `civil_from_days`.
  var civil: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// 0 is Monday, 6 Sunday.
  var weekday: Int { (((number + 3) % 7) + 7) % 7 }

  /// `31/12/2025`
  var french: String {
    let (year, month, day) = civil
    return "\(padded(day, 2))/\(padded(month, 2))/\(padded(year, 4))"
  }

  /// `2025-12-31`
  var iso: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  static func + (day: Day, days: Int) -> Day { Day(day.number + days) }
  static func - (a: Day, b: Day) -> Int { a.number - b.number }

  /// The last day the sample knows: every data set is an export made on 1 November 2026.
  static let lastKnown = Day(2026, 10, 31)
}

/// A calendar month of the sample.
struct Month {
  var year: Int
  var month: Int

  var first: Day { Day(year, month, 1) }
  var days: Int { following.first - first }
  var following: Month {
    month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1)
  }
  /// `2025-12`
  var label: String { "\(padded(year, 4))-\(padded(month, 2))" }

  /// `count` months from `start` on.
  static func run(from start: Month, count: Int) -> [Month] {
    var months: [Month] = []
    var month = start
    for _ in 0..<count {
      months.append(month)
      month = month.following
    }
    return months
  }
}

/// `value` in decimal digits, with leading zeros up to `width`.
func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
