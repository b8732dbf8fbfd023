import Tabular

/// Integers without a limit, digit by digit as at school: the oracle for exact arithmetic.
struct SlowInteger: Equatable {
  /// Least first, no leading zeros; empty for 0.
  var digits: [Int]
  var isNegative: Bool

  init(_ digits: [Int], isNegative: Bool = false) {
    var digits = digits
    while digits.last == 0 { digits.removeLast() }
    self.digits = digits
    self.isNegative = isNegative && !digits.isEmpty
  }

  init(_ value: Int128) {
    self.init(
      String(value.magnitude).reversed().compactMap { $0.wholeNumberValue }, isNegative: value < 0)
  }

  /// Nil past 36 digits.
  var small: Int128? {
    guard digits.count <= 36 else { return nil }
    let magnitude = digits.reversed().reduce(Int128(0)) { $0 * 10 + Int128($1) }
    return isNegative ? -magnitude : magnitude
  }

  var negated: SlowInteger { SlowInteger(digits, isNegative: !isNegative) }

  static func compare(_ a: [Int], _ b: [Int]) -> Int {
    if a.count != b.count { return a.count - b.count }
    for (x, y) in zip(a.reversed(), b.reversed()) where x != y { return x - y }
    return 0
  }

  static func < (a: SlowInteger, b: SlowInteger) -> Bool { (a - b).isNegative }

  static func + (a: SlowInteger, b: SlowInteger) -> SlowInteger {
    if a.digits.isEmpty { return b }
    if b.digits.isEmpty { return a }
    if a.isNegative != b.isNegative { return a - b.negated }
    var sum: [Int] = []
    var carry = 0
    for index in 0..<max(a.digits.count, b.digits.count) + 1 {
      let digit =
        (index < a.digits.count ? a.digits[index] : 0)
        + (index < b.digits.count ? b.digits[index] : 0) + carry
      sum.append(digit % 10)
      carry = digit / 10
    }
    return SlowInteger(sum, isNegative: a.isNegative)
  }

  static func - (a: SlowInteger, b: SlowInteger) -> SlowInteger {
    if a.digits.isEmpty { return b.negated }
    if b.digits.isEmpty { return a }
    if a.isNegative != b.isNegative { return a + b.negated }
    if compare(a.digits, b.digits) < 0 { return (b - a).negated }
    var difference: [Int] = []
    var borrow = 0
    for index in a.digits.indices {
      var digit = a.digits[index] - borrow - (index < b.digits.count ? b.digits[index] : 0)
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += 10 }
      difference.append(digit)
    }
    return SlowInteger(difference, isNegative: a.isNegative)
  }

  static func * (a: SlowInteger, b: SlowInteger) -> SlowInteger {
    var product = Array(repeating: 0, count: a.digits.count + b.digits.count + 1)
    for (i, x) in a.digits.enumerated() {
      for (j, y) in b.digits.enumerated() {
        product[i + j] += x * y
        var k = i + j
        while product[k] >= 10 {
          product[k + 1] += product[k] / 10
          product[k] %= 10
          k += 1
        }
      }
    }
    return SlowInteger(product, isNegative: a.isNegative != b.isNegative)
  }

  /// Towards zero.
  func dividing(by b: SlowInteger) -> (quotient: SlowInteger, remainder: SlowInteger) {
    let divisor = SlowInteger(b.digits)
    var quotient: [Int] = []
    var rest = SlowInteger([])
    for digit in digits.reversed() {
      rest = SlowInteger([digit] + rest.digits)
      var count = 0
      while SlowInteger.compare(rest.digits, divisor.digits) >= 0 {
        rest = rest - divisor
        count += 1
      }
      quotient.insert(count, at: 0)
    }
    return (
      SlowInteger(quotient, isNegative: isNegative != b.isNegative),
      SlowInteger(rest.digits, isNegative: isNegative)
    )
  }

  /// Half away from zero.
  func rounded(by divisor: SlowInteger) -> SlowInteger {
    let (quotient, remainder) = dividing(by: divisor)
    let twice = SlowInteger(remainder.digits) + SlowInteger(remainder.digits)
    guard SlowInteger.compare(twice.digits, divisor.digits) >= 0 else { return quotient }
    let one = SlowInteger([1], isNegative: isNegative != divisor.isNegative)
    return quotient + one
  }

  static func power(_ exponent: Int) -> SlowInteger {
    SlowInteger(Array(repeating: 0, count: exponent) + [1])
  }
}

/// Exact decimals by the rules of the design, one at a time.
struct SlowDecimal {
  var digits: SlowInteger
  var scale: Int

  /// Without trailing zeros.
  init(_ digits: SlowInteger, _ scale: Int) {
    var (digits, scale) = (digits, scale)
    while scale > 0, digits.digits.first ?? 0 == 0 {
      digits = SlowInteger(Array(digits.digits.dropFirst()), isNegative: digits.isNegative)
      scale -= 1
    }
    (self.digits, self.scale) = (digits, scale)
  }

  init?(_ value: Value) {
    guard let decimal = value.asDecimal else { return nil }
    self.init(SlowInteger(decimal.digits), decimal.scale)
  }

  func at(_ scale: Int) -> SlowInteger {
    scale >= self.scale
      ? digits * SlowInteger.power(scale - self.scale)
      : digits.rounded(by: SlowInteger.power(self.scale - scale))
  }

  func rounded(to scale: Int) -> SlowDecimal {
    scale >= self.scale ? self : SlowDecimal(at(scale), scale)
  }

  static func compute(_ operation: String, _ a: SlowDecimal, _ b: SlowDecimal) -> SlowDecimal? {
    let scale = max(a.scale, b.scale)
    switch operation {
    case "+": return SlowDecimal(a.at(scale) + b.at(scale), scale)
    case "-": return SlowDecimal(a.at(scale) - b.at(scale), scale)
    case "*": return SlowDecimal(a.digits * b.digits, a.scale + b.scale).rounded(to: 18)
    case "/":
      if b.digits.digits.isEmpty { return nil }
      let target = max(6, scale)
      let dividend = a.digits * SlowInteger.power(target + b.scale)
      return SlowDecimal(dividend.rounded(by: b.digits * SlowInteger.power(a.scale)), target)
    default:
      if b.digits.digits.isEmpty { return nil }
      return SlowDecimal(a.at(scale).dividing(by: b.at(scale)).remainder, scale)
    }
  }

  static func < (a: SlowDecimal, b: SlowDecimal) -> Bool {
    let scale = max(a.scale, b.scale)
    return a.at(scale) < b.at(scale)
  }

  static func == (a: SlowDecimal, b: SlowDecimal) -> Bool {
    a.digits == b.digits && a.scale == b.scale
  }

  /// Nil where 128 bits may get tight, which depends on more than the value.
  var value: Value? {
    guard digits.digits.count - scale <= 15, let small = digits.small else { return nil }
    return .decimal(Decimal(digits: small, scale: scale))
  }
}
