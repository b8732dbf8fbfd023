/// Measures how far apart the values are that hidden cells may have, by other tables that nobody
/// could tell from the true one.
package struct TableAudit: Sendable {
  let system: TableSystem
  private let widths: [Int64]
  private let least: Int64
  private let network: TablePaths?

  /// - Parameters:
  ///   - widths: how far apart at least, cell by cell, where it is hidden.
  ///   - least: what is asked of all hidden cells.
  package init(_ system: TableSystem, _ widths: [Int64], least: Int64 = 1) {
    (self.system, self.widths, self.least) = (system, widths, least)
    network = system.isNetwork ? TablePaths(system) : nil
  }

  /// Whether what is not found to be possible is not.
  var isExact: Bool { network != nil }

  func width(_ cell: Int) -> Int64 { max(widths[cell], least) }

  /// How far apart the values of a hidden cell are known to lie, up to what is asked of it.
  package func reach(_ cell: Int, _ isHidden: [Bool]) -> Int64 {
    var table = HiddenTable(system, isHidden: isHidden)
    return extend(&table, cell, opening: false)
  }

  /// Whether all hidden cells lie far enough apart.
  package func holds(_ isHidden: [Bool]) -> Bool {
    var table = HiddenTable(system, isHidden: isHidden)
    for cell in isHidden.indices where isHidden[cell] && width(cell) > 0 {
      guard extend(&table, cell, opening: false) >= width(cell) else { return false }
    }
    return true
  }

  /// Whether all cells of one set lie far enough apart while those of another are hidden.
  func holds(_ cells: [Bool], hiding isHidden: [Bool]) -> Bool {
    var table = HiddenTable(system, isHidden: isHidden)
    return cells.indices.allSatisfy { cell in
      !cells[cell] || extend(&table, cell, opening: false) >= width(cell)
    }
  }

  /// Hides more cells until all hidden ones lie far enough apart, the cheapest first.
  /// - Returns: nil when that was not found to be possible.
  func protected(_ isHidden: [Bool]) -> [Bool]? {
    var table = HiddenTable(system, isHidden: isHidden)
    let order = isHidden.indices.filter { isHidden[$0] && width($0) > 0 }
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
      if table.isHidden == before { return before }
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
}
