import Tabular

/// Rows of a column that lie beyond a bound.
enum Bounds {
  /// - Parameters:
  ///   - bound: of the column's type (integers may bound decimals and doubles).
  ///   - isMinimum: whether values below it are beyond, else values above.
  ///   - isExclusive: whether the bound itself is beyond.
  static func rows(
    of column: Column, beyond bound: Value, isMinimum: Bool, isExclusive: Bool
  ) -> [Int] {
    let validity = column.validity
    switch column.values {
    case .integer(let values), .datetime(let values, _):
      guard let limit = whole(bound) else { return [] }
      return rows(values, validity, limit, isMinimum, isExclusive)
    case .date(let values):
      guard let limit = whole(bound) else { return [] }
      return rows(values, validity, Int32(clamping: limit), isMinimum, isExclusive)
    case .double(let values):
      guard let limit = bound.asDouble else { return [] }
      return rows(values, validity, limit, isMinimum, isExclusive)
    case .decimal(let values):
      guard let limit = bound.asDecimal else { return [] }
      return decimals(values, validity, limit, isMinimum, isExclusive)
    case .text, .boolean, .absent: return []
    }
  }

  private static func whole(_ bound: Value) -> Int64? {
    switch bound {
    case .integer(let value), .datetime(let value, _): value
    case .date(let value): Int64(value)
    case .null, .text, .boolean, .decimal, .double: nil
    }
  }

  private static func rows<Number: Comparable>(
    _ values: [Number], _ validity: Validity, _ limit: Number, _ isMinimum: Bool,
    _ isExclusive: Bool
  ) -> [Int] {
    var found: [Int] = []
    for row in values.indices where validity[row] {
      let value = values[row]
      let beyond =
        isMinimum
        ? (isExclusive ? value <= limit : value < limit)
        : (isExclusive ? value >= limit : value > limit)
      if beyond { found.append(row) }
    }
    return found
  }

  /// Compares at the finer of the two scales, in 128 bits: 18 digits and 18 places fit.
  private static func decimals(
    _ values: DecimalValues, _ validity: Validity, _ limit: Decimal, _ isMinimum: Bool,
    _ isExclusive: Bool
  ) -> [Int] {
    let scale = max(values.scale, limit.scale)
    guard let bound = limit.rescaled(to: scale) else { return [] }
    let power = Decimal.powersOfTen[scale - values.scale]
    // The common case: the column is as fine as the bound, and both fit into 64 bits.
    if power == 1, case .narrow(let narrow) = values.digits,
      let small = Int64(exactly: bound.digits)
    {
      return rows(narrow, validity, small, isMinimum, isExclusive)
    }
    return rows(
      values.widened.map { $0 * power }, validity, bound.digits, isMinimum, isExclusive)
  }
}
