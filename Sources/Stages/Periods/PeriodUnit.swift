import Tabular

/// Periods of a calendar, numbered one after the other.
enum PeriodUnit: String, CaseIterable, Sendable {
  case day
  /// Of ISO 8601: from Monday on.
  case week
  case month, quarter, year

  /// What people call one of them, or several.
  func spoken(many: Bool) -> Message {
    let one =
      switch self {
      case .day: Message(en: "day", fr: "jour")
      case .week: Message(en: "week", fr: "semaine")
      case .month: Message(en: "month", fr: "mois")
      case .quarter: Message(en: "quarter", fr: "trimestre")
      case .year: Message(en: "year", fr: "an")
      }
    guard many else { return one }
    return Message(en: one.en + "s", fr: self == .month ? one.fr : one.fr + "s")
  }

  /// The number of the period that a day lies in.
  /// - Parameter day: since 1970-01-01.
  func number(of day: Int) -> Int {
    switch self {
    case .day: return day
    // 1969-12-29 was a Monday.
    case .week: return day + 3 >= 0 ? (day + 3) / 7 : (day + 3 - 6) / 7
    case .month, .quarter, .year:
      let date = CivilDate(daysSinceEpoch: day)
      return (date.year * 12 + date.month - 1) / months
    }
  }

  /// The first day of a period.
  func start(of number: Int) -> Int {
    switch self {
    case .day: return number
    case .week: return number * 7 - 3
    case .month, .quarter, .year:
      let month = number * months
      let date = CivilDate(year: month / 12, month: month % 12 + 1, day: 1)
      return date?.daysSinceEpoch ?? Int(Int32.max)
    }
  }

  /// The last day of a period.
  func end(of number: Int) -> Int { start(of: number + 1) - 1 }

  /// The same period of the year before.
  /// - Parameter lastForWeek53: whether the last week stands for a week 53 that year had not.
  /// - Returns: nil where there is none: 29 February, week 53.
  func yearBefore(_ number: Int, lastForWeek53: Bool) -> Int? {
    switch self {
    case .month: return number - 12
    case .quarter: return number - 4
    case .year: return number - 1
    case .day:
      let date = CivilDate(daysSinceEpoch: number)
      return CivilDate(year: date.year - 1, month: date.month, day: date.day)?.daysSinceEpoch
    case .week:
      let (year, week) = CivilDate.isoWeek(daysSinceEpoch: start(of: number))
      guard let january = CivilDate(year: year - 1, month: 1, day: 4) else { return nil }
      let wanted = self.number(of: january.daysSinceEpoch) + week - 1
      let isThere = CivilDate.isoWeek(daysSinceEpoch: start(of: wanted)).year == year - 1
      return isThere ? wanted : lastForWeek53 ? wanted - 1 : nil
    }
  }

  private var months: Int { self == .month ? 1 : self == .quarter ? 3 : 12 }
}
