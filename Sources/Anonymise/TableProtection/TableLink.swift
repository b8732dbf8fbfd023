import StageKit
import Tabular

/// Another table of the same rows, and the counts of what each cell of one shares with each of the
/// other, both side tables of the stage.
struct TableLink: Sendable {
  /// Where keys and counts stand in a side table.
  struct Place: Sendable {
    let table: String
    let count: Int
  }

  let other: Place
  /// Positions of the other table's keys in it.
  let otherKeys: [Int]
  let shared: Place
  /// Positions of this table's keys among the shared counts, and of the other's.
  let sharedOwn: [Int]
  let sharedOther: [Int]
  let context: StageContext

  /// What must hold of both tables together.
  /// - Parameter keys: of this table's cells.
  func audit(_ own: TableSystem, _ keys: [[Value]], _ rules: TableRules) throws -> TableAudit {
    var places: [[Value]: Int] = [:]
    for (index, key) in keys.enumerated() { places[key] = index }
    var (cells, others): ([[Value]: Int], [LinkedTable.Other]) = ([:], [])
    try read(other) { row, count in
      let key = otherKeys.map(row)
      guard cells.updateValue(others.count, forKey: key) == nil else {
        throw TableMessages.fault(.repeatedCell, "protect_table")
      }
      others.append(LinkedTable.Other(key: [], isHidden: count == nil))
    }
    var parts: [LinkedTable.Shared] = []
    try read(shared) { row, count in
      guard let count, count >= 0 else { throw TableMessages.noCount("protect_table") }
      guard count > 0 else { return }
      guard let place = places[sharedOwn.map(row)] else { throw TableMessages.wrongShared }
      let key = sharedOther.map(row)
      let cell = cells[key] ?? others.count
      if cell == others.count {
        // What the other table has no row for, it does not show.
        cells[key] = cell
        others.append(LinkedTable.Other(key: [], isHidden: true))
      }
      parts.append(LinkedTable.Shared(own: place, other: cell, count: count))
    }
    do throws(TableSystem.Fault) {
      let linked = try LinkedTable(own, others, parts)
      let widths =
        [Int64](repeating: 0, count: own.values.count + others.count)
        + parts.map { rules.isSmall($0.count) ? Int64(rules.width) : 0 }
      return TableAudit(linked, widths)
    } catch {
      throw TableMessages.wrongShared
    }
  }

  /// Goes through the rows of a side table, each with its count.
  private func read(
    _ place: Place, _ body: (_ row: (Int) -> Value, _ count: Int64?) throws -> Void
  ) throws {
    for batch in try context.side(place.table) {
      for row in 0..<batch.rowCount {
        let cell = batch.columns[place.count].value(row)
        let count: Int64? = if case .integer(let number) = cell { number } else { nil }
        try body({ batch.columns[$0].value(row) }, count)
      }
    }
  }
}
