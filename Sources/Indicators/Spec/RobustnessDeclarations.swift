import StageKit
import Tabular

/// The keys that say what is doubted of an index.
enum RobustnessDeclarations {
  static let all = [
    OptionDeclaration(
      "uncertainty", .record(uncertainty),
      Message(
        en: "Monte Carlo: the index computed many times with what could have been chosen "
          + "otherwise; ranks get intervals.",
        fr: "Monte-Carlo : l’indice calculé maintes fois avec ce qu’on aurait pu choisir "
          + "autrement ; les rangs ont des intervalles."))
  ]

  private static let uncertainty = [
    OptionDeclaration(
      "draws", .integer(2...10_000_000), default: "1000",
      Message(en: "How many times.", fr: "Combien de fois.")),
    OptionDeclaration(
      "seed", .integer(0...Int.max), default: "1",
      Message(en: "Where chance begins.", fr: "Où le hasard commence.")),
    OptionDeclaration(
      "weights", .number(0...1),
      Message(
        en: "Each weight is multiplied by between 1 − this and 1 + this.",
        fr: "Chaque poids est multiplié par 1 − ceci à 1 + ceci.")),
    OptionDeclaration(
      "treatment", .list(MethodDeclarations.treatment.type),
      Message(en: "Treatments, each as likely.", fr: "Des traitements, équiprobables.")),
    OptionDeclaration(
      "normalisation", .list(MethodDeclarations.normalisation.type),
      Message(en: "Normalisations, each as likely.", fr: "Des normalisations, équiprobables.")),
    OptionDeclaration(
      "aggregation", .list(.choice(["arithmetic", "geometric", "harmonic"])),
      Message(
        en: "Means, each as likely, at every level.",
        fr: "Des moyennes, équiprobables, à tous les niveaux.")),
    OptionDeclaration(
      "sobol", .integer(2...1_000_000), default: "512",
      Message(
        en: "Base sample of the sensitivity indices; factors + 2 times as many runs.",
        fr: "Échantillon de base des indices de sensibilité ; facteurs + 2 fois autant de calculs.")
    ),
    OptionDeclaration(
      "bootstrap", .integer(0...1_000_000), default: "1000",
      Message(
        en: "Resamples for their intervals.", fr: "Rééchantillonnages pour leurs intervalles.")),
  ]
}
