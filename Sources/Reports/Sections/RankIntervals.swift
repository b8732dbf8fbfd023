import Tabular

/// Where units' ranks lie when the choices that an index rests on are in doubt: from a table of its
/// ranking, if the report has one.
struct RankIntervals {
  private let table: ReportTable
  private let rows: [String: Int]
  private let ranked: Int
  private let columns: (rank: Int, low: Int, high: Int)

  /// - Returns: nil where no table has ranks with bounds, a row a unit.
  init?(_ tables: [ReportTable]) {
    for table in tables {
      let roles = BoundRoles(ReportRoles(), table)
      guard let rank = table.index("rank"), let low = table.index("rank_5"),
        let high = table.index("rank_95"), roles.isOneRowAUnit(table)
      else { continue }
      self.table = table
      columns = (rank, low, high)
      ranked = table.cells[rank].count { $0 != .null }
      rows = Dictionary((0..<table.rows).map { (roles.key(table, $0), $0) }) { first, _ in first }
      return
    }
    return nil
  }

  /// Whether a field is about all of an index and no part of it, so that it is no strength.
  static func isOfAll(_ field: String) -> Bool { field == "index" || field.hasPrefix("rank") }

  /// A sentence on a unit's rank; nil where the ranking does not have it.
  func text(_ unit: String, _ context: ReportContext) -> String? {
    guard let row = rows[unit] else { return nil }
    guard let rank = table.number(columns.rank, row), let low = table.number(columns.low, row),
      let high = table.number(columns.high, row)
    else { return context.say(ReportWords.notRanked) }
    let whole = { (number: Double) in Typography.number(number, decimals: 0, context.language) }
    let all = context.count(ranked)
    return context.say(
      low == rank && high == rank
        ? ReportWords.ranked(whole(rank), of: all)
        : ReportWords.ranked(whole(rank), of: all, from: whole(low), to: whole(high)))
  }
}
