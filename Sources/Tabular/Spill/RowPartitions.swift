/// Rows on disk, apart by a hash of their keys, so that all rows of a key can be taken up again
/// without those of most others. Used by one thread while it is written, then read by several.
package final class RowPartitions: @unchecked Sendable {
  /// Partitions a level: rows that are still too many are put apart again by other bits.
  package static let count = 32
  /// Levels that the bits of a hash are used for; beyond them keys hardly get fewer.
  static let levels = 4

  private let file: SpillFile
  private let level: Int
  private var pieces: [[Range<Int>]]

  /// - Parameter level: 0 for rows as they come, 1 for those of a partition, and so on.
  package init(folder: String, level: Int) throws {
    file = try SpillFile(folder: folder)
    self.level = level
    pieces = Array(repeating: [], count: RowPartitions.count)
  }

  /// The partition that keys of a hash are in.
  static func partition(_ hash: UInt64, level: Int) -> Int {
    Int(truncatingIfNeeded: hash >> UInt64(5 * level)) & (count - 1)
  }

  /// Row numbers by partition.
  package static func apart(
    _ hashes: [UInt64], level: Int, where wanted: (Int) -> Bool
  ) -> [[Int32]] {
    var rows = [[Int32]](repeating: [], count: count)
    for row in hashes.indices where wanted(row) {
      rows[partition(hashes[row], level: level)].append(Int32(truncatingIfNeeded: row))
    }
    return rows
  }

  /// Appends some of a batch's rows, by partition; each keeps its batch's sequence.
  package func add(_ batch: Batch, _ rows: [[Int32]]) throws {
    for (partition, rows) in rows.enumerated() where !rows.isEmpty {
      let picks = rows.map { RowPicks.Pick(source: 0, row: $0) }
      let some = try RowPicks(sources: [batch], picks: picks).batch(sequence: batch.sequence)
      pieces[partition].append(try file.append(BatchBytes.of(some)))
    }
  }

  /// Bytes that a partition's rows take on disk, and roughly in memory.
  func size(_ partition: Int) -> Int { pieces[partition].reduce(0) { $0 + $1.count } }

  /// Hands out a partition's batches, in the order in which they were added.
  package func each(_ partition: Int, _ body: (Batch) throws -> Void) throws {
    for piece in pieces[partition] {
      guard let batch = BatchBytes.batch(try file.read(piece)) else { throw file.damaged }
      try body(batch)
    }
  }
}
