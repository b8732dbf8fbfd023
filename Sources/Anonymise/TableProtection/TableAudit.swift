/// Measures how far apart the values are that hidden cells may have, by other tables that nobody
/// could tell from the true one.
package struct TableAudit: Sendable {
  let system: TableSystem
  private let widths: [Int64]
  private let least: Int64
  private let network: TablePaths?
  /// Cells of other tables, after this one's own: whether they are hidden.
  private let others: [Bool]

  /// - Parameters:
  ///   - widths: how far apart at least, cell by cell, where it is hidden.
  ///   - least: what is asked of all hidden cells.
  package init(_ system: TableSystem, _ widths: [Int64], least: Int64 = 1) {
    (self.system, self.widths, self.least) = (system, widths, least)
    network = system.isNetwork ? TablePaths(system) : nil
    others = []
  }

  /// With a table that counts the same rows: nothing that the two share may be computed, either.
  /// - Parameter widths: of this table's cells, the other's and the shared ones.
  package init(_ linked: LinkedTable, _ widths: [Int64]) {
    (system, self.widths, least, network) = (linked.system, widths, 0, nil)
    others = Array(linked.isHidden[linked.ownCount...])
  }

  /// A table in which some of the own cells are hidden, and of the others' those that are.
  private func table(_ isHidden: [Bool]) -> HiddenTable {
    let isFixed = others.isEmpty ? [] : isHidden.map { _ in false } + others.map { _ in true }
    return HiddenTable(system, isHidden: isHidden + others, isFixed: isFixed)
  }

  /// Whether what is not found to be possible is not.
  var isExact: Bool { network != nil }

  func width(_ cell: Int) -> Int64 { max(widths[cell], least) }

  /// How far apart the values of a hidden cell are known to lie, up to what is asked of it.
  package func reach(_ cell: Int, _ isHidden: [Bool]) -> Int64 {
    var table = self.table(isHidden)
    return extend(&table, cell, opening: false)
  }

  /// Whether all hidden cells lie far enough apart.
  package func holds(_ isHidden: [Bool]) -> Bool {
    var table = self.table(isHidden)
    for cell in widths.indices where table.isHidden[cell] && width(cell) > 0 {
      guard extend(&table, cell, opening: false) >= width(cell) else { return false }
    }
    return true
  }

  /// Whether all cells of one set lie far enough apart while those of another are hidden.
  func holds(_ cells: [Bool], hiding isHidden: [Bool]) -> Bool {
    var table = self.table(isHidden)
    let asked = cells + others
    return asked.indices.allSatisfy { cell in
      !asked[cell] || extend(&table, cell, opening: false) >= width(cell)
    }
  }

  /// Hides more cells until all hidden ones lie far enough apart, the cheapest first.
  /// - Returns: nil when that was not found to be possible.
  func protected(_ isHidden: [Bool]) -> [Bool]? {
    var table = self.table(isHidden)
    let order = widths.indices.filter { table.isHidden[$0] && width($0) > 0 }
      .sorted { (system.values[$0], $0) < (system.values[$1], $1) }
    for cell in order {
      guard extend(&table, cell, opening: true) >= width(cell) else { return nil }
    }
    // Cells that were hidden on the way have to lie apart, too.
    while true {
      let before = table.isHidden
      for cell in before.indices where before[cell] && width(cell) > 0 {
        guard extend(&table, cell, opening: true) >= width(cell) else { return nil }
      }
      if table.isHidden == before { return Array(before.prefix(isHidden.count)) }
    }
  }

  /// Moves a cell down as far as it goes, then up, until it has gone as far as asked.
  private func extend(_ table: inout HiddenTable, _ cell: Int, opening: Bool) -> Int64 {
    let wanted = width(cell)
    table.reset()
    let start = table.other[cell]
    while start - table.other[cell] < wanted, table.room(cell, -1) > 0,
      let move = table.move(cell, -1, opening: nil, network),
      table.make(move, atMost: wanted - (start - table.other[cell])) > 0
    {}
    let low = table.other[cell]
    while table.other[cell] - low < wanted {
      let left = wanted - (table.other[cell] - low)
      guard let move = upward(table, cell, left, opening: opening) else { break }
      for step in move.steps { table.hide(step.cell) }
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
}
