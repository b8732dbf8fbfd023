import StageKit
import Tabular

/// What `cell_key` does with the rows: each gets its key, rows and keys are summed up by group, and
/// the counts are perturbed.
struct PerturbedCounts: Breaker {
  private let inner: any Breaker
  private let table: PerturbationTable
  private let keyCount: Int

  /// - Parameters:
  ///   - keys: positions of the columns to group by.
  ///   - ids: positions of what keys are drawn for.
  init(
    types: [DataType], keys: [Int], ids: [Int], draws: KeyedDraws, table: PerturbationTable
  ) {
    let totals = Aggregation(
      keys: keys,
      measures: [
        Aggregation.Measure(.count, name: "cell_key"),
        Aggregation.Measure(.sum, of: types.count, name: "cell_key"),
      ], inputTypes: types + [.integer])
    inner = SurroundedBreaker(
      before: RecordKeys(ids: ids, draws: draws), totals, after: RowChain([]))
    (self.table, keyCount) = (table, keys.count)
  }

  func makeWorker(_ resources: Resources) -> any BreakerWorker { inner.makeWorker(resources) }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let groups = try inner.finish(workers, resources, tally: &tally)
    let shown = Collect()
    let collector = shown.makeWorker(resources)
    var left = 0
    while let batch = try groups.next() {
      let perturbed = try self.perturbed(batch)
      left += batch.rowCount - perturbed.rowCount
      try collector.consume(perturbed)
    }
    tally.rowsOut -= left
    if left > 0 { tally.left[RowWay.perturbedAway, default: 0] += left }
    return try shown.held([collector]).source()
  }

  private func perturbed(_ batch: Batch) throws -> Batch {
    guard case .integer(let counts) = batch.columns[keyCount].values,
      case .integer(let keys) = batch.columns[keyCount + 1].values
    else { throw TableMessages.internalError("cell_key") }
    var (rows, shown): ([Int32], [Int64]) = ([], [])
    for row in 0..<batch.rowCount {
      let key = UInt32(truncatingIfNeeded: keys[row])
      let count = table.perturbed(counts[row], key: key)
      guard count > 0 else { continue }
      rows.append(Int32(truncatingIfNeeded: row))
      shown.append(count)
    }
    var columns = batch.columns[..<keyCount].map { $0.gathered(rows) }
    columns.append(Column(.integer(shown)))
    return Batch(columns: columns, rowCount: rows.count, sequence: batch.sequence)
  }
}

/// Appends each row's key, 32 bits.
private struct RecordKeys: RowOperator {
  let ids: [Int]
  let draws: KeyedDraws

  func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: RecordKeys
    private(set) var tally = Tally()

    init(_ plan: RecordKeys) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var keys: [Int64] = []
      keys.reserveCapacity(batch.rowCount)
      var identity: [UInt8] = []
      for row in 0..<batch.rowCount {
        identity.removeAll(keepingCapacity: true)
        for id in plan.ids where !KeyedDraws.append(batch.columns[id], row, to: &identity) {
          // What has no identity shares a key that nobody knows.
          identity.append(0)
        }
        keys.append(Int64(plan.draws.number(of: identity) >> 32))
      }
      var batch = batch
      batch.columns.append(Column(.integer(keys)))
      return batch
    }
  }
}
