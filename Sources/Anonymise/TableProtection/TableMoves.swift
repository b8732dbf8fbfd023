/// Another table that agrees with all that is published: how far it is from the one at hand.
struct TableMove {
  /// Cells that change, by 1 or -1 each.
  let steps: [(cell: Int, sign: Int64)]
  /// What suppressing the cells would cost that are published yet.
  let cost: Int64
}

/// A table in which some cells are hidden, and another table that nobody could tell from it: it
/// starts as the table itself and is moved as far as it goes. What it reaches is proven possible.
struct HiddenTable {
  let system: TableSystem
  /// What stands in the other table.
  private(set) var other: [Int64]
  private(set) var isHidden: [Bool]
  /// For each sum, its hidden cells.
  private(set) var hiddenTerms: [[TableSystem.Term]]
  /// Cells that stay as they are; none where it is empty.
  let isFixed: [Bool]
  private var changed: [Int] = []

  init(_ system: TableSystem, isHidden: [Bool], isFixed: [Bool] = []) {
    (self.system, self.isHidden, self.isFixed) = (system, isHidden, isFixed)
    other = system.values
    hiddenTerms = system.equations.map { $0.filter { isHidden[Int($0.index)] } }
  }

  /// Hides a cell.
  mutating func hide(_ cell: Int) {
    guard !isHidden[cell] else { return }
    isHidden[cell] = true
    for term in system.memberships[cell] {
      hiddenTerms[Int(term.index)].append(
        TableSystem.Term(index: Int32(truncatingIfNeeded: cell), sign: term.sign))
    }
  }

  /// How often a cell can go down or up.
  func room(_ cell: Int, _ sign: Int64) -> Int64 {
    sign > 0 ? Int64.max : other[cell] - system.floor
  }

  /// What hiding a cell costs: its contributors.
  func cost(_ cell: Int) -> Int64 { isHidden[cell] ? 0 : min(system.costs[cell], 1 << 40) << 10 }

  /// Makes a move as often as it goes, at most `most` times.
  /// - Returns: how often.
  mutating func make(_ move: TableMove, atMost most: Int64) -> Int64 {
    let room = move.steps.reduce(most) { min($0, self.room($1.cell, $1.sign)) }
    for (cell, sign) in move.steps {
      let (sum, overflow) = other[cell].addingReportingOverflow(sign * room)
      other[cell] = overflow ? Int64.max : sum
      changed.append(cell)
    }
    return room
  }

  /// Back to the table itself.
  mutating func reset() {
    for cell in changed { other[cell] = system.values[cell] }
    changed.removeAll(keepingCapacity: true)
  }

  /// The cheapest move found that takes a cell up or down.
  /// - Parameter least: how often it must go through cells that are not hidden yet; nil for none
  ///   of those.
  func move(_ cell: Int, _ sign: Int64, opening least: Int64?, _ network: TablePaths?) -> TableMove?
  {
    if system.memberships[cell].isEmpty { return TableMove(steps: [(cell, sign)], cost: 0) }
    if let network { return network.move(self, cell, sign, opening: least) }
    if system.keys.isEmpty { return TableRepairs(self, cell, sign, opening: least).best }
    return cube(cell, sign, opening: least)
  }

  /// Whether a cell may take part in a move.
  func allows(_ cell: Int, _ sign: Int64, opening least: Int64?) -> Bool {
    if isHidden[cell] { return room(cell, sign) >= 1 }
    guard let least, system.isOpen[cell], isFixed.isEmpty || !isFixed[cell] else { return false }
    return room(cell, sign) >= least
  }
}
