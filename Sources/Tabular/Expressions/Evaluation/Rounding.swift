/// `round(x, n)`: half away from zero at `n` digits after the point, or before it where `n` is
/// negative. The type stays.
struct RoundKernel: StrictKernel {
  let type: DataType
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(type) }
    let lanes = frame.lanes(inputs)
    let live = frame.live(validity, lanes)
    let digits = try inputs[1].integers()
    if type == .double {
      let values = try doubles(try inputs[0].doubles(), digits, live, lanes)
      return Vector(.double(values), validity, lanes)
    }
    let rounded = try decimals(
      try inputs[0].decimals(), inputs[0].isConstant, digits, live, lanes)
    if type == .decimal { return Vector(.decimal(rounded), validity, lanes) }
    guard case .narrow(let integers) = rounded.digits else { throw .overflow }
    return Vector(.integer(integers), validity, lanes)
  }

  /// Beyond these nothing changes, or nothing remains.
  private static func clamped(_ digits: Int64) -> Int {
    Int(max(-38, min(Int64(DecimalValues.maximumScale), digits)))
  }

  private func decimals(
    _ values: DecimalValues, _ isConstant: Bool, _ digits: Lane<Int64>, _ live: Validity,
    _ lanes: Lanes
  ) throws(KernelFault) -> DecimalValues {
    var scale = values.scale
    if digits.isConstant, let first = digits.values.first {
      let places = RoundKernel.clamped(first)
      if places >= scale { return values }
      if places >= 0, case .narrow(let narrow) = values.digits,
        let divisor = Int64(exactly: Decimal.powersOfTen[scale - places])
      {
        let results = Loop.map(narrow) { RoundKernel.divide($0, by: divisor) }
        return DecimalValues(scale: places, digits: .narrow(results))
      }
      scale = max(0, places)
    }
    var results = Array(repeating: Int128(0), count: lanes.count)
    for row in 0..<lanes.count where live[row] {
      let value = values.decimal(isConstant ? 0 : row)
      guard
        let rounded = RoundKernel.round(value, RoundKernel.clamped(digits[row]))?
          .rescaled(to: scale)
      else { throw .overflow }
      results[row] = rounded.digits
    }
    return DecimalValues(scale: scale, digits: .wide(results)).narrowed
  }

  /// Half away from zero.
  @inline(__always)
  private static func divide(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    let remainder = (value &- quotient &* divisor).magnitude
    guard remainder >= divisor.magnitude &- remainder else { return quotient }
    return value < 0 ? quotient &- 1 : quotient &+ 1
  }

  /// Nil when the result does not fit.
  static func round(_ value: Decimal, _ places: Int) -> Decimal? {
    if places >= value.scale { return value }
    if places >= 0 { return value.rescaled(to: places) }
    let power = value.scale - places
    guard power <= 38 else { return Decimal(digits: 0, scale: 0) }
    let units = divideHalfAway(value.digits, by: Decimal.powersOfTen[power])
    let (digits, overflow) = units.multipliedReportingOverflow(by: Decimal.powersOfTen[-places])
    return overflow ? nil : Decimal(digits: digits, scale: 0)
  }

  /// Doubles are rounded as they are written: 2.675 gives 2.68, though the binary number is a
  /// little less.
  private func doubles(
    _ values: Lane<Double>, _ digits: Lane<Int64>, _ live: Validity, _ lanes: Lanes
  ) throws(KernelFault) -> [Double] {
    if digits.isConstant, digits.values.first == 0 {
      return Loop.map(values.values) { $0.rounded(.toNearestOrAwayFromZero) + 0 }
    }
    var results = Array(repeating: 0.0, count: lanes.count)
    for row in 0..<lanes.count where live[row] {
      let value = values[row]
      let shortest = ShortestDecimal(value)
      // Doubles reach from 10^-324 to 10^308.
      let places = Int(max(-400, min(400, digits[row])))
      if -shortest.exponent <= places {
        results[row] = value
        continue
      }
      let cut = -shortest.exponent - places
      let divisor = cut <= 20 ? Decimal.powersOfTen[cut] : Decimal.powersOfTen[38]
      let units = divideHalfAway(Int128(shortest.digits), by: divisor)
      let rounded = Double("\(units)e\(-places)") ?? .infinity
      guard rounded.isFinite else { throw .overflow }
      results[row] = value < 0 ? 0 - rounded : rounded
    }
    return results
  }
}

/// `floor` and `ceil`: the next integer down or up, as an integer.
struct WholeKernel: StrictKernel {
  let isFloor: Bool
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.integer) }
    let lanes = frame.lanes(inputs)
    let live = frame.live(validity, lanes)
    switch inputs[0].column.values {
    case .integer: return inputs[0]
    case .double(let values):
      let rule: FloatingPointRoundingRule = isFloor ? .down : .up
      return try finish(values.map { Int64(exactly: $0.rounded(rule)) }, validity, live, lanes)
    case .decimal(let values):
      let divisor = Decimal.powersOfTen[values.scale]
      if case .narrow(let digits) = values.digits, let divisor = Int64(exactly: divisor) {
        let results = Loop.map(digits) { value -> Int64 in
          let quotient = value / divisor
          let remainder = value &- quotient &* divisor
          if isFloor { return remainder < 0 ? quotient &- 1 : quotient }
          return remainder > 0 ? quotient &+ 1 : quotient
        }
        return Vector(.integer(results), validity, lanes)
      }
      let results = Loop.map(values.widened) { value -> Int64? in
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        let shift: Int128 = isFloor ? (remainder < 0 ? -1 : 0) : (remainder > 0 ? 1 : 0)
        return Int64(exactly: quotient &+ shift)
      }
      return try finish(results, validity, live, lanes)
    default: throw .misplaced
    }
  }

  private func finish(
    _ results: [Int64?], _ validity: Validity, _ live: Validity, _ lanes: Lanes
  ) throws(KernelFault) -> Vector {
    for row in results.indices where results[row] == nil && live[row] { throw .overflow }
    return Vector(.integer(Loop.map(results) { $0 ?? 0 }), validity, lanes)
  }
}
