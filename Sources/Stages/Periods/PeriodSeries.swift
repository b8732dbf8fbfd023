import StageKit
import Tabular

/// All rows of a table as series: which row has which period of which series.
struct PeriodSeries {
  private struct Place: Hashable {
    let series: Int32
    let period: Int
  }

  /// The period of each row; nil where it has none.
  let periods: [Int?]
  private let series: [Int32]
  private let rows: [Place: Int]
  let lengths: [Int]

  /// - Throws: `OperatorError` when a period stands twice in a series.
  init(_ batches: [Batch], _ options: PeriodOptions) throws {
    let column = options.input.index(of: options.period.name) ?? 0
    series = try RowNumbers.all(batches, options.by.compactMap { options.input.index(of: $0) })
    var periods: [Int?] = []
    for batch in batches {
      guard case .date(let days) = batch.columns[column].values else { throw Self.noDates }
      let valid = batch.columns[column].validity
      periods += days.indices.map { valid[$0] ? options.unit.number(of: Int(days[$0])) : nil }
    }
    var rows: [Place: Int] = [:]
    for (row, period) in periods.enumerated() {
      guard let period else { continue }
      if rows.updateValue(row, forKey: Place(series: series[row], period: period)) != nil {
        throw Self.repeated(options.period.name)
      }
    }
    (self.periods, self.rows) = (periods, rows)
    lengths = batches.map(\.rowCount)
  }

  /// The row of another period of a row's series.
  func row(_ period: Int, like row: Int) -> Int? {
    rows[Place(series: series[row], period: period)]
  }

  /// Values of all rows, cut as the batches were.
  func cut<T>(_ values: [T]) -> [ArraySlice<T>] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return values[start..<start + length]
    }
  }

  /// A measure's values at one scale.
  static func values(_ batches: [Batch], _ position: Int) throws -> (units: [Int128?], scale: Int) {
    let columns = batches.map { $0.columns[position] }
    let scale = ExactNumbers.scale(columns)
    return (try columns.flatMap { try ExactNumbers.units($0, scale: scale) }, scale)
  }

  private static let noDates = OperatorError(
    Message(en: "the periods are no dates", fr: "les périodes ne sont pas des dates"))

  private static func repeated(_ field: String) -> OperatorError {
    OperatorError(
      Message(
        en: "a series has a period of '\(field)' twice: aggregate by period first, or name all "
          + "fields of the series in 'by'",
        fr: "une série a deux fois une période de « \(field) » : agrégez d’abord par période, ou "
          + "nommez tous les champs de la série dans « by »"))
  }
}
