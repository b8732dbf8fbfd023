/// How missing values of an indicator are filled.
enum Imputation: Sendable, Hashable {
  case none
  case mean
  case median
  /// Of the units of the same group; units without a group stay missing.
  case groupMean
  case groupMedian
  /// The unit's latest value of an earlier period.
  case previousPeriod

  static let names: [String: Imputation] = [
    "none": .none, "mean": .mean, "median": .median, "group_mean": .groupMean,
    "group_median": .groupMedian, "previous_period": .previousPeriod,
  ]

  /// Fills a column.
  /// - Parameters:
  ///   - values: NaN where missing.
  ///   - units: the rows, and who they are of.
  /// - Returns: the column; missing stays what nothing is known for.
  func filled(_ values: [Double], _ units: UnitRows) -> [Double] {
    var filled = values
    switch self {
    case .none: break
    case .mean, .median:
      for rows in units.periods { fill(&filled, values, rows) }
    case .groupMean, .groupMedian:
      for rows in units.periods {
        for (_, members) in units.byGroup(rows) { fill(&filled, values, members) }
      }
    case .previousPeriod:
      for row in values.indices where values[row].isNaN {
        // The value as it was observed, never one that was itself filled.
        if let earlier = units.earlier(row).first(where: { !values[$0].isNaN }) {
          filled[row] = values[earlier]
        }
      }
    }
    return filled
  }

  private func fill(_ filled: inout [Double], _ values: [Double], _ rows: [Int]) {
    let known = rows.map { values[$0] }
    let centre: Double
    switch self {
    case .median, .groupMedian: centre = Statistics.median(known)
    default: centre = Statistics.mean(known)
    }
    for row in rows where values[row].isNaN { filled[row] = centre }
  }
}

/// The rows of an index: one a unit, or one a unit and period.
struct UnitRows: Sendable {
  let count: Int
  /// The rows of each period, the earliest first; all rows where there are none.
  let periods: [[Int]]
  /// Each row's group; nil for none.
  let groups: [String?]
  /// Each row's unit, as a number.
  let units: [Int]
  /// Each row's place among the periods.
  let period: [Int]
  /// The rows of each unit, the earliest first.
  let ofUnit: [[Int]]

  init(units: [Int], period: [Int], groups: [String?]) {
    (self.units, self.period, self.groups, count) = (units, period, groups, units.count)
    let last = period.max() ?? 0
    var periods = [[Int]](repeating: [], count: last + 1)
    for row in units.indices { periods[period[row]].append(row) }
    self.periods = periods
    var ofUnit = [[Int]](repeating: [], count: (units.max() ?? -1) + 1)
    for rows in periods { for row in rows { ofUnit[units[row]].append(row) } }
    self.ofUnit = ofUnit
  }

  /// Some rows by their groups, in the order of the groups' names.
  func byGroup(_ rows: [Int]) -> [(key: String, value: [Int])] {
    var members: [String: [Int]] = [:]
    for row in rows { if let group = groups[row] { members[group, default: []].append(row) } }
    return members.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
  }

  /// The rows of the same unit in earlier periods, the latest first.
  func earlier(_ row: Int) -> [Int] {
    ofUnit[units[row]].filter { period[$0] < period[row] }.reversed()
  }
}
