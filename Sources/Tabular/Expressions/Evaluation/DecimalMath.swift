/// Exact arithmetic on single decimals where 128 bits may not hold what comes in between. The
/// kernels take shorter ways where they can.
enum DecimalMath {
  /// `a × b / divisor`, half away from zero; nil when the result does not fit.
  /// - Parameter divisor: positive.
  static func scaledProduct(_ a: Int128, _ b: Int128, over divisor: Int128) -> Int128? {
    quotient(
      a.magnitude.multipliedFullWidth(by: b.magnitude), by: divisor.magnitude,
      isNegative: (a < 0) != (b < 0))
  }

  /// `a × 10^exponent / b`, half away from zero; nil when the result does not fit.
  /// - Parameter b: not zero. `exponent`: 0…38.
  static func scaledQuotient(_ a: Int128, exponent: Int, over b: Int128) -> Int128? {
    quotient(
      a.magnitude.multipliedFullWidth(by: Decimal.powersOfTen[exponent].magnitude),
      by: b.magnitude, isNegative: (a < 0) != (b < 0))
  }

  private static func quotient(
    _ dividend: (high: UInt128, low: UInt128), by divisor: UInt128, isNegative: Bool
  ) -> Int128? {
    guard dividend.high < divisor else { return nil }
    var (quotient, remainder) =
      dividend.high == 0
      ? dividend.low.quotientAndRemainder(dividingBy: divisor)
      : divisor.dividingFullWidth((dividend.high, dividend.low))
    if remainder >= divisor - remainder {
      let (sum, overflow) = quotient.addingReportingOverflow(1)
      if overflow { return nil }
      quotient = sum
    }
    guard let magnitude = Int128(exactly: quotient) else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// `a / b` at the scale that the two values ask for: 6, or more when one of them has more
  /// digits of its own. Nil when the result does not fit.
  /// - Parameter b: not zero.
  static func divide(_ a: Decimal, _ b: Decimal) -> Decimal? {
    let (a, b) = (a.trimmed, b.trimmed)
    let scale = max(6, a.scale, b.scale)
    return scaledQuotient(a.digits, exponent: scale + b.scale - a.scale, over: b.digits)
      .map { Decimal(digits: $0, scale: scale) }
  }

  /// `a × b`, rounded half away from zero where more than 18 digits after the point would be
  /// needed. Nil when the result does not fit.
  static func multiply(_ a: Decimal, _ b: Decimal) -> Decimal? {
    let scale = min(a.scale + b.scale, DecimalValues.maximumScale)
    let excess = a.scale + b.scale - scale
    return scaledProduct(a.digits, b.digits, over: Decimal.powersOfTen[excess])
      .map { Decimal(digits: $0, scale: scale) }
  }
}

extension DecimalValues {
  /// The same values at a scale that is not smaller; nil when a live row would not fit. Other
  /// rows that do not fit become 0.
  func upscaled(to newScale: Int, live: Validity) -> DecimalValues? {
    guard newScale > scale else { return self }
    let factor = Decimal.powersOfTen[newScale - scale]
    if case .narrow(let values) = digits, let factor = Int64(exactly: factor) {
      var overflowed = false
      let results = Loop.map(values) { value -> Int64 in
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        overflowed = overflowed || overflow
        return product
      }
      if !overflowed { return DecimalValues(scale: newScale, digits: .narrow(results)) }
    }
    var results = widened
    for row in results.indices {
      let (product, overflow) = results[row].multipliedReportingOverflow(by: factor)
      if overflow, live[row] { return nil }
      results[row] = overflow ? 0 : product
    }
    return DecimalValues(scale: newScale, digits: .wide(results))
  }

  /// The value of a row, as a single decimal.
  @inline(__always)
  func decimal(_ row: Int) -> Decimal { Decimal(digits: self[row], scale: scale) }
}

/// Two decimal inputs at one scale, in the same width.
enum AlignedDecimals {
  case narrow(Lane<Int64>, Lane<Int64>, scale: Int)
  case wide(Lane<Int128>, Lane<Int128>, scale: Int)

  /// Nil when 128 bits cannot hold a live value at the common scale.
  static func of(_ a: Vector, _ b: Vector, live: Validity) throws(KernelFault) -> AlignedDecimals? {
    let (left, right) = (try a.decimals(), try b.decimals())
    let scale = max(left.scale, right.scale)
    guard let left = left.upscaled(to: scale, live: a.isConstant ? .all : live),
      let right = right.upscaled(to: scale, live: b.isConstant ? .all : live)
    else { return nil }
    if case .narrow(let x) = left.digits, case .narrow(let y) = right.digits {
      return .narrow(Lane(x, a.isConstant), Lane(y, b.isConstant), scale: scale)
    }
    return .wide(
      Lane(left.widened, a.isConstant), Lane(right.widened, b.isConstant), scale: scale)
  }
}
