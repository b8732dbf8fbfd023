import StageKit
import Tabular

/// The keys of an index, as data: decoding, documentation and JSON Schema come from here.
enum IndexDeclarations {
  static let title: OptionType = .either([
    .text,
    .record([
      OptionDeclaration("fr", .text, Message(en: "in French", fr: "en français")),
      OptionDeclaration("en", .text, Message(en: "in English", fr: "en anglais")),
    ]),
  ])

  static let share: ClosedRange<Double> = 0...1

  /// A member of `indicators:`.
  static let index: [OptionDeclaration] =
    [
      OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
      OptionDeclaration(
        "units", .record(units), required: true,
        Message(
          en: "What is compared: districts, communes, countries, a row each.",
          fr: "Ce que l’on compare : quartiers, communes, pays, une ligne chacun.")),
      OptionDeclaration(
        "periods", .record(periods),
        Message(
          en: "Several years with common goalposts, in one index.",
          fr: "Plusieurs années aux bornes communes, dans un même indice.")),
      OptionDeclaration(
        "framework", .file,
        Message(
          en: "A file with the tree: domains, dimensions, indicators.",
          fr: "Un fichier avec l’arbre : domaines, dimensions, indicateurs.")),
      OptionDeclaration(
        "measures", .map(keys: "indicator", .record(measure)),
        Message(
          en: "Where the framework's indicators come from.",
          fr: "D’où viennent les indicateurs du cadre.")),
      OptionDeclaration(
        "denominators", .map(keys: "name", .record(source)),
        Message(
          en: "What indicators are divided by: population, area, households…",
          fr: "Ce par quoi l’on divise : population, superficie, ménages…")),
    ] + tree(.index) + MethodDeclarations.all + RobustnessDeclarations.all

  /// What may stand below an element.
  static func tree(_ level: IndexTree.Level) -> [OptionDeclaration] {
    let domains = OptionDeclaration(
      "domains", .map(keys: "name", .record(element + below(.domain))),
      Message(en: "Its domains.", fr: "Ses domaines."))
    return (level == .index ? [domains] : []) + below(level)
  }

  private static func below(_ level: IndexTree.Level) -> [OptionDeclaration] {
    let indicators = OptionDeclaration(
      "indicators", .map(keys: "name", .record(indicator)),
      Message(en: "Its indicators.", fr: "Ses indicateurs."))
    if level == .dimension { return [indicators] }
    return [
      OptionDeclaration(
        "dimensions", .map(keys: "name", .record(element + below(.dimension))),
        Message(en: "Its dimensions.", fr: "Ses dimensions.")),
      indicators,
    ]
  }

  /// The top of a framework's file.
  static let framework: [OptionDeclaration] =
    [
      OptionDeclaration(
        "octroi", .literal, required: true,
        Message(en: "The format's version: 1.", fr: "La version du format : 1.")),
      OptionDeclaration(
        "framework", .text, required: true,
        Message(en: "The framework's name.", fr: "Le nom du cadre.")),
      OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")),
      OptionDeclaration("source", .text, Message(en: "Who made it.", fr: "De qui il est.")),
    ] + tree(.index)

  private static let weight = OptionDeclaration(
    "weight", .number(0...1e9), default: "1",
    Message(
      en: "Its weight among its siblings; only the proportions count.",
      fr: "Son poids parmi ses voisins ; seules les proportions comptent."))

  private static let element = [
    OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")), weight,
  ]

  private static let units = [
    OptionDeclaration(
      "from", .table, required: true,
      Message(en: "A step or source with one row a unit.", fr: "Une étape ou une source.")),
    OptionDeclaration(
      "key", .field, required: true,
      Message(
        en: "What tells units apart; steps with measures have a field of that name.",
        fr: "Ce qui distingue les unités ; les étapes des mesures ont un champ de ce nom.")),
    OptionDeclaration("name", .field, Message(en: "What people call them.", fr: "Leur nom.")),
    OptionDeclaration(
      "group", .field,
      Message(en: "What they are grouped by, to impute.", fr: "Leur groupe, pour imputer.")),
  ]

  private static let periods = [
    OptionDeclaration(
      "field", .name, required: true,
      Message(
        en: "The field of the steps that tells the period: an integer or a date.",
        fr: "Le champ des étapes qui dit la période : un entier ou une date.")),
    OptionDeclaration(
      "values", .list(.literal), required: true,
      Message(en: "The periods, the earliest first.", fr: "Les périodes, la plus ancienne d’abord.")
    ),
    OptionDeclaration(
      "normalise", .choice(["together", "each"]), default: "together",
      Message(
        en: "Whether all periods have one scale; with `each`, scores of different periods are not "
          + "comparable.",
        fr: "Si toutes les périodes ont une même échelle ; avec `each`, les notes de périodes "
          + "différentes ne sont pas comparables.")),
    OptionDeclaration(
      "treat", .choice(["together", "each"]), default: "as normalise",
      Message(
        en: "Whether outliers are those of all periods.",
        fr: "Si les valeurs aberrantes sont celles de toutes les périodes.")),
  ]

  static let source = [
    OptionDeclaration(
      "from", .table,
      Message(en: "The step; by default the units' own.", fr: "L’étape ; à défaut, des unités.")),
    OptionDeclaration(
      "measure", .field,
      Message(en: "Its field; by default of this name.", fr: "Son champ ; à défaut, de ce nom.")),
  ]

  static let measure: [OptionDeclaration] =
    source + [
      OptionDeclaration(
        "denominator", .text,
        Message(en: "The denominator's name.", fr: "Le nom du dénominateur.")),
      OptionDeclaration(
        "scale", .number(1e-12...1e12), default: "1",
        Message(en: "Per how many: 1000.", fr: "Pour combien : 1000.")),
      OptionDeclaration(
        "missing", title,
        Message(
          en: "Why there are no data, where there are none.",
          fr: "Pourquoi il n’y a pas de données, s’il n’y en a pas.")),
      OptionDeclaration(
        "target", .number(-1e300...1e300),
        Message(en: "The value to reach, in its unit.", fr: "La valeur visée, dans son unité.")),
      OptionDeclaration(
        "goalposts", .list(.number(-1e300...1e300)),
        Message(
          en: "The worst and the best value counted, in its unit: [0, 100].",
          fr: "La pire et la meilleure valeur comptées, dans son unité : [0, 100].")),
      MethodDeclarations.imputation, MethodDeclarations.treatment,
      MethodDeclarations.normalisation,
    ]

  static let indicator: [OptionDeclaration] =
    [
      OptionDeclaration("title", title, Message(en: "Its title.", fr: "Son titre.")), weight,
      OptionDeclaration("unit", .text, Message(en: "Its unit.", fr: "Son unité.")),
      OptionDeclaration(
        "direction", .integer(-1...1), default: "1",
        Message(en: "1, or -1 where less is better.", fr: "1, ou -1 si moins vaut mieux.")),
      OptionDeclaration(
        "audiences", .list(.choice(["investors", "talents", "visitors"])),
        Message(en: "Whom it matters to.", fr: "Pour qui il compte.")),
    ] + measure
}
