import CLibCSV

/// What is asked of a table that is read back: how many rows, all of the right width, and no count
/// below a minimum. Holds no row.
public struct RowTally: Sendable {
  var state = clibcsv_tally()
  /// Columns whose cells are looked at, too.
  public let watched: WatchedColumns?
  /// What was found in them.
  public internal(set) var cells: WatchedCells?

  /// - Parameters:
  ///   - fields: of each record.
  ///   - least: the position of the column that counts, and its minimum; an empty cell is none.
  ///   - sparesZero: whether 0 may stand there, too.
  ///   - watched: columns whose cells are looked at.
  public init(
    fields: Int, least: (column: Int, count: Int)? = nil, sparesZero: Bool = false,
    watched: WatchedColumns? = nil
  ) {
    self.watched = watched
    cells = watched.map { WatchedCells($0.count) }
    state.fields = Int64(fields)
    state.column = Int64(least?.column ?? -1)
    state.least = Int64(least?.count ?? 0)
    state.spares_zero = sparesZero ? 1 : 0
  }

  /// Records, without the one that names the columns.
  public var rows: Int { Int(state.rows) }
  /// Whether a record has another number of fields.
  public var hasOtherWidth: Bool { state.has_other_width != 0 }
  /// Whether a number in the counting column is below the minimum.
  public var isBelow: Bool { state.is_below != 0 }

  /// Takes the fields of a record that were read already.
  mutating func take(_ row: ReferenceRow, _ watch: CellWatch?) {
    for place in 0..<row.count {
      var field = Array(row[place])
      field.withUnsafeBytes { watch?.take(Int(state.field), $0) }
      field.withUnsafeMutableBytes {
        clibcsv_tally_field($0.baseAddress, $0.count, &state)
      }
    }
  }

  /// Adds what was counted in another part of the same table.
  public mutating func add(_ other: RowTally) {
    state.rows += other.state.rows
    if other.hasOtherWidth { state.has_other_width = 1 }
    if other.isBelow { state.is_below = 1 }
    if let found = other.cells { cells?.add(found) }
  }

  mutating func endRecord() { clibcsv_tally_end(&state) }
}
