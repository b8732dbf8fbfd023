import Tabular

/// Periods of time that rows are about, told by their first days.
package enum ReportPeriod {
  package enum Grain {
    case day, week, month, quarter, year

    package func text(_ day: Int, _ language: Language) -> String {
      let date = CivilDate(daysSinceEpoch: day)
      switch self {
      case .day: return Typography.date(day, language)
      case .week:
        let first = Typography.date(day, language)
        return language == .fr ? "semaine du " + first : "week of " + first
      case .month: return Typography.month(date, language)
      case .quarter:
        let quarter = (date.month + 2) / 3
        return language == .fr
          ? "\(quarter == 1 ? "1er" : "\(quarter)e") trimestre \(date.year)"
          : "Q\(quarter) \(date.year)"
      case .year: return String(date.year)
      }
    }

    /// Short enough for an axis.
    package func shortText(_ day: Int, _ language: Language) -> String {
      let date = CivilDate(daysSinceEpoch: day)
      switch self {
      case .day, .week:
        let month = Typography.shortMonth(date, language).split(separator: "\u{a0}").first ?? ""
        let day = date.day == 1 && language == .fr ? "1er" : String(date.day)
        return "\(day)\u{a0}\(month)"
      case .month: return Typography.shortMonth(date, language)
      case .quarter, .year: return text(day, language)
      }
    }

    /// The first day of the period that a day is in.
    package func start(of day: Int) -> Int {
      let date = CivilDate(daysSinceEpoch: day)
      let month: Int
      switch self {
      case .day: return day
      case .week: return day - CivilDate.weekday(daysSinceEpoch: day) + 1
      case .month: month = date.month
      case .quarter: month = (date.month - 1) / 3 * 3 + 1
      case .year: month = 1
      }
      return CivilDate(year: date.year, month: month, day: 1)?.daysSinceEpoch ?? day
    }

    /// The day after a period's last.
    package func end(of day: Int) -> Int {
      let date = CivilDate(daysSinceEpoch: day)
      let months: Int
      switch self {
      case .day: return day + 1
      case .week: return day + 7
      case .month: months = 1
      case .quarter: months = 3
      case .year: months = 12
      }
      let next = date.year * 12 + date.month - 1 + months
      let end = CivilDate(year: next / 12, month: next % 12 + 1, day: 1)
      return end?.daysSinceEpoch ?? day + 1
    }
  }

  /// What a column's dates begin: days, unless all of them begin something longer.
  package static func grain(of column: [Value]) -> Grain {
    var days: Set<Int> = []
    for cell in column { if case .date(let day) = cell { days.insert(Int(day)) } }
    let dates = days.map { CivilDate(daysSinceEpoch: $0) }
    guard let first = days.min() else { return .day }
    if dates.allSatisfy({ $0.day == 1 && $0.month == 1 }), dates.count > 1 { return .year }
    if dates.allSatisfy({ $0.day == 1 && $0.month % 3 == 1 }), dates.count > 2 { return .quarter }
    if dates.allSatisfy({ $0.day == 1 }) { return .month }
    let isWeekly = days.allSatisfy { ($0 - first).isMultiple(of: 7) }
    return isWeekly && CivilDate.weekday(daysSinceEpoch: first) == 1 && days.count > 2
      ? .week : .day
  }
}
