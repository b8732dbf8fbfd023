import Tabular

/// The second pass: rows with the ranges of their regions, without those that are suppressed.
struct RangedRows: BatchSource {
  private struct Texts: Sendable {
    let column: Int
    let leaves: LeafNumbers
    /// By text, the empty one last: its part of a key.
    let parts: [UInt64]
    /// By region: the entry in the pool, −1 for none.
    let entries: [Int32]
    let pool: TextValues
  }

  private let rows: any BatchSource
  private let texts: [Texts]
  private let table: TupleTable
  /// By tuple; −1 for those that are suppressed.
  private let regions: [Int32]

  init(
    _ rows: any BatchSource, _ columns: [Int], _ values: [RangeValues],
    _ fields: [RangePartition.Field], _ partition: RangePartition
  ) {
    self.rows = rows
    var (table, regions) = (TupleTable(), [Int32]())
    for (number, region) in partition.regions.enumerated() {
      for key in region.keys {
        _ = table.number(key)
        regions.append(Int32(truncatingIfNeeded: number))
      }
    }
    (self.table, self.regions) = (table, regions)
    texts = columns.indices.map { index in
      let (one, shift) = (values[index], UInt64(fields[index].shift))
      var (known, pool): ([String: Int32], [String]) = ([:], [])
      let entries = partition.regions.map { region -> Int32 in
        guard let text = one.text(region.lows[index], region.highs[index]) else { return -1 }
        if let entry = known[text] { return entry }
        known[text] = Int32(truncatingIfNeeded: pool.count)
        pool.append(text)
        return Int32(truncatingIfNeeded: pool.count - 1)
      }
      let ranks = one.ranks + [one.values.count]
      return Texts(
        column: columns[index], leaves: LeafNumbers(one.texts),
        parts: ranks.map { UInt64($0) << shift }, entries: entries,
        pool: TextValues(pool.isEmpty ? [""] : pool))
    }
  }

  func next() throws -> Batch? {
    guard var batch = try rows.next() else { return nil }
    var keys = [UInt64](repeating: 0, count: batch.rowCount)
    for text in texts {
      let numbers = text.leaves.numbers(batch.columns[text.column], rows: keys.count)
      for row in keys.indices {
        guard text.parts.indices.contains(Int(numbers[row])) else {
          throw AnonymisingBreaker.wrongColumn
        }
        keys[row] |= text.parts[Int(numbers[row])]
      }
    }
    var (stays, places): ([Int32], [Int]) = ([], [])
    for (row, key) in keys.enumerated() {
      guard let tuple = table.find(key) else { continue }
      stays.append(Int32(truncatingIfNeeded: row))
      places.append(Int(regions[tuple]))
    }
    if stays.count < keys.count { batch = batch.gathered(stays) }
    for text in texts {
      let codes = places.map { text.entries[$0] }
      let flags = codes.contains(-1) ? codes.map { $0 >= 0 } : nil
      let values = TextValues(
        bytes: text.pool.bytes, offsets: text.pool.offsets,
        codes: flags == nil ? codes : codes.map { max($0, 0) })
      batch.columns[text.column] = Column(.text(values), validity: Validity(flags: flags))
    }
    return batch
  }
}
