/// The dates of a calendar: each day, or the first day of each week, month, quarter or year.
public enum CalendarStep: String, Sendable, CaseIterable {
  case day
  /// Weeks start on Mondays.
  case week
  case month
  case quarter
  case year

  /// The calendar's dates from the period that holds `from` to the one that holds `to`, in days
  /// since 1970-01-01; empty when `to` is before `from`, nil when they are too many to list.
  public func dates(from: Int32, to: Int32) -> [Int32]? {
    guard from <= to else { return [] }
    let (first, last) = (Int(from), Int(to))
    // Far past the years 1…9999.
    guard first >= -4_000_000, last <= 4_000_000 else { return nil }
    switch self {
    case .day: return (first...last).map { Int32($0) }
    case .week:
      let monday = first - (CivilDate.weekday(daysSinceEpoch: first) - 1)
      return stride(from: monday, through: last, by: 7).map { Int32($0) }
    case .month: return months(first, last, 1)
    case .quarter: return months(first, last, 3)
    case .year: return months(first, last, 12)
    }
  }

  private func months(_ first: Int, _ last: Int, _ step: Int) -> [Int32] {
    let start = CivilDate(daysSinceEpoch: first)
    var month = start.year * 12 + (start.month - 1) / step * step
    var dates: [Int32] = []
    while let date = CivilDate(year: month / 12, month: month % 12 + 1, day: 1),
      date.daysSinceEpoch <= last
    {
      dates.append(Int32(date.daysSinceEpoch))
      month += step
    }
    return dates
  }
}
