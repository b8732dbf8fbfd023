/// One exact decimal: `digits / 10^scale`. Equal values compare equal whatever their scales.
public struct Decimal: Sendable, Hashable, Comparable {
  public let digits: Int128
  public let scale: Int

  /// - Parameter scale: digits after the point, 0…18.
  public init(digits: Int128, scale: Int) {
    self.digits = digits
    self.scale = scale
  }

  /// 10^n in 128 bits, n in 0…38.
  public static let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    for _ in 0..<38 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// The same value without trailing zeros after the point: the canonical form.
  public var trimmed: Decimal {
    var digits = digits
    var scale = scale
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    return Decimal(digits: digits, scale: scale)
  }

  /// The value at `newScale`, rounded half away from zero; nil when 128 bits cannot hold it.
  public func rescaled(to newScale: Int) -> Decimal? {
    if newScale >= scale {
      let (product, overflow) = digits.multipliedReportingOverflow(
        by: Decimal.powersOfTen[newScale - scale])
      return overflow ? nil : Decimal(digits: product, scale: newScale)
    }
    let divisor = Decimal.powersOfTen[scale - newScale]
    return Decimal(digits: divideHalfAway(digits, by: divisor), scale: newScale)
  }

  public static func == (left: Decimal, right: Decimal) -> Bool {
    let (left, right) = (left.trimmed, right.trimmed)
    return left.digits == right.digits && left.scale == right.scale
  }

  public func hash(into hasher: inout Hasher) {
    let canonical = trimmed
    hasher.combine(canonical.digits)
    hasher.combine(canonical.scale)
  }

  public static func < (left: Decimal, right: Decimal) -> Bool {
    let scale = max(left.scale, right.scale)
    if let a = left.rescaled(to: scale), let b = right.rescaled(to: scale) {
      return a.digits < b.digits
    }
    // One side overflowed at the common scale: whole parts differ by far more than a unit.
    let (wholeLeft, wholeRight) = (
      left.digits / powersOfTen[left.scale], right.digits / powersOfTen[right.scale]
    )
    return wholeLeft < wholeRight
  }
}

/// `numerator / divisor` rounded half away from zero.
/// - Parameter divisor: positive.
@inlinable
public func divideHalfAway(_ numerator: Int128, by divisor: Int128) -> Int128 {
  let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
  let magnitude = remainder.magnitude
  guard magnitude >= divisor.magnitude - magnitude else { return quotient }
  return numerator < 0 ? quotient - 1 : quotient + 1
}
