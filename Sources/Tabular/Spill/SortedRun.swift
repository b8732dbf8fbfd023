/// Rows in order, on disk: pieces of some thousand rows with the bytes that they are ordered by.
final class SortedRun: Sendable {
  /// Rows a piece: what a merge holds of each run.
  static let pieceRows = 2_048

  private let file: SpillFile
  private let pieces: [(rows: Range<Int>, keys: Range<Int>)]

  /// A piece read back.
  struct Piece {
    let batch: Batch
    let keys: SortBytes
  }

  var pieceCount: Int { pieces.count }

  /// The most bytes that a piece takes on disk.
  var widestPiece: Int { pieces.reduce(0) { Swift.max($0, $1.rows.count + $1.keys.count) } }

  /// Sorts batches and writes them behind what the file holds already.
  convenience init(_ batches: [Batch], _ keys: [SortKey], in file: SpillFile) throws {
    let written = try batches.map { try SortBytes(keys, $0) }
    let order = SortedRun.order(written)
    var start = 0
    try self.init(in: file) {
      guard start < order.count else { return nil }
      let end = min(start + SortedRun.pieceRows, order.count)
      let picks = RowPicks(sources: batches, picks: Array(order[start..<end]))
      start = end
      return (try picks.batch(sequence: 0), picks.keys(written))
    }
  }

  /// Writes pieces that come in order.
  init(in file: SpillFile, _ next: () throws -> (Batch, SortBytes)?) throws {
    var pieces: [(rows: Range<Int>, keys: Range<Int>)] = []
    while let (batch, keys) = try next() {
      pieces.append((try file.append(BatchBytes.of(batch)), try file.append(keys.written)))
    }
    (self.file, self.pieces) = (file, pieces)
  }

  func piece(_ place: Int) throws -> Piece {
    guard let batch = BatchBytes.batch(try file.read(pieces[place].rows)),
      let keys = SortBytes(written: try file.read(pieces[place].keys)), keys.count == batch.rowCount
    else { throw file.damaged }
    return Piece(batch: batch, keys: keys)
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
