/// `+ - %` on decimals: exact, at the larger of the two scales.
struct DecimalAddition: StrictKernel {
  let operation: SyntaxNode.Arithmetic
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.decimal) }
    let lanes = frame.lanes(inputs)
    let live = frame.live(validity, lanes)
    if operation == .remainder { try refuseZeros(inputs[1], live, lanes) }
    switch try AlignedDecimals.of(inputs[0], inputs[1], live: live) {
    case nil: throw .overflow
    case .narrow(let a, let b, let scale):
      if let values = narrow(a, b, lanes) {
        let result = DecimalValues(scale: scale, digits: .narrow(values))
        return Vector(.decimal(result), validity, lanes)
      }
      let wideA = Lane(Loop.map(a.values) { Int128($0) }, a.isConstant)
      let wideB = Lane(Loop.map(b.values) { Int128($0) }, b.isConstant)
      return try wide(wideA, wideB, scale, validity, live, lanes)
    case .wide(let a, let b, let scale): return try wide(a, b, scale, validity, live, lanes)
    }
  }

  private func refuseZeros(
    _ divisor: Vector, _ live: Validity, _ lanes: Lanes
  ) throws(KernelFault) {
    let values = try divisor.decimals()
    for row in 0..<lanes.count where live[row] && values[divisor.index(row)] == 0 {
      throw .divisionByZero
    }
  }

  /// Nil when 64 bits do not suffice.
  private func narrow(_ a: Lane<Int64>, _ b: Lane<Int64>, _ lanes: Lanes) -> [Int64]? {
    var signs: Int64 = 0
    let values: [Int64] =
      switch operation {
      case .subtract:
        Loop.zip(a, b, lanes) {
          let difference = $0 &- $1
          signs |= ($0 ^ $1) & ($0 ^ difference)
          return difference
        }
      case .remainder: Loop.zip(a, b, lanes) { $1 == 0 || $1 == -1 ? 0 : $0 % $1 }
      default:
        Loop.zip(a, b, lanes) {
          let sum = $0 &+ $1
          signs |= ($0 ^ sum) & ($1 ^ sum)
          return sum
        }
      }
    return signs < 0 ? nil : values
  }

  private func wide(
    _ a: Lane<Int128>, _ b: Lane<Int128>, _ scale: Int, _ validity: Validity, _ live: Validity,
    _ lanes: Lanes
  ) throws(KernelFault) -> Vector {
    var values: [Int128] = Array(repeating: 0, count: lanes.count)
    for row in 0..<lanes.count where live[row] {
      let (result, overflow) =
        switch operation {
        case .subtract: a[row].subtractingReportingOverflow(b[row])
        case .remainder: a[row].remainderReportingOverflow(dividingBy: b[row])
        default: a[row].addingReportingOverflow(b[row])
        }
      if overflow { throw .overflow }
      values[row] = result
    }
    let result = DecimalValues(scale: scale, digits: .wide(values)).narrowed
    return Vector(.decimal(result), validity, lanes)
  }
}

/// `*` on decimals: exact, but rounded half away from zero at 18 digits after the point.
struct DecimalMultiplication: StrictKernel {
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.decimal) }
    let lanes = frame.lanes(inputs)
    let (a, b) = (try inputs[0].decimals(), try inputs[1].decimals())
    let scale = min(a.scale + b.scale, DecimalValues.maximumScale)
    if a.scale + b.scale == scale, case .narrow(let x) = a.digits, case .narrow(let y) = b.digits,
      let values = narrow(
        Lane(x, inputs[0].isConstant), Lane(y, inputs[1].isConstant), lanes)
    {
      let result = DecimalValues(scale: scale, digits: .narrow(values))
      return Vector(.decimal(result), validity, lanes)
    }
    let live = frame.live(validity, lanes)
    var values: [Int128] = Array(repeating: 0, count: lanes.count)
    for row in 0..<lanes.count where live[row] {
      guard
        let product = DecimalMath.multiply(
          a.decimal(inputs[0].index(row)), b.decimal(inputs[1].index(row)))
      else { throw .overflow }
      values[row] = product.digits
    }
    let result = DecimalValues(scale: scale, digits: .wide(values)).narrowed
    return Vector(.decimal(result), validity, lanes)
  }

  /// Nil when 64 bits do not suffice.
  private func narrow(_ a: Lane<Int64>, _ b: Lane<Int64>, _ lanes: Lanes) -> [Int64]? {
    var overflowed = false
    let values = Loop.zip(a, b, lanes) { x, y -> Int64 in
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      overflowed = overflowed || overflow
      return product
    }
    return overflowed ? nil : values
  }
}

/// `/` on integers and decimals: a decimal with at least 6 digits after the point, more where an
/// operand has more digits of its own; half away from zero.
struct DecimalDivision: StrictKernel {
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.decimal) }
    let lanes = frame.lanes(inputs)
    let live = frame.live(validity, lanes)
    let (a, b) = (try inputs[0].decimals(), try inputs[1].decimals())
    // No value can ask for more than 6 digits when its column has no more.
    if a.scale <= 6, b.scale <= 6, case .narrow(let x) = a.digits,
      case .narrow(let y) = b.digits,
      let values = try narrow(
        Lane(x, inputs[0].isConstant), Lane(y, inputs[1].isConstant),
        factor: Int64(clamping: Decimal.powersOfTen[6 + b.scale - a.scale]), live, lanes)
    {
      let result = DecimalValues(scale: 6, digits: .narrow(values))
      return Vector(.decimal(result), validity, lanes)
    }
    let scale = max(6, a.scale, b.scale)
    var values: [Int128] = Array(repeating: 0, count: lanes.count)
    for row in 0..<lanes.count where live[row] {
      let divisor = b.decimal(inputs[1].index(row))
      if divisor.digits == 0 { throw .divisionByZero }
      guard
        let quotient = DecimalMath.divide(a.decimal(inputs[0].index(row)), divisor),
        let stored = quotient.rescaled(to: scale)
      else { throw .overflow }
      values[row] = stored.digits
    }
    let result = DecimalValues(scale: scale, digits: .wide(values)).narrowed
    return Vector(.decimal(result), validity, lanes)
  }

  /// Nil when 64 bits do not suffice.
  private func narrow(
    _ a: Lane<Int64>, _ b: Lane<Int64>, factor: Int64, _ live: Validity, _ lanes: Lanes
  ) throws(KernelFault) -> [Int64]? {
    var overflowed = false
    var zeros = false
    let values = Loop.zip(a, b, lanes) { x, y -> Int64 in
      let (dividend, overflow) = x.multipliedReportingOverflow(by: factor)
      // The smallest integer has no positive counterpart; it goes the wide way too.
      let tooWide = overflow || dividend == Int64.min || y == Int64.min
      overflowed = overflowed || tooWide
      zeros = zeros || y == 0
      if y == 0 || tooWide { return 0 }
      let quotient = dividend / y
      let remainder = (dividend &- quotient &* y).magnitude
      guard remainder >= y.magnitude &- remainder else { return quotient }
      return (dividend < 0) != (y < 0) ? quotient &- 1 : quotient &+ 1
    }
    if zeros {
      for row in 0..<lanes.count where live[row] && b[row] == 0 { throw .divisionByZero }
    }
    return overflowed ? nil : values
  }
}
