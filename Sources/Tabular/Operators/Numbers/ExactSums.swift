/// Sums of doubles, one per group, exact whatever the order of the terms, and rounded once at the
/// end.
///
/// A superaccumulator after R. M. Neal, 'Fast exact summation using small and large
/// superaccumulators' (2015): each sum is a row of 64-bit chunks whose units are 2³² apart, so that
/// a term is added to three chunks and carries wait. Groups share one window of chunks, as wide as
/// the exponents that came need: a few words a group for usual data, 67 at most.
package struct ExactSums: Sendable {
  /// groups × width chunks; chunk c of the window has the unit 2^(32 (base + c) − 1074).
  private var chunks: [Int64] = []
  private var base = 0
  private var width = 0
  /// Terms since carries were last moved up; each adds less than 2³² to a chunk.
  private var waiting = 0
  /// For each group, which terms were not finite; empty when none was.
  private var specials: [UInt8] = []
  private(set) var count = 0

  private let carryAfter: Int
  private static let notANumber: UInt8 = 1
  private static let positive: UInt8 = 2
  private static let negative: UInt8 = 4

  /// - Parameter carryAfter: how many terms carries may wait for; at most 2²⁹.
  package init(carryAfter: Int = 1 << 29) { self.carryAfter = carryAfter }

  /// Makes room for more groups, their sums zero.
  package mutating func grow(to groups: Int) {
    guard groups > count else { return }
    chunks.append(contentsOf: repeatElement(0, count: (groups - count) * width))
    if !specials.isEmpty {
      specials.append(contentsOf: repeatElement(0, count: groups - count))
    }
    count = groups
  }

  /// Adds `values[rows[i]]` to the sum of group `groups[i]`.
  package mutating func add(_ values: [Double], rows: [Int32], groups: [Int32]) {
    guard makeRoom(values, rows) else { return }
    let (base, width) = (base, width)
    for index in rows.indices {
      let bits = values[Int(rows[index])].bitPattern
      let field = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
      if field == 0x7FF {
        note(bits, Int(groups[index]))
        continue
      }
      var mantissa = bits & 0xF_FFFF_FFFF_FFFF
      if field > 0 { mantissa |= 1 << 52 }
      if mantissa == 0 { continue }
      let place = Swift.max(field, 1) - 1
      let at = Int(groups[index]) * width + (place >> 5) - base
      let shift = UInt64(truncatingIfNeeded: place & 31)
      let low = mantissa &<< shift
      let high = (mantissa &>> 1) &>> (63 &- shift)
      let sign = Int64(bitPattern: bits) >> 63
      chunks[at] &+= (Int64(truncatingIfNeeded: low & 0xFFFF_FFFF) ^ sign) &- sign
      chunks[at + 1] &+= (Int64(truncatingIfNeeded: low >> 32) ^ sign) &- sign
      chunks[at + 2] &+= (Int64(truncatingIfNeeded: high) ^ sign) &- sign
    }
  }

  /// Adds one value to the first group's sum.
  package mutating func add(_ value: Double) { add([value], rows: [0], groups: [0]) }

  /// Adds another's sums: its group g to `map[g]`.
  package mutating func merge(_ other: ExactSums, _ map: [Int32]) {
    if other.width > 0 {
      widen(other.base, other.base + other.width)
      if waiting + other.waiting > carryAfter { carry() }
      var other = other
      other.carry()
      waiting += 2
      for group in map.indices where map[group] >= 0 {
        let from = group * other.width
        let to = Int(map[group]) * width + other.base - base
        for chunk in 0..<other.width { chunks[to + chunk] &+= other.chunks[from + chunk] }
      }
    }
    if !other.specials.isEmpty {
      if specials.isEmpty { specials = Array(repeating: 0, count: count) }
      for group in map.indices where map[group] >= 0 {
        specials[Int(map[group])] |= other.specials[group]
      }
    }
  }

  /// Roughly the bytes that the sums take.
  var heldBytes: Int { 8 * chunks.capacity + specials.capacity }

  /// What the terms that are not finite make of the sum, if there were any.
  package func special(_ group: Int) -> Double? {
    guard !specials.isEmpty, specials[group] != 0 else { return nil }
    if specials[group] == ExactSums.positive { return .infinity }
    return specials[group] == ExactSums.negative ? -.infinity : .nan
  }

  /// The finite terms' exact sum, in units of 2^`ExactSums.unit`.
  func exact(_ group: Int) -> WideInteger {
    var digits = [UInt32](repeating: 0, count: base)
    var carry: Int64 = 0
    for chunk in chunks[group * width..<(group + 1) * width] {
      carry &+= chunk
      digits.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    digits.append(UInt32(truncatingIfNeeded: carry))
    digits.append(UInt32(truncatingIfNeeded: carry >> 32))
    guard carry < 0 else { return WideInteger(Magnitude(limbs: digits)) }
    // Two's complement.
    let modulus = Magnitude(1).shifted(limbs: digits.count)
    return WideInteger(modulus - Magnitude(limbs: digits), negative: true)
  }

  /// The exponent of the unit of `exact`: that of the smallest double.
  static let unit = -1074

  /// The sum rounded once, ties to even; infinite when it is too large for a double.
  package func sum(_ group: Int) -> Double {
    if let special = special(group) { return special }
    let exact = exact(group)
    let magnitude = exact.magnitude.double(exponent: ExactSums.unit)
    return exact.isNegative ? -magnitude : magnitude
  }

  /// The sum over `divisor`, rounded once, ties to even.
  package func mean(_ group: Int, over divisor: Int64) -> Double? {
    if divisor <= 0 { return nil }
    if let special = special(group) { return special }
    let exact = exact(group)
    // 64 bits below the smallest double's unit leave nothing to doubt.
    let divided = exact.magnitude.shifted(limbs: 2)
      .divided(by: Magnitude(UInt128(divisor.magnitude)))
    guard let (quotient, remainder) = divided else { return nil }
    let magnitude = quotient.double(exponent: ExactSums.unit - 64, more: !remainder.isZero)
    return exact.isNegative ? -magnitude : magnitude
  }

  /// Widens the window to what the terms need and moves carries up in time.
  /// - Returns: false when there is nothing to add.
  private mutating func makeRoom(_ values: [Double], _ rows: [Int32]) -> Bool {
    var (low, high) = (Int.max, -1)
    var special = false
    for row in rows {
      let bits = values[Int(row)].bitPattern
      let field = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
      if field == 0x7FF {
        special = true
      } else if bits << 1 != 0 {
        low = Swift.min(low, field)
        high = Swift.max(high, field)
      }
    }
    if special, specials.isEmpty { specials = Array(repeating: 0, count: count) }
    if high >= 0 {
      // Three chunks take the term; a fourth takes the carries.
      widen((Swift.max(low, 1) - 1) >> 5, (Swift.max(high, 1) - 1) >> 5 + 4)
      if waiting + rows.count > carryAfter { carry() }
      waiting += rows.count
    }
    return high >= 0 || special
  }

  private mutating func widen(_ from: Int, _ to: Int) {
    let newBase = width == 0 ? from : Swift.min(base, from)
    let newEnd = width == 0 ? to : Swift.max(base + width, to)
    let newWidth = newEnd - newBase
    if newWidth == width { return }
    var wider = [Int64](repeating: 0, count: count * newWidth)
    for group in 0..<count {
      for chunk in 0..<width {
        wider[group * newWidth + base - newBase + chunk] = chunks[group * width + chunk]
      }
    }
    (chunks, base, width) = (wider, newBase, newWidth)
  }

  /// Leaves less than 2³² in each chunk but the last, which keeps the sign.
  private mutating func carry() {
    waiting = 1
    for group in 0..<count {
      for at in group * width..<(group + 1) * width - 1 {
        chunks[at + 1] &+= chunks[at] >> 32
        chunks[at] &= 0xFFFF_FFFF
      }
    }
  }

  private mutating func note(_ bits: UInt64, _ group: Int) {
    if bits & 0xF_FFFF_FFFF_FFFF != 0 {
      specials[group] |= ExactSums.notANumber
    } else {
      specials[group] |= bits >> 63 == 0 ? ExactSums.positive : ExactSums.negative
    }
  }
}
