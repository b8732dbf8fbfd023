/// Which cells of a table are hidden, so that none of them can be computed from the others.
package struct TableSuppression: Sendable {
  /// How wide the values that a hidden cell may have must lie apart.
  package struct Terms: Sendable {
    /// For each cell to be hidden for its own sake, how far apart at least; 0 for the others.
    package let widths: [Int64]
    /// Sets of hidden cells to try for the cheapest.
    package let budget: Int

    /// - Parameter widths: at least 1 for each cell to be hidden for its own sake.
    package init(widths: [Int64], budget: Int = 2000) {
      (self.widths, self.budget) = (widths, budget)
    }
  }

  /// Some cell can be computed whatever else is hidden.
  package struct Exposed: Error, Sendable {}

  package let isHidden: [Bool]
  /// Whether no set of hidden cells with fewer contributors in them would do.
  package let isProvenBest: Bool

  /// - Throws: `Exposed` when no set of hidden cells was found that will do.
  package init(_ system: TableSystem, _ terms: Terms) throws(Exposed) {
    let audit = TableAudit(system, terms.widths)
    let primary = terms.widths.map { $0 > 0 }
    guard var found = audit.protect(primary) else { throw Exposed() }
    found = audit.spared(found)
    var search = SuppressionSearch(audit, primary, terms.budget)
    search.run(from: found)
    // Whatever was found is held to the terms once more, from nothing.
    let last = TableAudit(system, terms.widths)
    guard last.holds(search.best) else { throw Exposed() }
    (isHidden, isProvenBest) = (search.best, search.isComplete)
  }
}

/// Measures how far apart the values are that hidden cells may have, by other tables that nobody
/// could tell from the true one.
package struct TableAudit {
  let system: TableSystem
  private let widths: [Int64]
  private let network: TablePaths?

  /// - Parameter widths: what is asked of cells; 1 is asked of all that are hidden.
  package init(_ system: TableSystem, _ widths: [Int64]) {
    (self.system, self.widths) = (system, widths)
    network = system.isNetwork ? TablePaths(system) : nil
  }

  /// Whether what is not found to be possible is not.
  var isExact: Bool { network != nil }

  func width(_ cell: Int) -> Int64 { max(widths[cell], 1) }

  /// How far apart the values of a hidden cell are known to lie, up to what is asked of it.
  package func reach(_ cell: Int, _ isHidden: [Bool]) -> Int64 {
    var table = HiddenTable(system, isHidden: isHidden)
    return extend(&table, cell, opening: false)
  }

  /// Whether all hidden cells lie far enough apart.
  package func holds(_ isHidden: [Bool]) -> Bool {
    var table = HiddenTable(system, isHidden: isHidden)
    for cell in isHidden.indices where isHidden[cell] {
      guard system.values[cell] > 0 else { return false }
      guard extend(&table, cell, opening: false) >= width(cell) else { return false }
    }
    return true
  }

  /// Hides more cells until all hidden ones lie far enough apart, the cheapest first.
  /// - Returns: nil when that was not found to be possible.
  func protect(_ isHidden: [Bool]) -> [Bool]? {
    var table = HiddenTable(system, isHidden: isHidden)
    let order = isHidden.indices.filter { isHidden[$0] }
      .sorted { (system.values[$0], $0) < (system.values[$1], $1) }
    for cell in order {
      guard extend(&table, cell, opening: true) >= width(cell) else { return nil }
    }
    // Cells that were hidden on the way take part in a move, but one move may undo another's.
    while true {
      let before = table.isHidden
      for cell in before.indices where before[cell] {
        guard extend(&table, cell, opening: true) >= width(cell) else { return nil }
      }
      if table.isHidden == before { return before }
    }
  }

  /// Moves a cell down as far as it goes, then up, until it has gone as far as asked.
  private func extend(_ table: inout HiddenTable, _ cell: Int, opening: Bool) -> Int64 {
    let wanted = width(cell)
    table.reset()
    let start = table.other[cell]
    while start - table.other[cell] < wanted,
      let move = table.move(cell, -1, opening: nil, network),
      table.make(move, atMost: wanted - (start - table.other[cell])) > 0
    {}
    let low = table.other[cell]
    while table.other[cell] - low < wanted {
      let left = wanted - (table.other[cell] - low)
      guard let move = upward(table, cell, left, opening: opening) else { break }
      for step in move.steps { table.isHidden[step.cell] = true }
      guard table.make(move, atMost: left) > 0 else { break }
    }
    let reached = table.other[cell] - low
    table.reset()
    return reached
  }

  /// A move up: through hidden cells if there is one, else through others that are large enough
  /// to make it as often as needed, else through any.
  private func upward(
    _ table: HiddenTable, _ cell: Int, _ left: Int64, opening: Bool
  ) -> TableMove? {
    if let free = table.move(cell, 1, opening: nil, network) { return free }
    guard opening else { return nil }
    return table.move(cell, 1, opening: left, network)
      ?? table.move(cell, 1, opening: 1, network)
  }

  /// Publishes again what need not be hidden, the largest cells first.
  func spared(_ isHidden: [Bool]) -> [Bool] {
    var kept = isHidden
    let extra = kept.indices.filter { kept[$0] && widths[$0] == 0 }
      .sorted { (-system.values[$0], $0) < (-system.values[$1], $1) }
    // Each trial audits all hidden cells: on large tables the search has to do.
    let hidden = kept.count { $0 }
    guard extra.count * hidden <= 1 << 16 else { return kept }
    for cell in extra {
      kept[cell] = false
      if !holds(kept) { kept[cell] = true }
    }
    return kept
  }
}
