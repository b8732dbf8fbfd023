import StageKit
import Tabular

/// The values that are missing, each with its reason.
enum MissingTable: IndexTable {
  static let name = "missing"
  static let title = Message(en: "missing values", fr: "valeurs manquantes")
  static let summary = Message(
    en: "values that are missing, and why", fr: "valeurs qui manquent, et pourquoi")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    return known.units + [
      known.element("indicator"), known.text("reason", all, words: IndexCodes.absences),
      known.text("explanation_en", nullable: true), known.text("explanation_fr", nullable: true),
      Field("imputed", .boolean, privacy: all, nullable: false),
    ]
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    var columns = [[Value]](repeating: [], count: work.unitColumns.count + 5)
    for (place, indicator) in work.spec.tree.indicators.enumerated() {
      for row in work.keys.indices {
        guard let reason = reason(work, place, row) else { continue }
        let cells: [Value] =
          work.unitColumns.map { $0[row] } + [
            .text(indicator.name), .text(reason), IndexWork.text(indicator.absence?.en),
            IndexWork.text(indicator.absence?.fr),
            .boolean(!work.solution.imputed[place][row].isNaN && reason != "no_scale"),
          ]
        for (column, cell) in cells.enumerated() { columns[column].append(cell) }
      }
    }
    return columns
  }

  private static func reason(_ work: IndexWork, _ place: Int, _ row: Int) -> String? {
    if let absence = work.absences[place][row] { return absence.rawValue }
    return work.solution.flat.contains(place) && work.solution.normalised[place][row].isNaN
      ? "no_scale" : nil
  }
}
