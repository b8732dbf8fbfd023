import Synchronization

/// Several sorted runs as one: which rows come next is told under a lock, and whoever asked puts
/// them together. Memory: a piece of each run, and what the batches at hand draw on; runs that are
/// too many for that are merged into fewer before.
final class MergedRuns: BatchSource {
  private let merge: Mutex<Merge>

  init(_ runs: [SortedRun], _ resources: Resources) throws {
    var runs = runs
    while true {
      let widest = runs.reduce(1) { Swift.max($0, $1.widestPiece) }
      // A piece is held as bytes and as columns; batches at hand draw on some more.
      let most = Swift.max(resources.memory / (8 * widest), 4)
      if runs.count <= most { break }
      runs = try MergedRuns.fewer(runs, most, resources)
    }
    merge = Mutex(try Merge(runs))
  }

  /// Merges the runs, some at a time.
  private static func fewer(
    _ runs: [SortedRun], _ most: Int, _ resources: Resources
  ) throws -> [SortedRun] {
    let lanes = Swift.max(resources.threads, 1)
    let each = Swift.max(most / lanes, 2)
    let groups = stride(from: 0, to: runs.count, by: each).map {
      Array(runs[$0..<Swift.min($0 + each, runs.count)])
    }
    let merged = Mutex<[SortedRun]>([])
    try SideBySide.run(groups.count, lanes: lanes) { group, _ in
      let file = try SpillFile(folder: resources.scratch)
      var merge = try Merge(groups[group])
      let run = try SortedRun(groups[group].first?.keys ?? [], in: file) {
        guard let (picks, keys, _) = try merge.next(rows: SortedRun.pieceRows) else { return nil }
        return (try picks.batch(sequence: 0), picks.ordinals(keys))
      }
      merged.withLock { $0.append(run) }
    }
    return merged.withLock { $0 }
  }

  func next() throws -> Batch? {
    let taken = try merge.withLock { try $0.next(rows: Batch.usualRows) }
    guard let (picks, _, sequence) = taken else { return nil }
    return try picks.batch(sequence: sequence)
  }
}

/// The merge of runs: a heap of their first rows.
private struct Merge {
  private struct Cursor {
    let run: SortedRun
    var nextPiece = 1
    var piece: SortedRun.Piece
    var row = 0
    var head: (UInt64, UInt64)
    /// Its piece among the sources of the batch at hand; −1 when no row was drawn yet.
    var source: Int32 = -1
  }

  private var cursors: [Cursor] = []
  /// Indices of cursors; the least first.
  private var heap: [Int] = []
  private var sequence = 0

  init(_ runs: [SortedRun]) throws {
    for run in runs where run.pieceCount > 0 {
      let piece = try run.piece(0)
      cursors.append(Cursor(run: run, piece: piece, head: piece.keys.head(0)))
    }
    heap = Array(cursors.indices)
    for place in stride(from: heap.count / 2, through: 0, by: -1) { sink(place) }
  }

  /// The next rows, the keys of all rows of their sources, and their batch's sequence; nil at the
  /// end.
  /// - Parameter count: how many rows; as many as breakers give out when nothing was written, since
  ///   ordinals, which samples hash, follow from it.
  mutating func next(rows count: Int) throws -> (RowPicks, [SortBytes], Int)? {
    var sources: [Batch] = []
    var keys: [SortBytes] = []
    var picks: [RowPicks.Pick] = []
    for index in cursors.indices { cursors[index].source = -1 }
    while let least = heap.first, picks.count < count {
      if cursors[least].source < 0 {
        cursors[least].source = Int32(truncatingIfNeeded: sources.count)
        sources.append(cursors[least].piece.batch)
        keys.append(cursors[least].piece.keys)
      }
      let row = Int32(truncatingIfNeeded: cursors[least].row)
      picks.append(RowPicks.Pick(source: cursors[least].source, row: row))
      if try !advance(least) { heap.swapAt(0, heap.count - 1); heap.removeLast() }
      sink(0)
    }
    if picks.isEmpty { return nil }
    defer { sequence += 1 }
    return (RowPicks(sources: sources, picks: picks), keys, sequence)
  }

  /// - Returns: false at the run's end.
  private mutating func advance(_ index: Int) throws -> Bool {
    cursors[index].row += 1
    if cursors[index].row == cursors[index].piece.keys.count {
      guard cursors[index].nextPiece < cursors[index].run.pieceCount else { return false }
      cursors[index].piece = try cursors[index].run.piece(cursors[index].nextPiece)
      cursors[index].nextPiece += 1
      (cursors[index].row, cursors[index].source) = (0, -1)
    }
    cursors[index].head = cursors[index].piece.keys.head(cursors[index].row)
    return true
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if precedes(heap[child], heap[least]) { least = child }
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (left, right) = (cursors[a].head, cursors[b].head)
    if left.0 != right.0 { return left.0 < right.0 }
    if left.1 != right.1 { return left.1 < right.1 }
    return cursors[a].piece.keys.precedes(
      cursors[a].row, cursors[b].piece.keys, cursors[b].row)
  }
}
