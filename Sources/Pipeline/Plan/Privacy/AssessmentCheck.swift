import StageKit
import Tabular

/// Risk is assessed again from time to time, as the charter says.
struct AssessmentCheck {
  let charter: Charter
  let diagnostics: Diagnostics
  let today: Int

  func check(_ outputs: [PlannedOutput], _ nodes: [PlanNode]) {
    guard let until = charter.anonymisation.assessedUntil, today > until else { return }
    for output in outputs where output.showsPersons(nodes[output.node].facts) {
      diagnostics.warning(
        "assessment-due", at: output.position,
        Message(
          en: "the risk of '\(output.name)' is to be assessed again since \(Day.text(until))",
          fr: "le risque de « \(output.name) » est à réévaluer depuis le \(Day.text(until))"),
        remedy: Message(
          en: "assess it (`octroi risk`, the export's risk page) and set `assessed_until` in the "
            + "charter",
          fr: "réévaluez-le (`octroi risk`, la page de risque de l’export) et fixez "
            + "`assessed_until` dans la charte"))
    }
  }
}

/// A day as ISO 8601 writes it.
enum Day {
  /// - Parameter days: since 1970-01-01.
  static func text(_ days: Int) -> String { PlanRecord.shown(.date(Int32(clamping: days))) }
}

extension PlannedOutput {
  /// Whether it shows rows of persons to others than who may see the persons themselves.
  func showsPersons(_ facts: Facts) -> Bool {
    facts.isMicrodata && facts.isAboutPersons && !audience.allows.contains(.direct)
  }
}
