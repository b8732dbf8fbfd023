import StageKit
import Tabular

/// The keys that say how an index is computed.
enum MethodDeclarations {
  static let all = [
    imputation, screening, treatment, normalisation, weights, aggregation,
    OptionDeclaration(
      "ranked_from", .limit, default: "0%",
      Message(
        en: "The share of the index's weight that a unit must have observed data for to be ranked.",
        fr: "La part du poids de l’indice pour laquelle une unité doit avoir des données observées "
          + "pour être classée.")),
    OptionDeclaration(
      "decimals", .integer(0...12),
      Message(
        en: "Digits after the point of published scores; by default doubles as they are. Ranks are "
          + "those of the scores before rounding.",
        fr: "Les décimales des notes publiées ; à défaut, les nombres tels quels. Les rangs sont "
          + "ceux des notes avant l’arrondi.")),
    OptionDeclaration(
      "collinear", .number(0...1), default: "0.9",
      Message(
        en: "The correlation from which two indicators say the same.",
        fr: "La corrélation à partir de laquelle deux indicateurs disent la même chose.")),
  ]

  static let imputation = OptionDeclaration(
    "imputation", .choice(Imputation.names.keys.sorted()), default: "none",
    Message(
      en: "How missing values are filled, within each period.",
      fr: "Comment les valeurs manquantes sont remplies, dans chaque période."))

  private static let screening = OptionDeclaration(
    "screening",
    .record([
      OptionDeclaration(
        "data", .limit,
        Message(en: "Share of indicators with data.", fr: "Part des indicateurs renseignés.")),
      OptionDeclaration(
        "nonzero", .limit,
        Message(en: "Share of them that are not 0.", fr: "Part de ceux-ci qui ne sont pas nuls.")),
      OptionDeclaration(
        "counts", .choice(["imputed", "observed"]), default: "imputed",
        Message(
          en: "Whether imputed values are data.", fr: "Si les valeurs imputées sont des données.")),
    ]),
    Message(
      en: "Units below these shares take no part at all.",
      fr: "Les unités au-dessous de ces parts ne participent pas."))

  static let treatment = OptionDeclaration(
    "treatment",
    .either([
      .choice(Treatment.Kind.allCases.map(\.rawValue)),
      .record([
        OptionDeclaration(
          "method", .choice(Treatment.Kind.allCases.map(\.rawValue)), required: true,
          Message(en: "What is done first.", fr: "Ce qui est fait d’abord.")),
        OptionDeclaration(
          "then", .choice(Treatment.Fallback.allCases.map(\.rawValue)), default: "log",
          Message(
            en: "What is done to the original values where that is not enough.",
            fr: "Ce qui est fait des valeurs d’origine si cela ne suffit pas.")),
        OptionDeclaration(
          "points", .integer(1...1_000_000), default: "5",
          Message(
            en: "Winsorising goes on while fewer points are treated.",
            fr: "La winsorisation continue tant que moins de points sont traités.")),
        OptionDeclaration(
          "skewness", .number(0...1000), default: "2",
          Message(en: "Below it nothing is done.", fr: "Au-dessous, rien n’est fait.")),
        OptionDeclaration(
          "kurtosis", .number(-10...1000), default: "3.5",
          Message(en: "Below it nothing is done.", fr: "Au-dessous, rien n’est fait.")),
      ]),
    ]), default: "none",
    Message(
      en: "How outliers are treated: where |skewness| and kurtosis both reach their bounds, the "
        + "largest (smallest) values become the next, then ln(x − min + 0.01·range).",
      fr: "Comment les valeurs aberrantes sont traitées : si |asymétrie| et aplatissement "
        + "atteignent leurs bornes, les plus grandes (petites) valeurs deviennent la suivante, "
        + "puis ln(x − min + 0,01·étendue)."))

  static let normalisation = OptionDeclaration(
    "normalisation",
    .either([
      .choice(NormalisationReader.names),
      .record([
        OptionDeclaration(
          "method", .choice(NormalisationReader.names), required: true,
          Message(en: "Its name.", fr: "Son nom.")),
        OptionDeclaration(
          "range", .list(.number(-1e9...1e9)), default: "[0, 100]",
          Message(
            en: "Of min_max and goalposts: the least and the greatest score.",
            fr: "De min_max et goalposts : la plus petite et la plus grande note.")),
        OptionDeclaration(
          "mean", .number(-1e9...1e9), default: "0",
          Message(en: "Of z_score.", fr: "De z_score.")),
        OptionDeclaration(
          "deviation", .number(1e-9...1e9), default: "1",
          Message(en: "Of z_score.", fr: "De z_score.")),
        OptionDeclaration(
          "unit", .text, Message(en: "Of reference: its key.", fr: "De reference : sa clé.")),
        OptionDeclaration(
          "cap", .boolean, default: "false",
          Message(
            en: "Of target and reference: nothing above 1.",
            fr: "De target et reference : rien au-dessus de 1.")),
      ]),
    ]), default: "{method: min_max, range: [0, 100]}",
    Message(
      en: "How indicators come to one scale. A scale without width is reported, and the indicator "
        + "counts as missing.",
      fr: "Comment les indicateurs viennent à une même échelle. Une étendue nulle est signalée, "
        + "et l’indicateur compte comme manquant."))

  static let levels: [IndexTree.Level] = [.index, .domain, .dimension]

  private static let weights = OptionDeclaration(
    "weights",
    .record(
      levels.map { level in
        OptionDeclaration(
          level.rawValue, .choice(IndexMethod.Weighting.allCases.map(\.rawValue)),
          default: "declared",
          Message(
            en: "Weights of what makes up each \(level.rawValue): as declared, equal, or the "
              + "loadings of the first principal component (negative ones are 0).",
            fr: "Poids de ce qui compose chaque niveau `\(level.rawValue)` : déclarés, égaux, ou "
              + "coefficients de la première composante principale (0 s’ils sont négatifs)."))
      }),
    Message(en: "Where weights come from.", fr: "D’où viennent les poids."))

  private static let means = [
    "arithmetic", "geometric", "harmonic", "power", "copeland",
  ]

  private static let composition: OptionType = .either([
    .choice(means.filter { $0 != "power" }),
    .record([
      OptionDeclaration(
        "method", .choice(means), required: true, Message(en: "Its name.", fr: "Son nom.")),
      OptionDeclaration(
        "power", .number(-100...100),
        Message(en: "Of power: p, not 0.", fr: "De power : p, non nul.")),
      OptionDeclaration(
        "data", .limit,
        Message(
          en: "The share of the elements that must be there.",
          fr: "La part des éléments qui doivent être présents.")),
    ]),
  ])

  private static let aggregation = OptionDeclaration(
    "aggregation",
    .either([
      .choice(means.filter { $0 != "power" }),
      .record(
        levels.map { level in
          OptionDeclaration(
            level.rawValue, composition,
            Message(
              en: "How the score of each \(level.rawValue) comes about.",
              fr: "Comment se fait la note de chaque niveau `\(level.rawValue)`."))
        }),
    ]), default: "arithmetic",
    Message(
      en: "How scores become one. Missing ones drop their weight, the rest are renormalised.",
      fr: "Comment plusieurs notes en font une. Les manquantes perdent leur poids, réparti sur les "
        + "autres."))
}
