/// Rows in order, on disk: pieces of some hundred rows with their ordinals. The bytes that they are
/// ordered by are as long as the rows, and made again sooner than read.
final class SortedRun: Sendable {
  /// Rows a piece: what a merge holds of each run.
  static let pieceRows = 1_024

  private let file: SpillFile
  let keys: [SortKey]
  private let pieces: [Range<Int>]

  /// A piece read back.
  struct Piece {
    let batch: Batch
    let keys: SortBytes
  }

  var pieceCount: Int { pieces.count }

  /// The most bytes that a piece takes, with its keys.
  var widestPiece: Int { pieces.reduce(0) { Swift.max($0, 2 * $1.count) } }

  /// Sorts batches and writes them behind what the file holds already.
  convenience init(_ batches: [Batch], _ keys: [SortKey], in file: SpillFile) throws {
    let written = try batches.map { batch in
      try SortBytes(keys, batch, ordinals: (0..<batch.rowCount).map { batch.ordinal($0) })
    }
    let order = SortedRun.order(written)
    var start = 0
    try self.init(keys, in: file) {
      guard start < order.count else { return nil }
      let end = min(start + SortedRun.pieceRows, order.count)
      let picks = RowPicks(sources: batches, picks: Array(order[start..<end]))
      start = end
      return (try picks.batch(sequence: 0), picks.ordinals(written))
    }
  }

  /// Writes pieces that come in order: rows and their ordinals, which are one column more on disk.
  init(_ keys: [SortKey], in file: SpillFile, _ next: () throws -> (Batch, [Int64])?) throws {
    var pieces: [Range<Int>] = []
    while let (rows, ordinals) = try next() {
      var batch = rows
      batch.columns.append(Column(.integer(ordinals)))
      pieces.append(try file.append(BatchBytes.of(batch)))
    }
    (self.file, self.keys, self.pieces) = (file, keys, pieces)
  }

  func piece(_ place: Int) throws -> Piece {
    guard var batch = BatchBytes.batch(try file.read(pieces[place])),
      case .integer(let ordinals) = batch.columns.popLast()?.values
    else { throw file.damaged }
    return Piece(batch: batch, keys: try SortBytes(keys, batch, ordinals: ordinals))
  }

  private struct Head {
    let first: UInt64
    let second: UInt64
    let pick: RowPicks.Pick
  }

  private static func order(_ keys: [SortBytes]) -> [RowPicks.Pick] {
    var heads: [Head] = []
    heads.reserveCapacity(keys.reduce(0) { $0 + $1.count })
    for (source, keys) in keys.enumerated() {
      for row in 0..<keys.count {
        let (first, second) = keys.head(row)
        let pick = RowPicks.Pick(
          source: Int32(truncatingIfNeeded: source), row: Int32(truncatingIfNeeded: row))
        heads.append(Head(first: first, second: second, pick: pick))
      }
    }
    heads.sort { a, b in
      if a.first != b.first { return a.first < b.first }
      if a.second != b.second { return a.second < b.second }
      return keys[Int(a.pick.source)].precedes(
        Int(a.pick.row), keys[Int(b.pick.source)], Int(b.pick.row))
    }
    return heads.map(\.pick)
  }
}
