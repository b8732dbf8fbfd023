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
    Worker(self)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var pieces: [Sort.Piece] = []
    var rows = 0
    for worker in workers {
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      pieces.append(contentsOf: worker.give())
      rows += worker.rows
    }
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
    let kept = chosen(groups, sorted.rows, sorted.ordinals, index.count)
    tally.rowsIn += rows
    tally.rowsOut += kept.count
    tally.left[RowWay.duplicate, default: 0] += rows - kept.count
    return GatheredRows(sorted.table, order: kept)
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

  /// Holds the rows that may stay.
  private final class Worker: BreakerWorker {
    private let plan: Deduplicate
    private(set) var rows = 0
    private var pieces: [Sort.Piece] = []
    private var index: KeyIndex
    /// The ordinal of each key's best row so far.
    private var best: [Int64] = []
    private var ids: [Int32] = []

    init(_ plan: Deduplicate) {
      self.plan = plan
      index = plan.makeIndex()
    }

    func give() -> [Sort.Piece] {
      defer { pieces = [] }
      return pieces
    }

    func consume(_ batch: Batch) throws {
      rows += batch.rowCount
      let columns = try batch.columns(plan.keys)
      if case .leading = plan.keep {
        pieces.append(Sort.Piece(batch: batch, ordinals: nil))
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
      pieces.append(
        Sort.Piece(
          batch: batch.gathered(kept), ordinals: kept.map { batch.ordinal(Int($0)) }))
    }
  }
}
