import Foundation
import StageKit
import Tabular

/// What is said of budgets in a run.
enum BudgetMessages {
  static func spent(
    _ entry: BudgetEntry, _ grant: BudgetGrant, before: Double, after: Double
  ) -> Message {
    let (before, after) = (rounded(before), rounded(after))
    let whole = Guarantee.differential(
      DifferentialPrivacy(epsilonMillionths: grant.epsilonMillionths, deltaExponent: nil)
    ).told(" ")
    return Message(
      en:
        "the budget of source '\(entry.source)' for the audience '\(entry.audience)' is \(whole): "
        + "\(before) of it is spent, and with this release it would be \(after)",
      fr: "le budget de la source « \(entry.source) » pour le public « \(entry.audience) » est "
        + "\(whole) : \(before) en est dépensé, et ce serait \(after) avec cette publication")
  }

  /// Upwards, to four decimals.
  static func rounded(_ epsilon: Double) -> String {
    guard let digits = Int128(exactly: (epsilon * 1e4).rounded(.up)) else { return "∞" }
    var bytes: [UInt8] = []
    NumberText.append(Decimal(digits: digits, scale: 4).trimmed, decimals: 0, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static let wait = Message(
    en: "nothing was debited; release less often or with more noise, or raise the charter's budget",
    fr: "rien n’a été débité ; publiez moins souvent ou avec plus de bruit, ou relevez le budget "
      + "de la charte")

  static func changedJournal(_ path: String) -> Message {
    Message(
      en: "'\(path)' was changed: its lines no longer follow each other, so that nobody knows what "
        + "is left of the budgets; restore it from a backup",
      fr: "« \(path) » a été modifié : ses lignes ne se suivent plus, et personne ne sait ce qui "
        + "reste des budgets ; restaurez-le d’une sauvegarde")
  }
}
