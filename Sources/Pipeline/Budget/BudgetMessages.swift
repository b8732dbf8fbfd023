import Foundation
import StageKit
import Tabular

/// What is said of budgets.
enum BudgetMessages {
  static func unknownAudience(_ name: String) -> Message {
    Message(
      en: "the charter has no audience '\(name)'", fr: "la charte n’a pas de public « \(name) »")
  }

  static let wrongGrant = Message(
    en: "a budget is an epsilon from 0.000001 to 1000 with 6 decimals at most, at a delta that is "
      + "a power of ten from 1e-15 to 1e-3",
    fr: "un budget est un epsilon de 0.000001 à 1000 avec 6 décimales au plus, à un delta qui est "
      + "une puissance de dix de 1e-15 à 1e-3")

  static func noGrant(_ audience: String) -> Message {
    Message(
      en: "the charter gives the audience '\(audience)' no budget for noisy figures",
      fr: "la charte ne donne au public « \(audience) » aucun budget pour des chiffres bruités")
  }

  static func grant(_ audience: String) -> Message {
    Message(
      en: "decide one and write it into the charter: budgets: {\(audience): {epsilon: …}}",
      fr: "décidez-en un et inscrivez-le dans la charte : budgets: {\(audience): {epsilon: …}}")
  }

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
  private static func rounded(_ epsilon: Double) -> String {
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

  /// - Parameter name: the stage that stands before the noise.
  static func notRowByRow(_ name: String) -> Message {
    Message(
      en: "'\(name)' stands before noise is added, and what it makes of one person's rows depends "
        + "on those of others: the noise would not hide them",
      fr: "« \(name) » précède l’ajout du bruit, et ce qu’il fait des lignes d’une personne dépend "
        + "de celles des autres : le bruit ne les cacherait pas")
  }

  static func personalSide(_ name: String) -> Message {
    Message(
      en: "'\(name)' brings in a table about persons before noise is added: the noise would not "
        + "hide them",
      fr: "« \(name) » fait entrer une table sur des personnes avant l’ajout du bruit : le bruit "
        + "ne les cacherait pas")
  }

  static let afterNoise = Message(
    en: "put it after the noise, where anything may be computed",
    fr: "placez-le après le bruit, où tout calcul est permis")
}
