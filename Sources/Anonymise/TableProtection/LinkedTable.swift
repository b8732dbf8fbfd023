/// Two tables of the same rows, by places that overlap: their cells, and those that they share,
/// which neither shows but a difference of the two may.
package struct LinkedTable: Sendable {
  /// A cell of the other table.
  package struct Other: Sendable {
    package let key: [Int32]
    package let isHidden: Bool

    package init(key: [Int32], isHidden: Bool) { (self.key, self.isHidden) = (key, isHidden) }
  }

  /// Rows that both tables count, one in each.
  package struct Shared: Sendable {
    /// The cell of this table, and that of the other.
    package let own: Int
    package let other: Int
    package let count: Int64

    package init(own: Int, other: Int, count: Int64) {
      (self.own, self.other, self.count) = (own, other, count)
    }
  }

  /// This table's cells, the other's, and those they share, in this order.
  package let system: TableSystem
  /// Cells hidden from the start: those of the other table that are, and all that are shared.
  package let isHidden: [Bool]
  /// Cells that may not be hidden by this table.
  package let isFixed: [Bool]
  package let ownCount: Int

  /// - Parameters:
  ///   - own: the cells of this table with its own sums.
  ///   - others: of the other table.
  /// - Throws: `wrongTotal` when this table's counts are not the sums of what is shared.
  package init(
    _ own: TableSystem, _ others: [Other], _ shared: [Shared]
  ) throws(TableSystem.Fault) {
    ownCount = own.values.count
    let (first, second) = (own.values.count, own.values.count + others.count)
    var otherValues = [Int64](repeating: 0, count: others.count)
    var ownRests = own.values
    var sums: [Int: [TableSystem.Term]] = [:]
    for (index, cell) in shared.enumerated() where cell.count > 0 {
      let (sum, isOver) = otherValues[cell.other].addingReportingOverflow(cell.count)
      let (rest, isUnder) = ownRests[cell.own].subtractingReportingOverflow(cell.count)
      guard !isOver, !isUnder else { throw .wrongTotal }
      (otherValues[cell.other], ownRests[cell.own]) = (sum, rest)
      let part = TableSystem.Term(index: Int32(truncatingIfNeeded: second + index), sign: 1)
      sums[cell.own, default: []].append(part)
      sums[first + cell.other, default: []].append(part)
    }
    guard ownRests.allSatisfy({ $0 == 0 }) else { throw .wrongTotal }
    let equations =
      own.equations
      + sums.sorted { $0.key < $1.key }.map { cell, parts in
        parts + [TableSystem.Term(index: Int32(truncatingIfNeeded: cell), sign: -1)]
      }
    system = TableSystem(
      values: own.values + otherValues + shared.map(\.count), equations: equations)
    isHidden =
      own.values.map { _ in false } + others.enumerated().map { $1.isHidden && otherValues[$0] > 0 }
      + shared.map { $0.count > 0 }
    isFixed = isHidden.indices.map { $0 >= first }
  }
}
