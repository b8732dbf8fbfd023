/// Which cells of a table are hidden, so that none of them can be computed from the others.
package struct TableSuppression: Sendable {
  /// Some cell can be computed whatever else is hidden.
  package struct Exposed: Error, Sendable {}

  package let isHidden: [Bool]
  /// Whether no set of hidden cells with fewer contributors in them would do.
  package let isProvenBest: Bool

  /// - Parameters:
  ///   - audits: of the same cells: of their counts, of their amounts, of what came in since they
  ///     were published last.
  ///   - primary: cells to be hidden for their own sake.
  ///   - budget: sets of hidden cells to try for the cheapest.
  /// - Throws: `Exposed` when no set of hidden cells was found that will do.
  package init(
    _ audits: [TableAudit], hiding primary: [Bool], budget: Int = 2000
  ) throws(Exposed) {
    var found = primary
    // What one audit has hidden, another has to hold.
    var isSettled = false
    while !isSettled {
      isSettled = true
      for audit in audits {
        guard let more = audit.protected(found) else { throw Exposed() }
        if more != found { (found, isSettled) = (more, false) }
      }
    }
    found = TableSuppression.spared(found, primary, audits)
    var search = SuppressionSearch(audits, primary, budget)
    search.run(from: found)
    // Whatever was found is held to the terms once more, from nothing.
    for audit in audits where !audit.holds(search.best) { throw Exposed() }
    (isHidden, isProvenBest) = (search.best, search.isComplete)
  }

  /// Publishes again what need not be hidden, the largest cells first.
  private static func spared(
    _ isHidden: [Bool], _ primary: [Bool], _ audits: [TableAudit]
  ) -> [Bool] {
    guard let costs = audits.first?.system.costs else { return isHidden }
    var kept = isHidden
    let extra = kept.indices.filter { kept[$0] && !primary[$0] }
      .sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    // Each trial audits all hidden cells: on large tables the search has to do.
    let hidden = kept.count { $0 }
    guard extra.count * hidden <= 1 << 12 else { return kept }
    for cell in extra {
      kept[cell] = false
      if !audits.allSatisfy({ $0.holds(kept) }) { kept[cell] = true }
    }
    return kept
  }
}
