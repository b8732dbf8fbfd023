import Reports
import Tabular

/// How far a source's data go, beside how far they should by the frequency that its governance
/// entry declares.
package struct Freshness: Hashable {
  /// The last day of the last period that has enough rows.
  package let through: Int
  /// The first day that data are missing from; nil where none are.
  package let missingSince: Int?

  /// Days that a service may take to deliver, weekends among them.
  private static let grace = 3

  /// - Parameters:
  ///   - days: rows by their day since 1970-01-01.
  ///   - frequency: as in the European vocabulary.
  ///   - asOf: the last day that counts: what is dated later is planned, or a slip of the pen.
  ///   - least: rows that a period has at least to be told of. Few could be one person's, or one
  ///     wrong year.
  /// - Returns: nil where the frequency says nothing, or where periods with fewer rows are usual
  ///   (more than a third: a week has two days of rest).
  package init?(_ days: [Int: Int], frequency: String?, asOf: Int, least: Int) {
    guard let grain = frequency.flatMap({ Self.grains[$0] }) else { return nil }
    var periods: [Int: Int] = [:]
    for (day, rows) in days where day <= asOf { periods[grain.start(of: day), default: 0] += rows }
    guard let last = periods.filter({ $0.value >= max(least, 1) }).keys.max() else { return nil }
    let usual = periods.values.count { $0 >= max(least, 1) }
    var (all, start) = (0, periods.keys.min() ?? last)
    while start <= last, all <= usual * 2 { (all, start) = (all + 1, grain.end(of: start)) }
    guard usual * 3 >= all * 2 else { return nil }
    let next = grain.end(of: last)
    through = min(next - 1, asOf)
    missingSince = grain.end(of: next) + Self.grace <= asOf + 1 ? next : nil
  }

  private static let grains: [String: ReportPeriod.Grain] = [
    "CONT": .day, "UPDATE_CONT": .day, "HOURLY": .day, "BIHOURLY": .day, "TRIHOURLY": .day,
    "DAILY": .day, "DAILY_2": .day, "WEEKLY": .week, "WEEKLY_2": .week, "WEEKLY_3": .week,
    "BIWEEKLY": .month, "MONTHLY": .month, "MONTHLY_2": .month, "MONTHLY_3": .month,
    "QUARTERLY": .quarter, "ANNUAL": .year, "ANNUAL_2": .year, "ANNUAL_3": .year,
  ]
}
