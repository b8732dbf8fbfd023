import Tabular

/// A measure of each row held against the same of another period, exactly.
struct PeriodComparison {
  /// Whether and how two values were compared.
  enum Status: String, CaseIterable {
    case compared = "ok"
    /// The period is incomplete: both values are of its first days alone.
    case sameDays = "same_days"
    case noPeriod = "no_period"
    case valueEmpty = "value_empty"
    case periodIncomplete = "period_incomplete"
    /// No such period: week 53, 29 February.
    case noCounterpart = "no_counterpart"
    case noBase = "no_base"
    case baseIncomplete = "base_incomplete"
    case baseEmpty = "base_empty"
    /// There is a change, and no percentage of it.
    case baseZero = "base_zero"
    case baseNegative = "base_negative"

    /// What people are told instead of the code.
    var spoken: Message {
      switch self {
      case .compared: Message(en: "compared", fr: "comparé")
      case .sameDays:
        Message(en: "compared over as many days", fr: "comparé sur autant de jours")
      case .noPeriod: Message(en: "no period", fr: "pas de période")
      case .valueEmpty: Message(en: "no value", fr: "pas de valeur")
      case .periodIncomplete: Message(en: "period not over", fr: "période inachevée")
      case .noCounterpart:
        Message(en: "no such period a year before", fr: "pas de telle période un an avant")
      case .noBase: Message(en: "nothing to compare with", fr: "rien à quoi comparer")
      case .baseIncomplete:
        Message(en: "earlier period incomplete", fr: "période d’avant incomplète")
      case .baseEmpty: Message(en: "no earlier value", fr: "pas de valeur d’avant")
      case .baseZero:
        Message(en: "earlier value zero: no percentage", fr: "valeur d’avant nulle : pas de %")
      case .baseNegative:
        Message(
          en: "earlier value negative: no percentage", fr: "valeur d’avant négative : pas de %")
      }
    }
  }

  static let words = Dictionary(
    uniqueKeysWithValues: Status.allCases.map { ($0.rawValue, $0.spoken) })

  private(set) var before: [Int128?] = []
  private(set) var change: [Int128?] = []
  /// Hundredths of the base times 10^decimals.
  private(set) var percent: [Int128?] = []
  private(set) var status: [Status] = []

  /// - Parameters:
  ///   - values: of all rows, at one scale.
  ///   - partial: the same for the first days of periods, where they are declared.
  ///   - base: the period that one is held against.
  init(
    _ values: [Int128?], partial: [Int128?]?, _ series: PeriodSeries, _ options: PeriodOptions,
    decimals: Int, base: (Int) -> Int?
  ) throws {
    let running = options.unit.number(of: options.through)
    for (row, period) in series.periods.enumerated() {
      guard let period else {
        note(.noPeriod)
        continue
      }
      var (own, status) = (values, Status.compared)
      if !options.isComplete(period) {
        guard let partial, period == running else {
          note(values[row] == nil ? .valueEmpty : .periodIncomplete)
          continue
        }
        (own, status) = (partial, .sameDays)
      }
      guard let value = own[row] else {
        note(.valueEmpty)
        continue
      }
      guard let other = base(period) else {
        note(.noCounterpart)
        continue
      }
      guard let there = series.row(other, like: row) else {
        note(.noBase)
        continue
      }
      guard options.isComplete(other) else {
        note(.baseIncomplete)
        continue
      }
      guard let earlier = own[there] else {
        note(.baseEmpty)
        continue
      }
      try compare(value, earlier, status, decimals)
    }
  }

  private mutating func note(_ status: Status) {
    before.append(nil)
    change.append(nil)
    percent.append(nil)
    self.status.append(status)
  }

  private mutating func compare(
    _ value: Int128, _ earlier: Int128, _ status: Status, _ decimals: Int
  ) throws {
    let (difference, overflows) = value.subtractingReportingOverflow(earlier)
    let (hundredfold, overflowsToo) = difference.multipliedReportingOverflow(
      by: Decimal.powersOfTen[decimals + 2])
    if overflows || overflowsToo { throw Self.overflow }
    before.append(earlier)
    change.append(difference)
    percent.append(earlier > 0 ? divideHalfAway(hundredfold, by: earlier) : nil)
    self.status.append(earlier > 0 ? status : earlier == 0 ? .baseZero : .baseNegative)
  }

  private static let overflow = OperatorError(
    Message(
      en: "a comparison is too large for 38 digits",
      fr: "une comparaison dépasse 38 chiffres"))
}
