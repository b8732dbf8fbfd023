import Tabular
import Testing

@Suite struct OperatorsExactNumbersTests {
  static func sum(_ values: [Double]) -> Double {
    var sums = ExactSums()
    sums.grow(to: 1)
    sums.add(
      values, rows: values.indices.map { Int32($0) },
      groups: Array(repeating: 0, count: values.count))
    return sums.sum(0)
  }

  /// Doubles of all sizes, many of them close to each other's negatives.
  static func values(_ count: Int, _ dice: inout OperatorDice, exponents: ClosedRange<Int>)
    -> [Double]
  {
    var values: [Double] = []
    for _ in 0..<count {
      if let last = values.last, dice.chance(30) {
        values.append(dice.chance(50) ? -last : -last.nextUp)
        continue
      }
      let exponent = exponents.lowerBound + dice.below(exponents.count)
      let bits = dice.next() & 0x800F_FFFF_FFFF_FFFF | UInt64(exponent) << 52
      values.append(Double(bitPattern: bits))
    }
    return values
  }

  @Test(arguments: 0..<60)
  func sumsAreTheExactOnesRoundedOnce(_ seed: Int) {
    var dice = OperatorDice(UInt64(seed))
    let ranges = [0...2000, 1000...1060, 0...3, 1023...1023, 2040...2046, 500...1500]
    let values = Self.values(1 + dice.below(200), &dice, exponents: ranges[seed % ranges.count])
    var slow = SlowExactSum()
    for value in values { slow.add(value) }
    let expected = slow.rounded()
    #expect(Self.sum(values) == expected)
    #expect(Self.sum(dice.shuffled(values)) == expected)
  }

  @Test func knownSums() {
    #expect(Self.sum([]) == 0)
    #expect(Self.sum([0.1, 0.2, 0.3]) == 0.6)
    #expect(Self.sum(Array(repeating: 0.1, count: 10)) == 1)
    #expect(Self.sum([1e308, 1e308, -1e308]) == 1e308)
    #expect(Self.sum([1e308, 1e308]) == .infinity)
    #expect(Self.sum([.leastNonzeroMagnitude, -.leastNonzeroMagnitude]) == 0)
    #expect(
      Self.sum([.leastNonzeroMagnitude, .leastNonzeroMagnitude]) == 2 * .leastNonzeroMagnitude)
    // Ties go to even, and the smallest term decides otherwise.
    let one: Double = 1
    let half = one.ulp / 2
    #expect(Self.sum([1, half]) == 1)
    #expect(Self.sum([1, half, .leastNonzeroMagnitude]) == one.nextUp)
    #expect(Self.sum([one.nextUp, half]) == one.nextUp.nextUp)
    #expect(
      Self.sum([.greatestFiniteMagnitude, Double.greatestFiniteMagnitude.ulp / 2]) == .infinity)
    #expect(
      Self.sum([.greatestFiniteMagnitude, Double.greatestFiniteMagnitude.ulp / 4])
        == .greatestFiniteMagnitude)
    #expect(Self.sum([.infinity, 1]) == .infinity)
    #expect(Self.sum([.infinity, -.infinity]).isNaN)
    #expect(Self.sum([.nan, 1]).isNaN)
  }

  @Test(arguments: 0..<20)
  func groupsAndMergesDoNotMix(_ seed: Int) {
    var dice = OperatorDice(UInt64(seed) + 77)
    let groups = 5
    var parts = [ExactSums(), ExactSums(), ExactSums()]
    var slow = Array(repeating: SlowExactSum(), count: groups)
    for part in parts.indices {
      parts[part].grow(to: groups)
      let low = 900 + 60 * part
      let values = Self.values(80, &dice, exponents: low...(low + 90))
      let places = values.map { _ in dice.below(groups) }
      parts[part].add(
        values, rows: values.indices.map { Int32($0) }, groups: places.map { Int32($0) })
      // Part p calls group g by the name (g + p) mod groups.
      for (value, place) in zip(values, places) { slow[(place + part) % groups].add(value) }
    }
    for part in 1..<parts.count {
      let map = (0..<groups).map { Int32(($0 + part) % groups) }
      parts[0].merge(parts[part], map)
    }
    for group in 0..<groups { #expect(parts[0].sum(group) == slow[group].rounded()) }
  }

  @Test(arguments: 0..<20)
  func carriesThatMoveUpOftenChangeNothing(_ seed: Int) {
    var dice = OperatorDice(UInt64(seed) + 4000)
    var sums = ExactSums(carryAfter: 3)
    sums.grow(to: 1)
    var slow = SlowExactSum()
    for _ in 0..<20 {
      let low = 900 + dice.below(200)
      for value in Self.values(10, &dice, exponents: low...(low + 5)) {
        sums.add(value)
        slow.add(value)
      }
    }
    #expect(sums.sum(0) == slow.rounded())
  }

  /// A mean is right when its double neighbours are not nearer to the exact quotient.
  @Test(arguments: 0..<40)
  func meansAreRoundedOnce(_ seed: Int) {
    var dice = OperatorDice(UInt64(seed) + 500)
    let low = [1, 1000, 1023][seed % 3]
    let values = Self.values(1 + dice.below(30), &dice, exponents: low...(low + 20))
    var sums = ExactSums()
    sums.grow(to: 1)
    for value in values { sums.add(value) }
    let count = Int64(1 + dice.below(1000))
    let mean = sums.mean(0, over: count) ?? .nan
    // |Σ − n·m| is compared as exact sums of the terms and −m, n times.
    func distance(_ mean: Double) -> Double {
      var rest = SlowExactSum()
      for value in values { rest.add(value) }
      for _ in 0..<count { rest.add(-mean) }
      return rest.rounded().magnitude
    }
    #expect(distance(mean) <= distance(mean.nextUp))
    #expect(distance(mean) <= distance(mean.nextDown))
  }

  @Test(arguments: 0..<200)
  func divisionOfLargeNumbersMultipliesBack(_ seed: Int) throws {
    var dice = OperatorDice(UInt64(seed) + 900)
    // Limbs at the edges provoke the rare corrections of long division.
    func number(_ limbs: Int) -> Magnitude {
      Magnitude(
        limbs: (0..<limbs).map { _ in
          dice.pick([0, 1, 1 << 31, .max, .max - 1, UInt32(truncatingIfNeeded: dice.next())])
        })
    }
    let (a, b) = (number(1 + dice.below(12)), number(1 + dice.below(6)))
    guard !b.isZero else {
      #expect(a.divided(by: b) == nil)
      return
    }
    let (quotient, remainder) = try #require(a.divided(by: b))
    #expect(remainder < b)
    #expect(quotient * b + remainder == a)
    #expect((a + b) - b == a)
  }
}
