/// Sorts rows by several keys; stable by ordinal. With a limit, only the first rows are given out.
///
/// A worker that holds its share of the memory writes what it holds to scratch, sorted; the runs
/// are merged as the rows are asked for. With a limit nothing is written: the best rows are few.
public struct Sort: Breaker {
  private let keys: [SortKey]
  private let limit: Int?

  /// - Parameters:
  ///   - keys: most significant first.
  ///   - limit: the number of rows to give out, ≥ 0; nil for all.
  public init(_ keys: [SortKey], limit: Int? = nil) {
    self.keys = keys
    self.limit = limit.map { Swift.max($0, 0) }
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(keys, limit, resources)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var pieces: [Piece] = []
    var runs: [SortedRun] = []
    var rows = 0
    let isSpilled = workers.contains { !(($0 as? Worker)?.runs.isEmpty ?? true) }
    for worker in workers {
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      if isSpilled { try worker.spill() }
      runs += worker.runs
      pieces.append(contentsOf: worker.give())
      rows += worker.rows
    }
    if isSpilled {
      tally.rowsIn += rows
      tally.rowsOut += rows
      return try MergedRuns(runs, resources)
    }
    let order = try Sort.order(pieces, keys)
    let kept = Swift.min(limit ?? order.rows.count, order.rows.count)
    tally.rowsIn += rows
    tally.rowsOut += kept
    if limit != nil { tally.left[RowWay.beyondLimit, default: 0] += rows - kept }
    return GatheredRows(order.table, order: Array(order.rows.prefix(kept)))
  }

  /// Some rows with their ordinals: a batch, or the best rows of several.
  struct Piece: Sendable {
    let batch: Batch
    /// Nil for a batch as it came.
    let ordinals: [Int64]?

    /// The ordinal of its first row.
    var first: Int64 { ordinals?.first ?? batch.ordinal(0) }
  }

  /// The pieces, in the order of their first rows, as one table; and its rows by key, then ordinal.
  /// - Parameter withOrdinals: whether to give each table row's ordinal even where the pieces'
  ///   order makes them needless.
  static func order(
    _ pieces: [Piece], _ keys: [SortKey], withOrdinals: Bool = false
  ) throws -> (table: FlatTable, rows: [Int32], ordinals: [Int64]) {
    let pieces = pieces.sorted { $0.first < $1.first }
    let table = try FlatTable(pieces.map(\.batch))
    if pieces.isEmpty { return (table, [], []) }
    var words = try SortKey.words(keys, table)
    let mixed = pieces.contains { $0.ordinals != nil }
    var ordinals: [Int64] = []
    if mixed || withOrdinals {
      ordinals.reserveCapacity(table.count)
      for piece in pieces {
        ordinals.append(
          contentsOf: piece.ordinals ?? (0..<piece.batch.rowCount).map { piece.batch.ordinal($0) })
      }
    }
    if mixed { words.append(ordinals.map { UInt64(bitPattern: $0) }) }
    return (table, RowOrder.sorted(words, count: table.count), ordinals)
  }

  /// Holds its batches; with a limit, from time to time only the best rows of them.
  private final class Worker: BreakerWorker {
    private let keys: [SortKey]
    private let limit: Int?
    private(set) var rows = 0
    private var pieces: [Piece] = []
    private var held = 0
    private(set) var runs: [SortedRun] = []
    private let scratch: String
    /// All runs lie in one file, so that their number is not bounded by open files.
    private var file: SpillFile?
    /// Bytes of batches that are held before they go to scratch. Ordering takes more than as much
    /// again, and longer runs would not be merged much faster.
    private let share: Int
    private static let longestRun = 16 << 20
    private var heldBytes = 0
    /// What ordering takes for each row beside its values: its key as bytes, head and place.
    private static let orderBytes = 96
    /// Texts of all batches of a run are held still at once, one inside the other.
    private static let heldBatches = 1_024

    init(_ keys: [SortKey], _ limit: Int?, _ resources: Resources) {
      (self.keys, self.limit, scratch) = (keys, limit, resources.scratch)
      share = Swift.min(resources.share, Worker.longestRun)
    }

    func consume(_ batch: Batch) throws {
      for key in keys { _ = try batch.column(key.column) }
      rows += batch.rowCount
      held += batch.rowCount
      pieces.append(Piece(batch: batch, ordinals: nil))
      heldBytes += batch.heldBytes + Worker.orderBytes * batch.rowCount
      if limit == nil, heldBytes > share || pieces.count >= Worker.heldBatches { try spill() }
      if let limit, held / 4 > Swift.max(limit, Batch.usualRows) { try prune(limit) }
    }

    /// Writes what is held to scratch, in order.
    func spill() throws {
      if !pieces.isEmpty {
        let file = try self.file ?? SpillFile(folder: scratch)
        self.file = file
        runs.append(try SortedRun(pieces.map(\.batch), keys, in: file))
      }
      (pieces, heldBytes) = ([], 0)
    }

    func give() -> [Piece] {
      defer { pieces = [] }
      return pieces
    }

    private func prune(_ limit: Int) throws {
      let (table, order, ordinals) = try Sort.order(pieces, keys, withOrdinals: true)
      let best = Array(order.prefix(limit))
      let batch = Batch(
        columns: try table.columns.map { try $0.gathered(best) }, rowCount: best.count, sequence: 0)
      pieces = [Piece(batch: batch, ordinals: best.map { ordinals[Int($0)] })]
      held = best.count
    }
  }
}
