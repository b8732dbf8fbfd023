import StageKit
import Tabular

/// `compare_periods`: holds measures against those of another period.
public struct ComparePeriodsStage: Stage, MethodTold {
  public static let declaration = StageDeclaration(
    name: "compare_periods", kind: .breaker,
    summary: Message(
      en: "Holds measures against those of the period before, or of the same one a year before: "
        + "the earlier value, the change, its percentage and a status, a field each. A period is "
        + "never compared silently: one that is incomplete, missing, empty, or zero as a base says "
        + "so in its status.",
      fr: "Rapproche des mesures de celles de la période précédente, ou de la même un an avant : "
        + "la valeur d’avant, l’écart, son pourcentage et un statut, un champ chacun. Aucune "
        + "période n’est comparée en silence : incomplète, absente, vide ou nulle comme base, son "
        + "statut le dit."),
    options: PeriodOptions.declarations + own,
    privacy: Message(
      en: "New fields carry the classes of the measure and of the period. k is void. Filter on the "
        + "count before: values show in the rows of other periods.",
      fr: "Les nouveaux champs portent les classes de la mesure et de la période. k est annulé. "
        + "Filtrez d’abord sur l’effectif : des valeurs apparaissent dans les lignes d’autres "
        + "périodes."),
    example: """
      compare_periods:
        by: secteur
        period: mois
        unit: month
        measures: [demandes]
        through: date '2026-10-31'
      """)

  private static let own = [
    OptionDeclaration(
      "with", .choice(["previous", "last_year"]), default: "previous",
      Message(
        en: "The period before, or the same one of the year before: the same month, quarter, day, "
          + "or ISO week.",
        fr: "La période précédente, ou la même de l’année d’avant : même mois, trimestre, jour, ou "
          + "semaine ISO.")),
    OptionDeclaration(
      "week_53", .choice(["empty", "last"]), default: "empty",
      Message(
        en: "What a week 53 is held against when the year before had none: nothing "
          + "(`no_counterpart`), or its last week.",
        fr: "Ce à quoi se rapporte une semaine 53 si l’année d’avant n’en avait pas : rien "
          + "(`no_counterpart`), ou sa dernière semaine.")),
    OptionDeclaration(
      "same_days", .map(keys: "measure", .field),
      Message(
        en: "For the running period: fields that hold a measure over its days up to `through`, and "
          + "over as many days of every other period. Without one it is not compared.",
        fr: "Pour la période en cours : des champs où une mesure porte sur ses jours jusqu’à "
          + "`through`, et sur autant de jours de toute autre période. Sans cela, elle n’est pas "
          + "comparée.")),
    OptionDeclaration(
      "decimals", .integer(0...6), default: "1",
      Message(
        en: "Digits after the point of percentages.",
        fr: "Les chiffres après la virgule des pourcentages.")),
    OptionDeclaration(
      "suffixes",
      .record([
        suffix("before", "_avant", "the earlier value", "la valeur d’avant"),
        suffix("change", "_ecart", "the change", "l’écart"),
        suffix("percent", "_evolution_pct", "the change in percent", "l’écart en pourcentage"),
        suffix("status", "_comparaison", "the status", "le statut"),
      ]),
      Message(
        en: "What follows a measure's name in the new fields' names.",
        fr: "Ce qui suit le nom d’une mesure dans ceux des nouveaux champs.")),
  ]

  private static func suffix(
    _ key: String, _ usual: String, _ english: String, _ french: String
  ) -> OptionDeclaration {
    OptionDeclaration(
      key, .text, default: usual, Message(en: "Of \(english).", fr: "De \(french)."))
  }

  public let output: Facts
  private let options: PeriodOptions
  private let computed: [Field]
  private let partial: [String: Field]
  private let decimals: Int
  private let isYearly: Bool
  private let lastForWeek53: Bool

  public var methodTold: [Message] {
    let unit = options.unit.spoken(many: false)
    let other =
      isYearly
      ? Message(en: "the same one of the year before", fr: "son pendant de l’année d’avant")
      : Message(en: "the one before", fr: "la période d’avant")
    return [
      Message(
        en: "Each period (\(unit.en)) is compared with \(other.en), and not at all where one of "
          + "them is incomplete, missing or kept secret.",
        fr: "Chaque période (\(unit.fr)) est comparée avec \(other.fr), et pas du tout si l’une "
          + "des deux est incomplète, absente ou secrète.")
    ]
  }

  public init(_ options: Options, _ binding: Binding) throws {
    self.options = try PeriodOptions(options, binding)
    partial = try Self.partial(options["same_days"], self.options, binding)
    decimals = options["decimals"]?.integer ?? 1
    isYearly = options["with"]?.text == "last_year"
    lastForWeek53 = options["week_53"]?.text == "last"
    if let node = options["week_53"], !isYearly || self.options.unit != .week {
      binding.diagnostics.error(
        "unused-key", at: node.position,
        Message(
          en: "'week_53' goes with `unit: week` and `with: last_year`",
          fr: "« week_53 » va avec `unit: week` et `with: last_year`"))
    }
    var computed: [Field] = []
    for measure in self.options.measures {
      let classes = self.options.privacy(measure).union(partial[measure.name]?.privacy ?? .none)
      for (key, usual, type, digits) in Self.kinds(measure, decimals) {
        let name = measure.name + (options["suffixes"]?[key]?.text ?? usual)
        binding.isNewName(
          name, at: options["suffixes"]?[key]?.position ?? options.position,
          among: binding.input.names + computed.map(\.name))
        var field = Field(
          name, type, privacy: classes, decimals: digits, nullable: key != "status")
        if key == "status" { field.words = PeriodComparison.words }
        computed.append(field)
      }
    }
    try binding.settle()
    self.options.warnOfSmallGroups(at: options.position, binding)
    self.computed = computed
    output = self.options.output(computed, at: options.position)
  }

  private static func kinds(
    _ measure: Field, _ decimals: Int
  ) -> [(key: String, usual: String, type: DataType, digits: Int?)] {
    [
      ("before", "_avant", measure.type, measure.decimals),
      ("change", "_ecart", measure.type, measure.decimals),
      ("percent", "_evolution_pct", .decimal, decimals),
      ("status", "_comparaison", .text, nil),
    ]
  }

  private static func partial(
    _ node: SpecNode?, _ options: PeriodOptions, _ binding: Binding
  ) throws -> [String: Field] {
    var found: [String: Field] = [:]
    for entry in node?.entries ?? [] {
      guard let measure = options.measures.first(where: { $0.name == entry.key }) else {
        binding.diagnostics.error(
          "unknown-field", at: entry.keyPosition,
          Message(
            en: "'\(entry.key)' is not among the measures",
            fr: "« \(entry.key) » n’est pas parmi les mesures"))
        continue
      }
      guard let field = binding.field(entry.value) else { continue }
      binding.isOfType(field, [measure.type], at: entry.value.position)
      found[measure.name] = field
    }
    try binding.settle()
    return found
  }

  private var reads: Set<String> { options.reads.union(partial.values.map(\.name)) }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.subtracting(computed.map(\.name)).union(reads)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      options.breaker("compare_periods", computed, reads: reads) { [self] batches in
        try solve(batches)
      })
  }

  private func solve(_ batches: [Batch]) throws -> [[Column]] {
    let series = try PeriodSeries(batches, options)
    return try options.measures.flatMap { measure -> [[Column]] in
      let position = options.input.index(of: measure.name) ?? 0
      var (values, scale) = try PeriodSeries.values(batches, position)
      var days: [Int128?]?
      if let field = partial[measure.name], let place = options.input.index(of: field.name) {
        let found = try PeriodSeries.values(batches, place)
        let common = max(scale, found.scale)
        values = try Self.scaled(values, by: common - scale)
        days = try Self.scaled(found.units, by: common - found.scale)
        scale = common
      }
      let compared = try PeriodComparison(
        values, partial: days, series, options, decimals: decimals
      ) { period in
        isYearly
          ? options.unit.yearBefore(period, lastForWeek53: lastForWeek53) : period - 1
      }
      return [
        try series.cut(compared.before).map {
          try ExactNumbers.column($0, measure.type, scale: scale)
        },
        try series.cut(compared.change).map {
          try ExactNumbers.column($0, measure.type, scale: scale)
        },
        try series.cut(compared.percent).map {
          try ExactNumbers.column($0, .decimal, scale: decimals)
        },
        series.cut(compared.status).map { Column(.text(TextValues($0.map(\.rawValue)))) },
      ]
    }
  }

  private static func scaled(_ values: [Int128?], by digits: Int) throws -> [Int128?] {
    if digits == 0 { return values }
    return try values.map { value in
      guard let value else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(
        by: Decimal.powersOfTen[digits])
      if overflows {
        throw OperatorError(
          Message(
            en: "a number is too large for 38 digits", fr: "un nombre dépasse 38 chiffres"))
      }
      return product
    }
  }
}
