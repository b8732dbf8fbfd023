/// A table as those who read it see it: cells that are whole numbers, and sums that are known.
package struct TableSystem: Sendable {
  /// A cell in a sum: 1 for a part, -1 for the sum itself.
  package struct Term: Sendable, Hashable {
    package let index: Int32
    package let sign: Int8
  }

  /// Why rows make no table.
  package enum Fault: Error, Sendable, Hashable {
    /// Two rows have the same keys.
    case repeatedCell
    /// A row of totals is not the sum of its parts.
    case wrongTotal
  }

  package let values: [Int64]
  /// Whether a cell may be hidden: a count of zero is always published.
  package let isOpen: [Bool]
  /// The least that may stand in a hidden cell: 1 for counts, since zeros are not hidden.
  package let floor: Int64
  /// What hiding a cell loses.
  let costs: [Int64]
  /// For each sum, its cells that may be hidden.
  package let equations: [[Term]]
  /// For each cell, the sums that it stands in.
  package let memberships: [[Term]]
  /// For each dimension and value, what may change along it; in tables that are no network.
  let lines: [[[[(code: Int, sign: Int64)]]]]
  let keys: [[Int32]]
  let places: [[Int32]: Int32]

  /// - Parameters:
  ///   - keys: for each cell, its code in each dimension.
  ///   - values: not negative.
  ///   - knowsMargins: whether sums that have no row are known, too.
  ///   - counts: the table's own, where the values are something else of its cells, which are 0
  ///     at least.
  package init(
    dimensions: [TableDimension], keys: [[Int32]], values: [Int64], knowsMargins: Bool,
    counts: [Int64]? = nil
  ) throws(Fault) {
    let isOpen = (counts ?? values).map { $0 > 0 }
    var places: [[Int32]: Int32] = [:]
    places.reserveCapacity(keys.count)
    for (index, key) in keys.enumerated() {
      guard places.updateValue(Int32(truncatingIfNeeded: index), forKey: key) == nil else {
        throw .repeatedCell
      }
    }
    var equations: [[Term]] = []
    for (axis, dimension) in dimensions.enumerated() {
      equations += try TableSystem.sums(
        along: axis, dimension, keys, values, isOpen, knowsMargins: knowsMargins)
    }
    self.values = values
    self.isOpen = isOpen
    (floor, costs) = (counts == nil ? 1 : 0, counts ?? values)
    self.equations = equations
    (self.keys, self.places) = (keys, places)
    memberships = TableSystem.memberships(of: equations, values.count)
    let isNetwork = memberships.allSatisfy { $0.count <= 2 }
    lines = isNetwork ? [] : dimensions.map { axis in (0..<axis.size).map { axis.moves(up: $0) } }
  }

  /// Cells with any sums.
  package init(values: [Int64], equations: [[Term]]) {
    self.values = values
    self.equations = equations
    (isOpen, floor, costs) = (values.map { $0 > 0 }, 1, values)
    (lines, keys, places) = ([], [], [:])
    memberships = TableSystem.memberships(of: equations, values.count)
  }

  private static func memberships(of equations: [[Term]], _ count: Int) -> [[Term]] {
    var memberships = [[Term]](repeating: [], count: count)
    for (index, terms) in equations.enumerated() {
      for term in terms {
        memberships[Int(term.index)].append(
          Term(index: Int32(truncatingIfNeeded: index), sign: term.sign))
      }
    }
    return memberships
  }

  /// Whether a change of one cell upsets two sums at most, so that changes are paths.
  var isNetwork: Bool { memberships.allSatisfy { $0.count <= 2 } }

  /// The sums along one dimension, each with the other keys fixed.
  private static func sums(
    along axis: Int, _ dimension: TableDimension, _ keys: [[Int32]], _ values: [Int64],
    _ isOpen: [Bool], knowsMargins: Bool
  ) throws(Fault) -> [[Term]] {
    struct Sum {
      var terms: [Term] = []
      var rest: Int128 = 0
      var hasTotal = false
    }
    var lines: [[Int32]: Int] = [:]
    var sums: [Sum] = []
    for (index, key) in keys.enumerated() {
      var line = key
      let code = Int(key[axis])
      for (groups, sign) in [(dimension.parts[code], Int8(1)), (dimension.sums[code], -1)] {
        for group in groups {
          // The line's own key, with the group in the place of the value.
          line[axis] = Int32(truncatingIfNeeded: group)
          let place = lines[line] ?? sums.count
          if place == sums.count {
            lines[line] = place
            sums.append(Sum())
          }
          sums[place].rest += Int128(sign) * Int128(values[index])
          if sign < 0 { sums[place].hasTotal = true }
          guard isOpen[index] else { continue }
          sums[place].terms.append(Term(index: Int32(truncatingIfNeeded: index), sign: sign))
        }
      }
    }
    for sum in sums where sum.hasTotal && sum.rest != 0 { throw .wrongTotal }
    return sums.filter { $0.hasTotal || knowsMargins }.map(\.terms).filter { !$0.isEmpty }
  }
}
