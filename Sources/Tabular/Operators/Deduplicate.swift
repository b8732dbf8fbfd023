/// Keeps one row per key; equal decimals of different scales are the same key, and so are nulls.
/// The rows that are kept stay in their order.
public struct Deduplicate: Breaker {
  /// Which of the rows with the same key stays.
  public enum Keep: Sendable {
    /// The first or last in the order of the stream.
    case first, last
    /// The one that sorts first; of equal ones the first in the stream. To keep the greatest, sort
    /// descending: nulls are last either way.
    case leading([SortKey])
  }

  private let keys: [Int]
  private let keep: Keep
  private let types: [DataType]
  private let seed: HashSeed

  /// - Parameters:
  ///   - keys: positions of the columns to compare; all of them to drop repeated rows.
  ///   - inputTypes: the types of all input columns.
  ///   - seed: for hashing; no result depends on it.
  public init(
    keys: [Int], keep: Keep = .first, inputTypes: [DataType], seed: HashSeed = .run
  ) {
    (self.keys, self.keep, types, self.seed) = (keys, keep, inputTypes, seed)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(self, resources)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let workers = try workers.map { worker in
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      return worker
    }
    let rows = workers.reduce(0) { $0 + $1.rows }
    let source: any BatchSource
    let count: Int
    if workers.contains(where: { $0.spilled != nil }) {
      for worker in workers { try worker.spill() }
      (source, count) = try rowsByKey.worked(workers.compactMap(\.spilled), resources) {
        try first($0)
      }
    } else {
      let (table, kept) = try kept(workers.flatMap { $0.give() })
      (source, count) = (GatheredRows(table, order: kept), kept.count)
    }
    tally.rowsIn += rows
    tally.rowsOut += count
    tally.left[RowWay.duplicate, default: 0] += rows - count
    return source
  }

  private var rowsByKey: KeyedRows {
    KeyedRows(keys: keys, types: types, seed: seed, name: "deduplicate")
  }

  /// One row for each key of rows that carry their ordinals.
  private func first(_ batches: [Batch]) throws -> [Batch] {
    let pieces = try batches.map { batch in
      guard case .integer(let ordinals) = try batch.column(types.count).values else {
        throw OperatorMessages.wrongColumn
      }
      return Sort.Piece(batch: batch, ordinals: ordinals)
    }
    let (table, rows) = try kept(pieces)
    let source = GatheredRows(table, order: rows)
    var batches: [Batch] = []
    while let batch = try source.next() { batches.append(batch) }
    return batches
  }

  /// The pieces as one table, and its rows that stay, in the order of the stream.
  private func kept(_ pieces: [Sort.Piece]) throws -> (FlatTable, [Int32]) {
    var pieces = pieces
    // Keys first, while the batches still hold them.
    var index = makeIndex()
    pieces.sort { $0.first < $1.first }
    var groups: [Int32] = []
    for piece in pieces {
      var ids: [Int32] = []
      let columns = try piece.batch.columns(keys)
      try index.assign(columns, rows: piece.batch.rowCount, into: &ids)
      groups.append(contentsOf: ids)
    }
    var order: [SortKey] = []
    if case .leading(let keys) = keep { order = keys }
    let sorted = try Sort.order(pieces, order, withOrdinals: true)
    return (sorted.table, chosen(groups, sorted.rows, sorted.ordinals, index.count))
  }

  /// One row per group, in the order of the stream.
  /// - Parameter order: the rows by preference, then ordinal.
  private func chosen(
    _ groups: [Int32], _ order: [Int32], _ ordinals: [Int64], _ count: Int
  ) -> [Int32] {
    var best = [Int32](repeating: -1, count: count)
    var last = false
    if case .last = keep { last = true }
    for row in last ? order.reversed() : order where best[Int(groups[Int(row)])] < 0 {
      best[Int(groups[Int(row)])] = row
    }
    return best.sorted { ordinals[Int($0)] < ordinals[Int($1)] }
  }

  private func makeIndex() -> KeyIndex {
    KeyIndex(keys.filter(types.indices.contains).map { types[$0] }, seed)
  }

  /// Holds the rows that may stay; past its share rows go to scratch, apart by their keys.
  private final class Worker: BreakerWorker {
    private let plan: Deduplicate
    private let resources: Resources
    private(set) var spilled: RowPartitions?
    private var held = 0
    private(set) var rows = 0
    private var pieces: [Sort.Piece] = []
    private var index: KeyIndex
    /// The ordinal of each key's best row so far.
    private var best: [Int64] = []
    private var ids: [Int32] = []

    init(_ plan: Deduplicate, _ resources: Resources) {
      (self.plan, self.resources) = (plan, resources)
      index = plan.makeIndex()
    }

    func give() -> [Sort.Piece] {
      defer { pieces = [] }
      return pieces
    }

    /// Writes what is held to scratch.
    func spill() throws {
      let spilled = try self.spilled ?? RowPartitions(folder: resources.scratch, level: 0)
      self.spilled = spilled
      for piece in give() {
        try plan.rowsByKey.put(piece.batch, ordinals: piece.ordinals, into: spilled)
      }
      (index, best, held) = (plan.makeIndex(), [], 0)
    }

    func consume(_ batch: Batch) throws {
      rows += batch.rowCount
      if let spilled { return try plan.rowsByKey.put(batch, into: spilled) }
      try keep(batch)
      if held + index.heldBytes + 8 * best.capacity > resources.share { try spill() }
    }

    private func keep(_ batch: Batch) throws {
      let columns = try batch.columns(plan.keys)
      if case .leading = plan.keep {
        pieces.append(Sort.Piece(batch: batch, ordinals: nil))
        held += batch.heldBytes
        return
      }
      try index.assign(columns, rows: batch.rowCount, into: &ids)
      best.append(contentsOf: repeatElement(-1, count: index.count - best.count))
      var kept: [Int32] = []
      if case .last = plan.keep {
        for row in (0..<batch.rowCount).reversed()
        where best[Int(ids[row])] < batch.ordinal(row) {
          best[Int(ids[row])] = batch.ordinal(row)
          kept.append(Int32(truncatingIfNeeded: row))
        }
        kept.reverse()
      } else {
        for row in 0..<batch.rowCount {
          let known = best[Int(ids[row])]
          if known >= 0, known < batch.ordinal(row) { continue }
          best[Int(ids[row])] = batch.ordinal(row)
          kept.append(Int32(truncatingIfNeeded: row))
        }
      }
      if kept.isEmpty { return }
      let some = batch.gathered(kept)
      held += some.heldBytes + 8 * kept.count
      pieces.append(Sort.Piece(batch: some, ordinals: kept.map { batch.ordinal(Int($0)) }))
    }
  }
}
