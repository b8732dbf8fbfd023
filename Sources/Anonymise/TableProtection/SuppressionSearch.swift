/// Looks for the cheapest set of hidden cells by branch and bound, within a number of sets.
struct SuppressionSearch {
  private let audit: TableAudit
  private let primary: [Bool]
  private var left: Int
  private(set) var best: [Bool]
  private(set) var isComplete: Bool
  private var bestCost = Int128.max
  /// Cells that may be hidden, the dearest first.
  private var candidates: [Int] = []

  /// - Parameter budget: sets to try.
  init(_ audit: TableAudit, _ primary: [Bool], _ budget: Int) {
    (self.audit, self.primary, left) = (audit, primary, budget)
    best = primary
    isComplete = audit.isExact
  }

  /// - Parameter found: a set that will do.
  mutating func run(from found: [Bool]) {
    (best, bestCost) = (found, cost(found))
    let values = audit.system.values
    candidates = primary.indices.filter { !primary[$0] && values[$0] > 0 }
      .sorted { (-values[$0], $0) < (-values[$1], $1) }
    // Cells in no sum hide nothing else.
    candidates.removeAll { audit.system.memberships[$0].isEmpty }
    guard found != primary else { return }
    guard candidates.count <= 64 else { return isComplete = false }
    var all = primary
    for cell in candidates { all[cell] = true }
    search(all, primary, from: 0)
  }

  private func cost(_ hidden: [Bool]) -> Int128 {
    hidden.indices.reduce(0) { $0 + (hidden[$1] ? Int128(audit.system.values[$1]) : 0) }
  }

  /// - Parameters:
  ///   - widest: all that may still be hidden; it will do.
  ///   - chosen: what is hidden in any case.
  private mutating func search(_ widest: [Bool], _ chosen: [Bool], from place: Int) {
    guard left > 0 else { return isComplete = false }
    guard cost(chosen) < bestCost else { return }
    left -= 1
    if audit.holds(chosen) {
      (best, bestCost) = (chosen, cost(chosen))
      return
    }
    guard place < candidates.count else { return }
    let cell = candidates[place]
    var without = widest
    without[cell] = false
    // Hiding more never narrows what others may be, but may leave a dear cell exposed itself.
    if reachesAll(without) { search(without, chosen, from: place + 1) }
    var with = chosen
    with[cell] = true
    search(widest, with, from: place + 1)
  }

  /// Whether the cells that must be hidden could be, with all others that may.
  private func reachesAll(_ hidden: [Bool]) -> Bool {
    primary.indices.allSatisfy { cell in
      !primary[cell] || audit.reach(cell, hidden) >= audit.width(cell)
    }
  }
}
