/// Moves in tables that share cells with others: what a change upsets is put right cell by cell,
/// the shortest moves first.
struct TableRepairs {
  private let table: HiddenTable
  private let least: Int64?
  /// Cells looked at, at most.
  private var budget = 1 << 15
  private var steps: [(cell: Int, sign: Int64)] = []
  private var used: Set<Int> = []
  private var cost: Int64 = 0
  /// Sums that are off, in the order in which they went off.
  private var off: [(sum: Int32, by: Int64)] = []
  private(set) var best: TableMove?

  /// Looks for a move that takes a cell up or down. What is not found is taken for impossible.
  /// - Parameter least: how often it must go through cells that are not hidden yet; nil for none.
  init(_ table: HiddenTable, _ cell: Int, _ sign: Int64, opening least: Int64?) {
    (self.table, self.least) = (table, least)
    for limit in [4, 6, 8, 10, 12] where best == nil && budget > 0 {
      apply(cell, sign)
      search(limit)
      undo()
    }
  }

  private mutating func search(_ limit: Int) {
    guard budget > 0, cost < best?.cost ?? Int64.max else { return }
    guard let worst = narrowest() else {
      best = TableMove(steps: steps, cost: cost)
      return
    }
    guard steps.count < limit else { return }
    for step in candidates(worst) {
      budget -= 1
      apply(step.cell, step.sign)
      search(limit)
      undo()
      if budget <= 0 { return }
    }
  }

  /// The sum with the fewest ways to put it right.
  private func narrowest() -> (sum: Int32, by: Int64)? {
    var found: (off: (sum: Int32, by: Int64), count: Int)?
    for entry in off where entry.by != 0 {
      let count = candidates(entry).count
      if count < found?.count ?? Int.max { found = (entry, count) }
    }
    return found?.off
  }

  /// Cells that put a sum nearer to right, the cheapest first.
  private func candidates(_ entry: (sum: Int32, by: Int64)) -> [(cell: Int, sign: Int64)] {
    var found: [(cost: Int64, cell: Int, sign: Int64)] = []
    for term in table.system.equations[Int(entry.sum)] {
      let cell = Int(term.index)
      let sign = -entry.by.signum() * Int64(term.sign)
      guard !used.contains(cell), table.allows(cell, sign, opening: least) else { continue }
      found.append((table.cost(cell), cell, sign))
    }
    return found.sorted { ($0.cost, $0.cell) < ($1.cost, $1.cell) }.map { ($0.cell, $0.sign) }
  }

  private mutating func apply(_ cell: Int, _ sign: Int64) {
    steps.append((cell, sign))
    used.insert(cell)
    cost += table.cost(cell) + 1
    shift(cell, sign)
  }

  private mutating func undo() {
    guard let (cell, sign) = steps.popLast() else { return }
    used.remove(cell)
    cost -= table.cost(cell) + 1
    shift(cell, -sign)
  }

  private mutating func shift(_ cell: Int, _ sign: Int64) {
    for term in table.system.memberships[cell] {
      let change = Int64(term.sign) * sign
      if let place = off.firstIndex(where: { $0.sum == term.index }) {
        off[place].by += change
        if off[place].by == 0 { off.remove(at: place) }
      } else {
        off.append((term.index, change))
      }
    }
  }
}
