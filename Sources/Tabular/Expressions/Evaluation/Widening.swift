/// The conversions that happen by themselves because they lose nothing that counts: integer to
/// decimal, numbers to double, a date to its midnight.
struct Widening: StrictKernel {
  let type: DataType
  var canFail: Bool { type == .datetime(zoned: false) }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(type) }
    let lanes = frame.lanes(inputs)
    let input = inputs[0]
    switch (input.column.values, type) {
    case (.integer(let values), .decimal):
      let decimals = DecimalValues(scale: 0, digits: .narrow(values))
      return Vector(.decimal(decimals), validity, lanes)
    case (.integer(let values), .double):
      return Vector(.double(Loop.map(values) { Double($0) }), validity, lanes)
    case (.decimal(let values), .double):
      return Vector(.double(values.doubles), validity, lanes)
    case (.date(let values), .datetime(let zoned)):
      let live = frame.live(validity, lanes)
      return Vector(.datetime(try midnights(values, live), zoned: zoned), validity, lanes)
    default: throw .misplaced
    }
  }

  private func midnights(_ days: [Int32], _ live: Validity) throws(KernelFault) -> [Int64] {
    var overflowed = false
    let results = Loop.map(days) { day -> Int64 in
      let (micros, overflow) = Int64(day).multipliedReportingOverflow(by: IsoText.dayMicros)
      overflowed = overflowed || overflow
      return micros
    }
    if overflowed {
      for row in days.indices where live[row] {
        if Int64(days[row]).multipliedReportingOverflow(by: IsoText.dayMicros).overflow {
          throw .dateOutOfRange
        }
      }
    }
    return results
  }
}

extension DecimalValues {
  /// The nearest doubles; a value gives the same double at every scale.
  var doubles: [Double] {
    if case .narrow(let values) = digits {
      // Both are exact doubles, so that the quotient is rounded once.
      let exact = Int64(1) << 53
      let divisor = Double(Decimal.powersOfTen[scale])
      let scale = scale
      return Loop.map(values) { value in
        value > -exact && value < exact
          ? Double(value) / divisor : Decimal(digits: Int128(value), scale: scale).nearestDouble
      }
    }
    let scale = scale
    return Loop.map(widened) { Decimal(digits: $0, scale: scale).nearestDouble }
  }
}

extension Decimal {
  /// The nearest double, ties to even.
  var nearestDouble: Double {
    if digits == 0 { return 0 }
    // The quotient gets at least 64 bits, the last of which says whether anything was cut off.
    let magnitude = digits.magnitude
    let shift = magnitude.leadingZeroBitCount
    let divisor = Decimal.powersOfTen[scale].magnitude
    let (quotient, remainder) = (magnitude << UInt128(shift)).quotientAndRemainder(
      dividingBy: divisor)
    let sticky = remainder == 0 ? quotient : quotient | 1
    let result = Double(sticky) * Double(sign: .plus, exponent: -shift, significand: 1)
    return digits < 0 ? -result : result
  }
}
