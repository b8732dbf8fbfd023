/// A signed whole number of any size; for the last steps of exact results, once a group.
package struct WideInteger: Sendable {
  private(set) var magnitude: Magnitude
  private(set) var isNegative: Bool

  init(_ magnitude: Magnitude, negative: Bool = false) {
    self.magnitude = magnitude
    isNegative = negative && !magnitude.isZero
  }

  init(_ value: Int128) { self.init(Magnitude(value.magnitude), negative: value < 0) }

  /// The value where 128 bits hold it.
  var word: Int128? {
    guard let word = magnitude.word else { return nil }
    if isNegative {
      return word <= Int128.min.magnitude ? Int128(truncatingIfNeeded: 0 &- word) : nil
    }
    return Int128(exactly: word)
  }

  static prefix func - (value: WideInteger) -> WideInteger {
    WideInteger(value.magnitude, negative: !value.isNegative)
  }

  static func + (a: WideInteger, b: WideInteger) -> WideInteger {
    if a.isNegative == b.isNegative {
      return WideInteger(a.magnitude + b.magnitude, negative: a.isNegative)
    }
    return a.magnitude < b.magnitude
      ? WideInteger(b.magnitude - a.magnitude, negative: b.isNegative)
      : WideInteger(a.magnitude - b.magnitude, negative: a.isNegative)
  }

  static func - (a: WideInteger, b: WideInteger) -> WideInteger { a + -b }

  static func * (a: WideInteger, b: WideInteger) -> WideInteger {
    WideInteger(a.magnitude * b.magnitude, negative: a.isNegative != b.isNegative)
  }

  /// Times 10^exponent.
  func scaled(_ exponent: Int) -> WideInteger {
    WideInteger(magnitude * Magnitude.powerOfTen(exponent), negative: isNegative)
  }

  /// Times 2^bits.
  func shifted(bits: Int) -> WideInteger {
    let (limbs, rest) = bits.quotientAndRemainder(dividingBy: 32)
    let shifted = magnitude * Magnitude(1 << UInt128(rest))
    return WideInteger(shifted.shifted(limbs: limbs), negative: isNegative)
  }

  /// The quotient rounded half away from zero; nil when the divisor is zero.
  func dividedHalfAway(by divisor: WideInteger) -> WideInteger? {
    guard let (quotient, remainder) = magnitude.divided(by: divisor.magnitude) else { return nil }
    let up = !(remainder + remainder < divisor.magnitude)
    return WideInteger(
      up ? quotient + Magnitude(1) : quotient, negative: isNegative != divisor.isNegative)
  }
}
