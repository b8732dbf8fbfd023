import Glibc
import StageKit
import Tabular

/// What became of each unit from the first period to the last.
enum ChangesTable: IndexTable {
  static let name = "changes"
  static let title = Message(en: "changes", fr: "changements")
  static let summary = Message(
    en: "from the first period to the last: difference, yearly growth, trend",
    fr: "de la première période à la dernière : écart, croissance annuelle, tendance")
  static let isOfUnits = false

  private static let numbers = ["first", "last", "difference", "annual_growth", "trend"]

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    return known.spec.units.fields.compactMap { known.input.field($0.name) } + [
      known.element("element"), known.level(), known.integer("periods", all),
      Field("complete", .boolean, privacy: all, nullable: false),
    ] + numbers.map { known.double($0, all) }
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let solution = work.solution
    let nodes = solution.tree.nodes
    let (years, units) = (work.spec.years, work.spec.units.fields.indices)
    var columns = [[Value]](repeating: [], count: units.count + 4 + numbers.count)
    guard years.count > 1 else { return columns }
    for node in nodes.indices {
      let values = nodes[node].indicator.map { solution.raw[$0] } ?? solution.scores[node]
      let isScore = nodes[node].indicator == nil
      for rows in solution.units.ofUnit {
        guard let first = rows.first else { continue }
        let series = rows.map { (year: years[solution.units.period[$0]], value: values[$0]) }
          .filter { !$0.value.isNaN }
        let change = Change(series, isScore: isScore)
        let cells: [Value] =
          units.map { work.unitColumns[$0][first] } + [
            .text(nodes[node].name), .text(nodes[node].level.rawValue),
            .integer(Int64(series.count)), .boolean(series.count == years.count),
          ]
          + [change.first, change.last, change.difference]
          .map { isScore ? work.rounded($0) : $0 }.map(IndexWork.number)
          + [change.growth, change.trend].map(IndexWork.number)
        for (column, cell) in cells.enumerated() { columns[column].append(cell) }
      }
    }
    return columns
  }
}

/// A series from its first value to its last; NaN for what cannot be told.
struct Change: Sendable {
  private(set) var first = Double.nan
  private(set) var last = Double.nan
  private(set) var difference = Double.nan
  /// (last/first)^(1/years) − 1; not of scores, whose zero is arbitrary, nor from a base that is
  /// not above 0.
  private(set) var growth = Double.nan
  /// The slope a year of the least-squares line.
  private(set) var trend = Double.nan

  /// - Parameter series: in the order of the years, at most one value each.
  init(_ series: [(year: Double, value: Double)], isScore: Bool) {
    guard let start = series.first, let end = series.last, series.count > 1 else { return }
    (first, last, difference) = (start.value, end.value, end.value - start.value)
    let span = end.year - start.year
    if !isScore, start.value > 0, end.value >= 0, span > 0 {
      growth = pow(end.value / start.value, 1 / span) - 1
    }
    let n = Double(series.count)
    let meanX = series.reduce(0) { $0 + $1.year } / n
    let meanY = series.reduce(0) { $0 + $1.value } / n
    let xx = series.reduce(0) { $0 + ($1.year - meanX) * ($1.year - meanX) }
    let xy = series.reduce(0) { $0 + ($1.year - meanX) * ($1.value - meanY) }
    if xx > 0 { trend = xy / xx }
  }
}
