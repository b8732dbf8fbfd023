/// The values of one measure, by group, from what was accumulated.
struct MeasureResult {
  let measure: Aggregation.Measure
  /// Of the argument; nil for a measure without one.
  let argument: DataType?
  let groups: Int
  /// Finds what was accumulated for this measure.
  let find: (AccumulatorKind) -> (any Accumulator)?
  /// Finds what was accumulated over all groups as one, where a share needs it.
  let total: (AccumulatorKind) -> (any Accumulator)?

  /// The kinds of accumulators that a function needs.
  static func needs(_ function: AggregateFunction, hasArgument: Bool) -> [AccumulatorKind] {
    switch function {
    case .count: [.counts]
    case .countDistinct: [.distinct]
    case .sum, .mean: [.counts, .sums]
    case .stddev: [.counts, .sums, .squares]
    case .share: hasArgument ? [.counts, .sums] : [.counts]
    case .min: [.least]
    case .max: [.greatest]
    case .first: [.earliest]
    case .last: [.latest]
    case .median, .quantile: [.values]
    }
  }

  func column() throws -> FlatColumn {
    let isDouble = argument == .double
    return switch measure.function {
    case .count: try FlatColumn(Column(.integer(try counts())))
    case .countDistinct:
      try FlatColumn(Column(.integer(try state(.distinct, DistinctCounts.self).counts)))
    case .sum: try FlatColumn(isDouble ? try doubleSums() : try sums())
    case .mean: try FlatColumn(isDouble ? try doubleMeans() : try means())
    case .stddev: try FlatColumn(try deviations(isDouble))
    case .share: try FlatColumn(isDouble ? try doubleShares() : try shares())
    case .min: try state(.least, Extremes.self).cells.column()
    case .max: try state(.greatest, Extremes.self).cells.column()
    case .first: try state(.earliest, Edges.self).cells.column()
    case .last: try state(.latest, Edges.self).cells.column()
    case .median: try FlatColumn(try quantiles(Decimal(digits: 5, scale: 1)))
    case .quantile(let fraction): try FlatColumn(try quantiles(fraction))
    }
  }

  /// What was accumulated of a kind.
  func state<State>(_ kind: AccumulatorKind, _ state: State.Type) throws -> State {
    guard let found = find(kind) as? State else { throw OperatorMessages.wrongColumn }
    return found
  }

  private func whole<State>(_ kind: AccumulatorKind, _ state: State.Type) throws -> State {
    guard let found = total(kind) as? State else { throw OperatorMessages.wrongColumn }
    return found
  }

  var overflow: OperatorError {
    OperatorMessages.overflow(measure.function.name, measure.name)
  }

  /// The scale of a quotient of numbers of a scale.
  static func quotientScale(_ scale: Int) -> Int { Swift.max(6, scale) }

  func counts() throws -> [Int64] { try state(.counts, Counts.self).counts }

  /// A column of the given digits, null where `valid` is false.
  func decimals(_ digits: [Int128], _ scale: Int, _ valid: [Bool]) -> Column {
    let values = DecimalValues(scale: scale, digits: .wide(digits)).narrowed
    return Column(.decimal(values), validity: Validity(flags: valid))
  }

  private func sums() throws -> Column {
    let valid = try counts().map { $0 > 0 }
    let sums = try state(.sums, Sums.self)
    guard let totals = sums.totals() else { throw overflow }
    guard argument == .integer else { return decimals(totals, sums.scale, valid) }
    var integers: [Int64] = []
    integers.reserveCapacity(groups)
    for total in totals {
      guard let integer = Int64(exactly: total) else { throw overflow }
      integers.append(integer)
    }
    return Column(.integer(integers), validity: Validity(flags: valid))
  }

  private func means() throws -> Column {
    let counts = try counts()
    let sums = try state(.sums, Sums.self)
    let totals = sums.totals()
    let scale = MeasureResult.quotientScale(sums.scale)
    let factor = Decimal.powersOfTen[scale - sums.scale]
    var digits: [Int128] = []
    digits.reserveCapacity(groups)
    for group in 0..<groups {
      let count = Int128(Swift.max(counts[group], 1))
      if let totals {
        let (numerator, overflow) = totals[group].multipliedReportingOverflow(by: factor)
        if !overflow {
          digits.append(divideHalfAway(numerator, by: count))
          continue
        }
      }
      let mean = sums.total(group).scaled(scale - sums.scale)
        .dividedHalfAway(by: WideInteger(count))
      guard let word = mean?.word else { throw overflow }
      digits.append(word)
    }
    return decimals(digits, scale, counts.map { $0 > 0 })
  }

  private func doubleSums() throws -> Column {
    let valid = try counts().map { $0 > 0 }
    let sums = try state(.sums, DoubleSums.self).sums
    return Column(
      .double(try (0..<groups).map { try finite(sums.sum($0), sums, $0) }),
      validity: Validity(flags: valid))
  }

  private func doubleMeans() throws -> Column {
    let counts = try counts()
    let sums = try state(.sums, DoubleSums.self).sums
    return Column(
      .double(
        try (0..<groups).map { try finite(sums.mean($0, over: counts[$0]) ?? 0, sums, $0) }),
      validity: Validity(flags: counts.map { $0 > 0 }))
  }

  /// A result that only infinite or undefined terms may make so.
  private func finite(_ value: Double, _ sums: ExactSums, _ group: Int) throws -> Double {
    if !value.isFinite, sums.special(group) == nil { throw overflow }
    return value
  }

  private func shares() throws -> Column {
    var scale = 0
    var parts: [WideInteger]
    let total: WideInteger
    let counts = try counts()
    if argument == nil {
      parts = counts.map { WideInteger(Int128($0)) }
      total = WideInteger(Int128(try whole(.counts, Counts.self).counts[0]))
    } else {
      let sums = try state(.sums, Sums.self)
      scale = sums.scale
      parts = (0..<groups).map { sums.total($0) }
      let whole = try whole(.sums, Sums.self)
      guard whole.scale == scale else { throw OperatorMessages.wrongColumn }
      total = whole.total(0)
    }
    let resultScale = MeasureResult.quotientScale(scale)
    if total.magnitude.isZero { return Column.nulls(.decimal, count: groups) }
    var digits: [Int128] = []
    let factor = Decimal.powersOfTen[resultScale]
    let small = total.word
    for part in parts {
      if let small, let part = part.word {
        let (numerator, overflow) = part.multipliedReportingOverflow(by: factor)
        if !overflow, numerator != .min, small != .min {
          digits.append(
            divideHalfAway(small < 0 ? -numerator : numerator, by: Int128(small.magnitude)))
          continue
        }
      }
      guard let share = part.scaled(resultScale).dividedHalfAway(by: total)?.word else {
        throw overflow
      }
      digits.append(share)
    }
    return decimals(digits, resultScale, counts.map { $0 > 0 || argument == nil })
  }

  private func doubleShares() throws -> Column {
    let counts = try counts()
    let sums = try state(.sums, DoubleSums.self).sums
    let all = try whole(.sums, DoubleSums.self).sums
    let total = all.sum(0)
    if total == 0 { return Column.nulls(.double, count: groups) }
    return Column(
      .double(
        try (0..<groups).map { try finite(sums.sum($0), sums, $0) / finite(total, all, 0) }),
      validity: Validity(flags: counts.map { $0 > 0 }))
  }
}
