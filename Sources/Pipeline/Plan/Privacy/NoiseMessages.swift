import Tabular

/// What is said of noise and its budgets in a plan.
enum NoiseMessages {
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
