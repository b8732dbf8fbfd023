import StageKit
import Tabular

/// `rolling_periods`: means over the last periods of a calendar.
public struct RollingPeriodsStage: Stage, MethodTold {
  public static let declaration = StageDeclaration(
    name: "rolling_periods", kind: .breaker,
    summary: Message(
      en: "The mean of a measure over its period and those before it, by the calendar: a period "
        + "that is missing, empty or incomplete does not count, and the number of those that do "
        + "stands beside the mean.",
      fr: "La moyenne d’une mesure sur sa période et les précédentes, selon le calendrier : une "
        + "période absente, vide ou incomplète ne compte pas, et le nombre de celles qui comptent "
        + "figure à côté de la moyenne."),
    options: PeriodOptions.declarations + [
      OptionDeclaration(
        "over", .integer(2...1000), required: true,
        Message(en: "How many periods.", fr: "Combien de périodes.")),
      OptionDeclaration(
        "at_least", .integer(1...1000), default: "as many as `over`",
        Message(
          en: "With fewer of them there is no mean.",
          fr: "Avec moins que cela, pas de moyenne.")),
      OptionDeclaration(
        "decimals", .integer(0...12), default: "1",
        Message(
          en: "Digits after the point of means.",
          fr: "Les chiffres après la virgule des moyennes.")),
    ],
    privacy: Message(
      en: "New fields carry the classes of the measure and of the period. k is void. Filter on the "
        + "count before.",
      fr: "Les nouveaux champs portent les classes de la mesure et de la période. k est annulé. "
        + "Filtrez d’abord sur l’effectif."),
    example: """
      rolling_periods:
        by: secteur
        period: mois
        unit: month
        measures: [demandes]
        over: 12
        through: date '2026-10-31'
      """)

  public let output: Facts
  private let options: PeriodOptions
  private let computed: [Field]
  private let over: Int
  private let least: Int
  private let decimals: Int

  public var methodTold: [Message] {
    let unit = options.unit.spoken(many: over != 1)
    return [
      Message(
        en: "Rolling means are of \(over) \(unit.en); what is not over does not count.",
        fr: "Les moyennes glissantes portent sur \(over) \(unit.fr) ; ce qui n’est pas terminé "
          + "n’y compte pas.")
    ]
  }

  public init(_ options: Options, _ binding: Binding) throws {
    self.options = try PeriodOptions(options, binding)
    over = try binding.require(options["over"]?.integer)
    least = options["at_least"]?.integer ?? over
    decimals = options["decimals"]?.integer ?? 1
    if least > over, let node = options["at_least"] {
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(
          en: "'at_least' is no more than 'over'",
          fr: "« at_least » ne dépasse pas « over »"))
    }
    var computed: [Field] = []
    for measure in self.options.measures {
      let privacy = self.options.privacy(measure)
      for field in [
        Field("\(measure.name)_moyenne", .decimal, privacy: privacy, decimals: decimals),
        Field("\(measure.name)_periodes", .integer, privacy: privacy, nullable: false),
      ] {
        binding.isNewName(
          field.name, at: options.position,
          among: binding.input.names + computed.map(\.name))
        computed.append(field)
      }
    }
    try binding.settle()
    self.options.warnOfSmallGroups(at: options.position, binding)
    self.computed = computed
    output = self.options.output(computed, at: options.position)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.subtracting(computed.map(\.name)).union(options.reads)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      options.breaker("rolling_periods", computed, reads: options.reads) { [self] batches in
        try solve(batches)
      })
  }

  private func solve(_ batches: [Batch]) throws -> [[Column]] {
    let series = try PeriodSeries(batches, options)
    return try options.measures.flatMap { measure -> [[Column]] in
      let position = options.input.index(of: measure.name) ?? 0
      let (values, scale) = try PeriodSeries.values(batches, position)
      var (means, counts): ([Int128?], [Int128?]) = ([], [])
      for (row, period) in series.periods.enumerated() {
        let found = period.map { window(values, series, row, $0) } ?? []
        let isOwn = period.map { options.isComplete($0) } ?? false
        counts.append(Int128(found.count))
        means.append(isOwn && found.count >= least ? try mean(found, scale) : nil)
      }
      return [
        try series.cut(means).map { try ExactNumbers.column($0, .decimal, scale: decimals) },
        try series.cut(counts).map { try ExactNumbers.column($0, .integer, scale: 0) },
      ]
    }
  }

  /// The values of the periods that count.
  private func window(
    _ values: [Int128?], _ series: PeriodSeries, _ row: Int, _ period: Int
  ) -> [Int128] {
    (period - over + 1...period).compactMap { number in
      guard options.isComplete(number), let there = series.row(number, like: row) else {
        return nil
      }
      return values[there]
    }
  }

  /// Half away from zero.
  private func mean(_ values: [Int128], _ scale: Int) throws -> Int128 {
    var sum: Int128 = 0
    var overflows = false
    func add(_ result: (partialValue: Int128, overflow: Bool)) {
      sum = result.partialValue
      overflows = overflows || result.overflow
    }
    for value in values { add(sum.addingReportingOverflow(value)) }
    var divisor = Int128(values.count)
    if decimals >= scale {
      add(sum.multipliedReportingOverflow(by: Decimal.powersOfTen[decimals - scale]))
    } else {
      divisor *= Decimal.powersOfTen[scale - decimals]
    }
    if overflows {
      throw OperatorError(
        Message(en: "a mean is too large for 38 digits", fr: "une moyenne dépasse 38 chiffres"))
    }
    return divideHalfAway(sum, by: divisor)
  }
}
