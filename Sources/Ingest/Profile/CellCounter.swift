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
  private var finder = IdentifierFinder(CellReading.textKinds)

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
    texts.bytes.withUnsafeBytes { bytes in
      for entry in counts.indices where counts[entry] > 0 {
        let text = trimmed(bytes, Int(texts.offsets[entry])..<Int(texts.offsets[entry + 1]))
        add(texts, bytes, text, times: Int(counts[entry]), &room)
      }
    }
  }

  private mutating func add(
    _ texts: TextValues, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, times: Int,
    _ room: inout Int
  ) {
    guard !range.isEmpty else { return statistics.addNothing(times: times) }
    guard known.isOfUse, range.count <= KnownCells.longest else {
      if known.count > 0, !known.isOfUse { forget(&room) }
      let cell = texts.bytes[range]
      return statistics.add(cell, CellReading(cell, &finder), times: times)
    }
    let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
    let hash = KnownCells.hash(raw)
    if known.count(raw, hash, times: times) { return }
    let cell = texts.bytes[range]
    let reading = CellReading(cell, &finder)
    if room > 0, known.remember(raw, hash, reading, times: times) {
      room -= 1
    } else {
      statistics.add(cell, reading, times: times)
    }
  }

  /// Without blanks at either end, as `CellShapes.trimmed`.
  private func trimmed(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return start..<end
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
