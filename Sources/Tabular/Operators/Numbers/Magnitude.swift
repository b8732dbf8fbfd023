/// A whole number ≥ 0 of any size; for the last steps of exact results, once a group.
package struct Magnitude: Sendable, Equatable {
  /// 32 bits each, least significant first, the last one not zero.
  package private(set) var limbs: [UInt32]

  /// - Parameter limbs: least significant first.
  package init(limbs: [UInt32]) {
    self.limbs = limbs
    trim()
  }

  package init(_ value: UInt128) {
    self.init(limbs: (0..<4).map { UInt32(truncatingIfNeeded: value >> UInt128(32 * $0)) })
  }

  package var isZero: Bool { limbs.isEmpty }

  /// The number of bits; 0 for zero.
  var bitWidth: Int {
    guard let top = limbs.last else { return 0 }
    return limbs.count * 32 - top.leadingZeroBitCount
  }

  /// The value where it fits.
  var word: UInt128? {
    guard limbs.count <= 4 else { return nil }
    return limbs.reversed().reduce(0) { $0 << 32 | UInt128($1) }
  }

  private mutating func trim() { while limbs.last == 0 { limbs.removeLast() } }

  package static func < (a: Magnitude, b: Magnitude) -> Bool {
    if a.limbs.count != b.limbs.count { return a.limbs.count < b.limbs.count }
    for index in a.limbs.indices.reversed() where a.limbs[index] != b.limbs[index] {
      return a.limbs[index] < b.limbs[index]
    }
    return false
  }

  package static func + (a: Magnitude, b: Magnitude) -> Magnitude {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<Swift.max(a.limbs.count, b.limbs.count) {
      carry += UInt64(a.limb(index)) + UInt64(b.limb(index))
      sum.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    sum.append(UInt32(truncatingIfNeeded: carry))
    return Magnitude(limbs: sum)
  }

  /// - Parameter b: at most `a`.
  package static func - (a: Magnitude, b: Magnitude) -> Magnitude {
    var difference: [UInt32] = []
    var borrow: Int64 = 0
    for index in a.limbs.indices {
      let value = Int64(a.limbs[index]) - Int64(b.limb(index)) + borrow
      difference.append(UInt32(truncatingIfNeeded: value))
      borrow = value >> 32
    }
    return Magnitude(limbs: difference)
  }

  package static func * (a: Magnitude, b: Magnitude) -> Magnitude {
    var product = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for i in a.limbs.indices {
      var carry: UInt64 = 0
      for j in b.limbs.indices {
        // At most (2³² − 1)² + 2 (2³² − 1) = 2⁶⁴ − 1.
        carry += UInt64(a.limbs[i]) * UInt64(b.limbs[j]) + UInt64(product[i + j])
        product[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      product[i + b.limbs.count] = UInt32(truncatingIfNeeded: carry)
    }
    return Magnitude(limbs: product)
  }

  /// 10^exponent.
  static func powerOfTen(_ exponent: Int) -> Magnitude {
    var left = exponent
    var power = Magnitude(1)
    while left > 0 {
      let step = Swift.min(left, 38)
      power = power * Magnitude(Decimal.powersOfTen[step].magnitude)
      left -= step
    }
    return power
  }

  /// Times 2^(32 · count).
  func shifted(limbs count: Int) -> Magnitude {
    isZero ? self : Magnitude(limbs: Array(repeating: 0, count: count) + limbs)
  }

  /// Quotient and remainder; nil when the divisor is zero.
  package func divided(by divisor: Magnitude) -> (quotient: Magnitude, remainder: Magnitude)? {
    if divisor.isZero { return nil }
    if self < divisor { return (Magnitude(0), self) }
    if divisor.limbs.count == 1 { return dividedShort(by: divisor.limbs[0]) }
    return dividedLong(by: divisor)
  }

  private func dividedShort(
    by divisor: UInt32
  ) -> (quotient: Magnitude, remainder: Magnitude) {
    var quotient = limbs
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      rest = rest << 32 | UInt64(limbs[index])
      quotient[index] = UInt32(truncatingIfNeeded: rest / UInt64(divisor))
      rest %= UInt64(divisor)
    }
    return (Magnitude(limbs: quotient), Magnitude(UInt128(rest)))
  }

  /// Knuth, The Art of Computer Programming, vol. 2, 4.3.1, algorithm D.
  private func dividedLong(
    by divisor: Magnitude
  ) -> (quotient: Magnitude, remainder: Magnitude) {
    let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
    let v = divisor.shifted(bits: shift).limbs
    let n = v.count
    var u = shifted(bits: shift).limbs
    while u.count <= limbs.count { u.append(0) }
    var quotient = [UInt32](repeating: 0, count: u.count - n)
    for j in quotient.indices.reversed() {
      let top = UInt64(u[j + n]) << 32 | UInt64(u[j + n - 1])
      var digit = top / UInt64(v[n - 1])
      var rest = top % UInt64(v[n - 1])
      while digit > UInt64(UInt32.max)
        || digit * UInt64(v[n - 2]) > (rest << 32 | UInt64(u[j + n - 2]))
      {
        digit -= 1
        rest += UInt64(v[n - 1])
        if rest > UInt64(UInt32.max) { break }
      }
      if Magnitude.subtract(v, times: digit, from: &u, at: j) {
        digit -= 1
        Magnitude.addBack(v, to: &u, at: j)
      }
      quotient[j] = UInt32(truncatingIfNeeded: digit)
    }
    let remainder = Magnitude(limbs: Array(u.prefix(n))).shiftedRight(bits: shift)
    return (Magnitude(limbs: quotient), remainder)
  }

  /// - Returns: whether the digit was one too large.
  private static func subtract(
    _ v: [UInt32], times digit: UInt64, from u: inout [UInt32], at start: Int
  ) -> Bool {
    var carry: UInt64 = 0
    var borrow: Int64 = 0
    for index in v.indices {
      carry += digit * UInt64(v[index])
      let value = Int64(u[start + index]) - Int64(carry & 0xFFFF_FFFF) + borrow
      u[start + index] = UInt32(truncatingIfNeeded: value)
      borrow = value >> 32
      carry >>= 32
    }
    let value = Int64(u[start + v.count]) - Int64(carry) + borrow
    u[start + v.count] = UInt32(truncatingIfNeeded: value)
    return value < 0
  }

  private static func addBack(_ v: [UInt32], to u: inout [UInt32], at start: Int) {
    var carry: UInt64 = 0
    for index in v.indices {
      carry += UInt64(u[start + index]) + UInt64(v[index])
      u[start + index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    u[start + v.count] &+= UInt32(truncatingIfNeeded: carry)
  }

  private func limb(_ index: Int) -> UInt32 { index < limbs.count ? limbs[index] : 0 }

  /// Times 2^bits, bits < 32.
  private func shifted(bits: Int) -> Magnitude {
    self * Magnitude(UInt128(1) << UInt128(bits))
  }

  /// Over 2^bits, bits < 32, rounded down.
  private func shiftedRight(bits: Int) -> Magnitude {
    Magnitude(
      limbs: limbs.indices.map { index in
        let pair = UInt64(limb(index + 1)) << 32 | UInt64(limbs[index])
        return UInt32(truncatingIfNeeded: pair >> UInt64(bits))
      })
  }
}

extension Magnitude {
  /// The double nearest to `self · 2^exponent`, ties to even; infinite when too large.
  /// - Parameter more: whether the true value is larger by less than a unit; then `self` must have
  ///   55 bits or more, or its unit must lie below 2⁻¹⁰⁷⁴.
  package func double(exponent: Int, more: Bool = false) -> Double {
    if isZero { return 0 }
    // The unit of the result: 53 bits, but no finer than the smallest double.
    let unit = Swift.max(bitWidth + exponent - 53, -1074)
    let drop = unit - exponent
    var digits: UInt64
    if drop <= 0 {
      digits = bits(from: 0) << UInt64(-drop)
    } else {
      digits = bits(from: drop)
      let half = bit(drop - 1)
      let below = more || hasBits(below: drop - 1)
      if half, below || digits & 1 == 1 { digits += 1 }
    }
    // A full mantissa's leading bit adds 1 to the exponent field; so does one rounded up to 2⁵³.
    let field = UInt64(unit + 1074)
    if field + digits >> 52 >= 2047 { return .infinity }
    return Double(bitPattern: field << 52 + digits)
  }

  private func bit(_ place: Int) -> Bool { limb(place / 32) >> UInt32(place % 32) & 1 == 1 }

  /// The bits from a place on, as far as 64 of them reach.
  private func bits(from place: Int) -> UInt64 {
    let (index, shift) = (place / 32, UInt64(place % 32))
    let low = UInt64(limb(index)) | UInt64(limb(index + 1)) << 32
    return shift == 0 ? low : low >> shift | UInt64(limb(index + 2)) << (64 - shift)
  }

  private func hasBits(below place: Int) -> Bool {
    for index in 0..<Swift.min(place / 32, limbs.count) where limbs[index] != 0 { return true }
    return limb(place / 32) & (1 << UInt32(place % 32) - 1) != 0
  }
}
