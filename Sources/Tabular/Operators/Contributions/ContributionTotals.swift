/// Exact counts and sums by group of rows whose contributions are bounded.
package struct ContributionTotals: Sendable {
  /// A column to be summed, every value cut to bounds: whole numbers of one unit.
  package struct Addend: Sendable {
    package let column: Int
    /// Digits after the point that sums have; values are rounded to them, half away from zero.
    package let scale: Int
    /// At that scale.
    package let bounds: ClosedRange<Int64>

    package init(column: Int, scale: Int, bounds: ClosedRange<Int64>) {
      (self.column, self.scale, self.bounds) = (column, scale, bounds)
    }
  }

  /// The groups, in ascending order of their keys, nulls last.
  package let keys: [Column]
  package let persons: [Int64]
  package let rows: [Int64]
  /// By addend, then group, at the addend's scale.
  package let sums: [[Int128]]

  /// - Parameters:
  ///   - source: what `BoundedContributions` gives out.
  ///   - groups: positions of the columns that make the groups, as they were bounded.
  ///   - first: the position of the mark of a person's first row in a group.
  ///   - declared: the groups that there are, if they are known.
  package init(
    _ source: any BatchSource, groups: [Int], types: [DataType], first: Int, addends: [Addend],
    declared: DeclaredKeys?, seed: HashSeed = .run
  ) throws {
    var index = declared?.index ?? KeyIndex(types, seed)
    var persons = [Int64](repeating: 0, count: index.count)
    var rows = persons
    var sums = addends.map { _ in [Int128](repeating: 0, count: index.count) }
    var ids: [Int32] = []
    while let batch = try source.next() {
      try index.assign(try batch.columns(groups), rows: batch.rowCount, into: &ids)
      let more = index.count - rows.count
      persons += Array(repeating: 0, count: more)
      rows += Array(repeating: 0, count: more)
      guard case .boolean(let firsts) = try batch.column(first).values else {
        throw OperatorMessages.wrongColumn
      }
      for row in ids.indices {
        rows[Int(ids[row])] += 1
        if firsts[row] { persons[Int(ids[row])] += 1 }
      }
      for (place, addend) in addends.enumerated() {
        sums[place] += Array(repeating: 0, count: more)
        try Self.add(try batch.column(addend.column), addend, ids, to: &sums[place])
      }
    }
    let order = groups.isEmpty ? [0] : index.order()
    if groups.isEmpty, rows.isEmpty {
      (persons, rows, sums) = ([0], [0], addends.map { _ in [0] })
    }
    keys = try groups.isEmpty ? [] : index.keys().map { try $0.gathered(order) }
    self.persons = order.map { persons[Int($0)] }
    self.rows = order.map { rows[Int($0)] }
    self.sums = sums.map { sum in order.map { sum[Int($0)] } }
  }

  /// Nulls add nothing.
  private static func add(
    _ column: Column, _ addend: Addend, _ ids: [Int32], to sums: inout [Int128]
  ) throws {
    for row in ids.indices where column.validity[row] {
      let value: Int128
      switch column.values {
      case .integer(let values): value = units(Int128(values[row]), 0, addend)
      case .decimal(let values): value = units(values[row], values.scale, addend)
      default: throw OperatorMessages.wrongColumn
      }
      // Bounds are 64 bits: 2⁶³ rows fit.
      sums[Int(ids[row])] += value
    }
  }

  /// A value in units of the addend's scale, within its bounds.
  private static func units(_ digits: Int128, _ scale: Int, _ addend: Addend) -> Int128 {
    let (low, high) = (Int128(addend.bounds.lowerBound), Int128(addend.bounds.upperBound))
    if scale > addend.scale {
      let divisor = Decimal.powersOfTen[Swift.min(scale - addend.scale, 38)]
      return Swift.min(Swift.max(divideHalfAway(digits, by: divisor), low), high)
    }
    let factor = Decimal.powersOfTen[Swift.min(addend.scale - scale, 38)]
    let (scaled, overflows) = digits.multipliedReportingOverflow(by: factor)
    if overflows { return digits < 0 ? low : high }
    return Swift.min(Swift.max(scaled, low), high)
  }
}
