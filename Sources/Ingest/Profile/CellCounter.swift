import Tabular

/// Counts the cells of all columns, for one thread. Texts that recur are read once, as far as
/// memory goes; what comes out is the same.
struct CellCounter {
  /// Texts that are remembered at most, over all columns.
  private static let room = 1 << 17

  private var columns: [ColumnCounter]
  private var room = CellCounter.room

  init(columns count: Int) { columns = Array(repeating: ColumnCounter(), count: count) }

  mutating func add(_ batch: Batch) {
    for (index, column) in batch.columns.enumerated() where index < columns.count {
      columns[index].add(column, &room)
    }
  }

  /// What was counted, column by column.
  mutating func finish() -> [ColumnStatistics] {
    columns.indices.map { columns[$0].finish(&room) }
  }
}

/// Counts the cells of one column.
private struct ColumnCounter {
  private var statistics = ColumnStatistics()
  private var known = KnownCells()

  mutating func add(_ column: Column, _ room: inout Int) {
    guard case .text(let texts) = column.values else { return }
    var counts = [Int32](repeating: texts.codes == nil ? 1 : 0, count: texts.entryCount)
    var nulls = 0
    if let codes = texts.codes {
      for (row, code) in codes.enumerated() {
        if column.validity[row] { counts[Int(code)] += 1 } else { nulls += 1 }
      }
    } else if let flags = column.validity.flags {
      for row in counts.indices where !flags[row] {
        counts[row] = 0
        nulls += 1
      }
    }
    statistics.addNothing(times: nulls)
    for entry in counts.indices where counts[entry] > 0 {
      let text = texts.bytes[Int(texts.offsets[entry])..<Int(texts.offsets[entry + 1])]
      add(CellShapes.trimmed(text), times: Int(counts[entry]), &room)
    }
  }

  private mutating func add(_ cell: ArraySlice<UInt8>, times: Int, _ room: inout Int) {
    guard !cell.isEmpty else { return statistics.addNothing(times: times) }
    guard known.isOfUse, cell.count <= KnownCells.longest else {
      if known.count > 0, !known.isOfUse { forget(&room) }
      return statistics.add(cell, CellReading(cell), times: times)
    }
    cell.withUnsafeBytes { bytes in
      let hash = KnownCells.hash(bytes)
      if known.count(bytes, hash, times: times) { return }
      let reading = CellReading(cell)
      if room > 0, known.remember(bytes, hash, reading, times: times) {
        room -= 1
      } else {
        statistics.add(cell, reading, times: times)
      }
    }
  }

  private mutating func forget(_ room: inout Int) {
    room += known.count
    known.drain { statistics.add($0, $1, times: $2) }
  }

  mutating func finish(_ room: inout Int) -> ColumnStatistics {
    forget(&room)
    return statistics
  }
}
