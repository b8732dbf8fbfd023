import Anonymise
import Testing

/// Rounding: near, additive where asked, and right on average.
@Suite struct TableRoundingTests {
  @Test(arguments: [2, 3, 5, 10])
  func randomRoundingIsUnbiased(_ base: Int64) {
    let rounding = RandomRounding(base)
    for count in 0...(2 * base) {
      // The draws spread evenly over all 64 bits stand for all draws.
      let draws = 30 * UInt64(base)
      let step = UInt64.max / draws
      let sum = (0..<draws).reduce(Int64(0)) { sum, draw in
        let rounded = rounding.rounded(count, drawing: step * draw + step / 2)
        #expect(rounded % base == 0 && abs(rounded - count) < base)
        return sum + rounded
      }
      #expect(sum == count * Int64(draws))
    }
  }

  /// Two dimensions with rows of totals, and one with a hierarchy; half of the sums missing.
  @Test(arguments: [0, 1, 2])
  func controlledRoundingKeepsSums(_ kind: Int) throws {
    var random = TableDice(state: UInt64(5 + kind))
    for _ in 0..<300 {
      let (dimensions, keys, values) = table(kind, &random)
      let base = Int64(2 + random.next(6))
      let system = try TableSystem(
        dimensions: dimensions, keys: keys, values: values, knowsMargins: false)
      var rounding = ControlledRounding(system, base, order: Array(values.indices))
      #expect(rounding.run { _, _ in random.bits() })
      for (value, rounded) in zip(values, rounding.values) {
        #expect(rounded % base == 0 && abs(rounded - value) < base)
        if value % base == 0 { #expect(rounded == value) }
      }
      for terms in system.equations {
        let sum = terms.reduce(Int64(0)) { $0 + Int64($1.sign) * rounding.values[Int($1.index)] }
        #expect(sum == 0)
      }
    }
  }

  /// Each cell's mean over many draws is its count: within five standard errors of it.
  @Test func controlledRoundingIsUnbiased() throws {
    var random = TableDice(state: 19)
    let (dimensions, keys, values) = table(0, &random)
    let system = try TableSystem(
      dimensions: dimensions, keys: keys, values: values, knowsMargins: false)
    let (runs, base) = (4000, Int64(5))
    var sums = [Int64](repeating: 0, count: values.count)
    for _ in 0..<runs {
      var rounding = ControlledRounding(system, base, order: Array(values.indices))
      #expect(rounding.run { _, _ in random.bits() })
      for cell in values.indices { sums[cell] += rounding.values[cell] }
    }
    for (value, sum) in zip(values, sums) {
      let rest = Double(value % base)
      let error = (rest * (Double(base) - rest) / Double(runs)).squareRoot()
      let mean = Double(sum) / Double(runs)
      #expect(abs(mean - Double(value)) <= 5 * error + 1e-9, "\(value): \(mean)")
    }
  }

  /// In three dimensions with all sums there may be no such rounding: it is not tried.
  @Test func cubesAreRefused() throws {
    let totals = TableDimension(
      size: 3, groups: [TableDimension.Group(parent: 2, children: [0, 1])])
    var (keys, values): ([[Int32]], [Int64]) = ([], [])
    for a in 0..<3 {
      for b in 0..<3 {
        for c in 0..<3 {
          keys.append([Int32(a), Int32(b), Int32(c)])
          values.append(Int64((a == 2 ? 2 : 1) * (b == 2 ? 2 : 1) * (c == 2 ? 2 : 1)))
        }
      }
    }
    let system = try TableSystem(
      dimensions: [totals, totals, totals], keys: keys, values: values, knowsMargins: false)
    var rounding = ControlledRounding(system, 3, order: Array(values.indices))
    #expect(!rounding.run { _, _ in 0 })
  }

  /// - Parameter kind: 0 for two dimensions with totals, 1 for one with a hierarchy, 2 for two
  ///   of which one has totals.
  private func table(
    _ kind: Int, _ random: inout TableDice
  ) -> (dimensions: [TableDimension], keys: [[Int32]], values: [Int64]) {
    let leaves = (0..<12).map { _ in Int64(random.next(9)) }
    func totals(_ size: Int) -> TableDimension {
      TableDimension(
        size: size + 1,
        groups: [TableDimension.Group(parent: size, children: Array(0..<size))])
    }
    if kind == 1 {
      // 12 parts in 3 groups in one whole.
      let groups = (0..<3).map { group in
        TableDimension.Group(parent: 12 + group, children: Array(4 * group..<4 * group + 4))
      }
      let all = TableDimension.Group(parent: 15, children: [12, 13, 14])
      let sums = groups.map { $0.children.reduce(Int64(0)) { $0 + leaves[$1] } }
      let values = leaves + sums + [leaves.reduce(0, +)]
      return (
        [TableDimension(size: 16, groups: groups + [all])], (0..<16).map { [Int32($0)] }, values
      )
    }
    let second = kind == 0 ? totals(4) : TableDimension(size: 4, groups: [])
    var (keys, values): ([[Int32]], [Int64]) = ([], [])
    for row in 0...3 {
      for column in 0..<second.size {
        let cells = (row == 3 ? [0, 1, 2] : [row]).flatMap { row in
          (column == 4 ? [0, 1, 2, 3] : [column]).map { leaves[4 * row + $0] }
        }
        keys.append([Int32(row), Int32(column)])
        values.append(cells.reduce(0, +))
      }
    }
    return ([totals(3), second], keys, values)
  }
}
