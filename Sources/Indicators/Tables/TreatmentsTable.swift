import StageKit
import Tabular

/// What was done to each indicator's outliers, before and after.
enum TreatmentsTable: IndexTable {
  static let name = "treatments"
  static let title = Message(en: "outliers", fr: "valeurs aberrantes")
  static let summary = Message(
    en: "what was done to outliers, with skewness and kurtosis before and after",
    fr: "ce qui fut fait des valeurs aberrantes, asymétrie et aplatissement avant et après")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    let numbers = ["skewness_before", "kurtosis_before", "skewness_after", "kurtosis_after"]
    return [
      known.element("indicator"), known.integer("period_group", .none),
      known.text("applied", all, words: IndexCodes.treatments),
      known.integer("points_high", all), known.integer("points_low", all),
    ] + numbers.map { known.double($0, all) } + [
      Field("passes", .boolean, privacy: all, nullable: false)
    ]
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let rows = work.solution.treatments.enumerated().flatMap { place, outcomes in
      outcomes.enumerated().map { group, outcome in
        (name: work.spec.tree.indicators[place].name, group: group, outcome: outcome)
      }
    }
    return [
      rows.map { .text($0.name) }, rows.map { .integer(Int64($0.group + 1)) },
      rows.map { .text($0.outcome.applied) },
      rows.map { .integer(Int64($0.outcome.high)) }, rows.map { .integer(Int64($0.outcome.low)) },
      rows.map { IndexWork.number($0.outcome.before.skewness) },
      rows.map { IndexWork.number($0.outcome.before.kurtosis) },
      rows.map { IndexWork.number($0.outcome.after.skewness) },
      rows.map { IndexWork.number($0.outcome.after.kurtosis) },
      rows.map { .boolean($0.outcome.passes) },
    ]
  }
}
