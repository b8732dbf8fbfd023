import Tabular

/// Aggregates by dictionaries and lists: slow and obvious.
enum AggregationOracle {
  /// The groups' keys in order, and for each the rows in order.
  static func groups(_ table: CellTable, _ keys: [Int]) -> [(key: [Value], rows: [[Value]])] {
    var groups: [[Value]: [[Value]]] = [:]
    for row in table.rows { groups[keys.map { row[$0] }, default: []].append(row) }
    return groups.map { ($0.key, $0.value) }.sorted { precedes($0.key, $1.key) }
  }

  static func rows(
    _ table: CellTable, _ keys: [Int], _ measures: [Aggregation.Measure]
  ) -> [[Value]] {
    var groups = groups(table, keys)
    if keys.isEmpty, groups.isEmpty { groups = [([], [])] }
    let all = measures.map { selected($0, table.rows) }
    let scales = measures.map { scale($0.argument.map { table.column($0) } ?? []) }
    return groups.map { group in
      group.key
        + measures.indices.map { index in
          result(
            measures[index], selected(measures[index], group.rows), all: all[index],
            type: measures[index].argument.map { table.types[$0] }, scale: scales[index])
        }
    }
  }

  /// The argument's values that count; `true` for each row where there is no argument.
  private static func selected(_ measure: Aggregation.Measure, _ rows: [[Value]]) -> [Value] {
    rows.filter { row in measure.condition.map { row[$0] == .boolean(true) } ?? true }
      .map { row in measure.argument.map { row[$0] } ?? .boolean(true) }
      .filter { $0 != .null }
  }

  private static func scale(_ cells: [Value]) -> Int {
    cells.map { if case .decimal(let value) = $0 { value.scale } else { 0 } }.max() ?? 0
  }

  private static func result(
    _ measure: Aggregation.Measure, _ values: [Value], all: [Value], type: DataType?, scale: Int
  ) -> Value {
    let sorted = values.sorted { $0.precedes($1) }
    switch measure.function {
    case .count: return .integer(Int64(values.count))
    case .countDistinct: return .integer(Int64(Set(values).count))
    case .share where type == nil:
      return all.isEmpty
        ? .null
        : .decimal(ratio(Int128(values.count), Int128(all.count), 6))
    default: break
    }
    guard let first = values.first, let last = values.last else { return .null }
    switch measure.function {
    case .first: return first
    case .last: return last
    case .min: return sorted[0]
    case .max: return sorted[sorted.count - 1]
    case .median: return quantile(sorted, Decimal(digits: 50, scale: 2), scale)
    case .quantile(let fraction): return quantile(sorted, fraction, scale)
    case .stddev: return deviation(values)
    case .sum:
      if type == .double { return .double(exactDoubles(values)) }
      let total = total(values, scale)
      return type == .integer
        ? .integer(Int64(total)) : .decimal(Decimal(digits: total, scale: scale))
    case .mean:
      if type == .double { return .double(exactDoubles(values) / Double(values.count)) }
      return .decimal(ratio(total(values, scale), Int128(values.count), max(6, scale), scale))
    case .share:
      let total = total(all, scale)
      if total == 0 { return .null }
      return .decimal(ratio(self.total(values, scale), total, max(6, scale)))
    case .count, .countDistinct: return .null
    }
  }

  static func total(_ values: [Value], _ scale: Int) -> Int128 {
    values.reduce(0) { $0 + ($1.asDecimal?.rescaled(to: scale)?.digits ?? 0) }
  }

  /// a / b where a has `scale` digits after the point, to `resultScale`, half away from zero.
  static func ratio(_ a: Int128, _ b: Int128, _ resultScale: Int, _ scale: Int = 0) -> Decimal {
    let numerator = (b < 0 ? -a : a) * Decimal.powersOfTen[resultScale - scale]
    return Decimal(digits: divideHalfAway(numerator, by: b < 0 ? -b : b), scale: resultScale)
  }

  private static func quantile(_ sorted: [Value], _ fraction: Decimal, _ scale: Int) -> Value {
    let whole = Decimal.powersOfTen[fraction.scale]
    let steps = fraction.digits * Int128(sorted.count - 1)
    let place = Int(steps / whole)
    let (low, high) = (sorted[place], sorted[min(place + 1, sorted.count - 1)])
    switch low {
    case .integer, .decimal:
      let (a, b) = (total([low], scale), total([high], scale))
      let exact = a * whole + (b - a) * (steps % whole)
      return .decimal(ratio(exact, whole, max(6, scale), scale))
    case .double(let a):
      guard case .double(let b) = high else { return .null }
      return .double(a == b ? a : a + (b - a) * (Double(steps % whole) / Double(whole)))
    default: return low
    }
  }

  /// In doubles, two passes; compared with a tolerance.
  private static func deviation(_ values: [Value]) -> Value {
    if values.count < 2 { return .null }
    if Set(values).count == 1 { return .double(0) }
    let numbers = values.compactMap(\.asDouble)
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return .double((squares / Double(numbers.count - 1)).squareRoot())
  }

  private static func exactDoubles(_ values: [Value]) -> Double {
    var sum = SlowExactSum()
    for value in values { sum.add(value.asDouble ?? 0) }
    return sum.rounded()
  }
}

/// An exact sum of doubles as one long binary number: a bit per element, sign and magnitude apart.
/// Nothing could be slower or plainer.
struct SlowExactSum {
  /// Bits of the positive and of the negative terms' sums, in units of 2^−1074.
  private var positive: [UInt8] = Array(repeating: 0, count: 2300)
  private var negative: [UInt8] = Array(repeating: 0, count: 2300)

  mutating func add(_ value: Double) {
    if value == 0 { return }
    var digits = value.significandBitPattern
    var place = 0
    if value.exponentBitPattern > 0 {
      digits |= 1 << 52
      place = Int(value.exponentBitPattern) - 1
    }
    if value < 0 {
      SlowExactSum.add(digits, place, &negative)
    } else {
      SlowExactSum.add(digits, place, &positive)
    }
  }

  private static func add(_ digits: UInt64, _ place: Int, _ bits: inout [UInt8]) {
    var carry: UInt8 = 0
    var digits = digits
    var place = place
    while digits != 0 || carry != 0 {
      let sum = bits[place] + UInt8(digits & 1) + carry
      bits[place] = sum & 1
      carry = sum >> 1
      digits >>= 1
      place += 1
    }
  }

  /// Rounded to nearest, ties to even.
  func rounded() -> Double {
    var (large, small, sign) = (positive, negative, 1.0)
    if negative.reversed().lexicographicallyPrecedes(positive.reversed()) == false {
      (large, small, sign) = (negative, positive, -1.0)
    }
    var borrow: UInt8 = 0
    for place in large.indices {
      let take = small[place] + borrow
      borrow = large[place] < take ? 1 : 0
      large[place] = (large[place] + 2 - take) & 1
    }
    guard let top = large.lastIndex(of: 1) else { return 0 }
    let low = max(top - 52, 0)
    var digits: UInt64 = 0
    for place in (low...top).reversed() { digits = digits << 1 | UInt64(large[place]) }
    if low > 0, large[low - 1] == 1 {
      let above = large[..<(low - 1)].contains(1)
      if above || digits & 1 == 1 { digits += 1 }
    }
    return sign * Double(sign: .plus, exponent: low - 1074, significand: Double(digits))
  }
}
