/// Measures of how values spread: deviations and quantiles.
extension MeasureResult {
  /// Sample standard deviations: the exact variance, rounded to 53 bits once, and its root.
  func deviations(_ isDouble: Bool) throws -> Column {
    let counts = try counts()
    let deviation = isDouble ? try doubleDeviation(counts) : try exactDeviation(counts)
    var deviations: [Double] = []
    deviations.reserveCapacity(groups)
    for group in 0..<groups {
      let value = counts[group] < 2 ? 0 : deviation(group)
      if value == .infinity { throw overflow }
      deviations.append(value)
    }
    return Column(.double(deviations), validity: Validity(flags: counts.map { $0 > 1 }))
  }

  private func exactDeviation(_ counts: [Int64]) throws -> (Int) -> Double {
    let sums = try state(.sums, Sums.self)
    let squares = try state(.squares, Squares.self)
    let scale = sums.scale
    let unit = Magnitude.powerOfTen(2 * scale)
    return { group in
      let sum = sums.total(group)
      let scatter =
        WideInteger(Int128(counts[group])) * squares.total(group, scale) - sum * sum
      return MeasureResult.deviation(scatter, counts[group], unit: unit, exponent: 0)
    }
  }

  private func doubleDeviation(_ counts: [Int64]) throws -> (Int) -> Double {
    let sums = try state(.sums, DoubleSums.self).sums
    let squares = try state(.squares, DoubleSquares.self)
    // The squares have the finer unit.
    let unit = DoubleSquares.unit
    return { group in
      if sums.special(group) != nil { return .nan }
      let sum = sums.exact(group)
      let scatter =
        WideInteger(Int128(counts[group])) * squares.exact(group)
        - (sum * sum).shifted(bits: 2 * ExactSums.unit - unit)
      return MeasureResult.deviation(scatter, counts[group], unit: Magnitude(1), exponent: unit)
    }
  }

  /// The root of scatter · 2^exponent / (n (n − 1) unit).
  /// - Parameter scatter: n Σx² − (Σx)², never negative.
  private static func deviation(
    _ scatter: WideInteger, _ count: Int64, unit: Magnitude, exponent: Int
  ) -> Double {
    let pairs = Magnitude(UInt128(count.magnitude)) * Magnitude(UInt128(count.magnitude - 1))
    let divisor = pairs * unit
    // Enough bits for the quotient to have two doubles' worth of them.
    let missing = divisor.bitWidth + 128 - scatter.magnitude.bitWidth
    let limbs = Swift.max(0, missing / 32 + 1)
    guard let (quotient, rest) = scatter.magnitude.shifted(limbs: limbs).divided(by: divisor)
    else { return 0 }
    // The root is taken near 1, since variances have twice the range of doubles.
    let half = (quotient.bitWidth + exponent - 32 * limbs) >> 1
    let near = quotient.double(exponent: exponent - 32 * limbs - 2 * half, more: !rest.isZero)
    return Double(sign: .plus, exponent: half, significand: near.squareRoot())
  }

  /// The values at a fraction of each group's order.
  func quantiles(_ fraction: Decimal) throws -> Column {
    let runs = try state(.values, GroupValues.self).runs()
    let whole = Decimal.powersOfTen[Swift.min(Swift.max(fraction.scale, 0), 18)]
    let numerator = Swift.min(Swift.max(fraction.digits, 0), whole)
    let quantile = Quantile(runs: runs, numerator: numerator, whole: whole)
    let valid = (0..<groups).map { runs.count($0) > 0 }
    switch argument {
    case .integer, .decimal:
      let scale = MeasureResult.quotientScale(runs.scale)
      var digits: [Int128] = []
      for group in 0..<groups {
        guard let value = valid[group] ? quantile.decimal(group, scale) : 0 else {
          throw overflow
        }
        digits.append(value)
      }
      return decimals(digits, scale, valid)
    case .double:
      return Column(
        .double((0..<groups).map { valid[$0] ? quantile.double($0) : 0 }),
        validity: Validity(flags: valid))
    case .date, .datetime:
      let words = (0..<groups).map { valid[$0] ? quantile.lower($0) : 0 }
      guard let type = argument,
        let column = OrderedWords.column(words, type, Validity(flags: valid))
      else { throw OperatorMessages.wrongColumn }
      return column
    case .text, .boolean, nil:
      throw OperatorMessages.notApplicable(measure.function.name, measure.name)
    }
  }
}

/// One fraction of the groups' orders: the place `numerator / whole · (count − 1)`.
private struct Quantile {
  let runs: GroupRuns
  let numerator: Int128
  let whole: Int128

  /// The neighbours of the place and how far it lies between them, in parts of `whole`.
  private func place(_ group: Int) -> (low: Int128, high: Int128, part: Int128) {
    let steps = numerator * Int128(runs.count(group) - 1)
    let (place, part) = steps.quotientAndRemainder(dividingBy: whole)
    let (low, high) = runs.neighbours(group, at: Int(truncatingIfNeeded: place))
    return (low, high, part)
  }

  /// The lower neighbour's word.
  func lower(_ group: Int) -> Int64 { Int64(truncatingIfNeeded: place(group).low) }

  /// Interpolated exactly, then rounded half away from zero to `scale`; nil when too large.
  func decimal(_ group: Int, _ scale: Int) -> Int128? {
    let (low, high, part) = place(group)
    if let numerator = narrow(low, high, part, scale) {
      return divideHalfAway(numerator, by: whole)
    }
    let distance = WideInteger(high) - WideInteger(low)
    let value = WideInteger(low) * WideInteger(whole) + distance * WideInteger(part)
    return value.scaled(scale - runs.scale).dividedHalfAway(by: WideInteger(whole))?.word
  }

  /// The interpolation before the division, where 128 bits hold it.
  private func narrow(_ low: Int128, _ high: Int128, _ part: Int128, _ scale: Int) -> Int128? {
    let (distance, far) = high.subtractingReportingOverflow(low)
    let (base, large) = low.multipliedReportingOverflow(by: whole)
    let (steps, long) = distance.multipliedReportingOverflow(by: part)
    let (sum, high) = base.addingReportingOverflow(steps)
    let factor = Decimal.powersOfTen[scale - runs.scale]
    let (numerator, fine) = sum.multipliedReportingOverflow(by: factor)
    return far || large || long || high || fine ? nil : numerator
  }

  func double(_ group: Int) -> Double {
    let (lowWord, highWord, part) = place(group)
    let low = OrderedWords.double(Int64(truncatingIfNeeded: lowWord))
    let high = OrderedWords.double(Int64(truncatingIfNeeded: highWord))
    if part == 0 || low == high { return low }
    let weight = Double(part) / Double(whole)
    let distance = high - low
    // Halves, where the distance of two large doubles is too large for a double.
    return distance.isFinite || !low.isFinite || !high.isFinite
      ? low + distance * weight : low * (1 - weight) + high * weight
  }
}
