/// Looks for the cheapest set of hidden cells by branch and bound, within a number of sets.
struct SuppressionSearch {
  private let audits: [TableAudit]
  private let costs: [Int64]
  private let primary: [Bool]
  private var left: Int
  private(set) var best: [Bool]
  private(set) var isComplete: Bool
  private var bestCost = Int128.max
  /// Cells that may be hidden, the dearest first.
  private var candidates: [Int] = []

  /// - Parameter budget: sets to try.
  init(_ audits: [TableAudit], _ primary: [Bool], _ budget: Int) {
    (self.audits, self.primary, left) = (audits, primary, budget)
    costs = audits.first?.system.costs ?? []
    best = primary
    isComplete = audits.allSatisfy(\.isExact)
  }

  /// - Parameter found: a set that will do.
  mutating func run(from found: [Bool]) {
    (best, bestCost) = (found, cost(found))
    candidates = primary.indices.filter { !primary[$0] && costs[$0] > 0 }
      .sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    // Cells in no sum hide nothing else.
    candidates.removeAll { cell in
      audits.allSatisfy { $0.system.memberships[cell].isEmpty }
    }
    guard found != primary else { return }
    guard candidates.count <= 64 else {
      isComplete = false
      return
    }
    var all = primary
    for cell in candidates { all[cell] = true }
    search(all, primary, from: 0)
  }

  private func cost(_ hidden: [Bool]) -> Int128 {
    hidden.indices.reduce(0) { $0 + (hidden[$1] ? Int128(costs[$1]) : 0) }
  }

  /// - Parameters:
  ///   - widest: all that may still be hidden; it will do.
  ///   - chosen: what is hidden in any case.
  private mutating func search(_ widest: [Bool], _ chosen: [Bool], from place: Int) {
    guard left > 0 else {
      isComplete = false
      return
    }
    guard cost(chosen) < bestCost else { return }
    left -= 1
    if audits.allSatisfy({ $0.holds(chosen) }) {
      (best, bestCost) = (chosen, cost(chosen))
      return
    }
    guard place < candidates.count else { return }
    let cell = candidates[place]
    var without = widest
    without[cell] = false
    // Hiding more never narrows what others may be, but may leave a dear cell exposed itself.
    if audits.allSatisfy({ $0.holds(primary, hiding: without) }) {
      search(without, chosen, from: place + 1)
    }
    var with = chosen
    with[cell] = true
    search(widest, with, from: place + 1)
  }
}
