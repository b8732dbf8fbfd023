/// Keeps the first rows of a table, in the order of the stream.
public struct Limit: Breaker {
  private let offset: Int
  private let count: Int

  /// - Parameters:
  ///   - count: rows to keep, ≥ 0.
  ///   - offset: rows to leave out before them, ≥ 0.
  public init(_ count: Int, offset: Int = 0) {
    self.count = Swift.max(count, 0)
    self.offset = Swift.max(offset, 0)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    let (needed, overflow) = offset.addingReportingOverflow(count)
    return Worker(overflow ? Int.max : needed)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var all: [Batch] = []
    var rows = 0
    for worker in workers {
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      all.append(contentsOf: worker.held)
      rows += worker.rows
    }
    all.sort { $0.sequence < $1.sequence }
    var toSkip = offset
    var toKeep = count
    var kept: [Batch] = []
    for batch in all where toKeep > 0 {
      let start = Swift.min(toSkip, batch.rowCount)
      let end = start + Swift.min(toKeep, batch.rowCount - start)
      toSkip -= start
      toKeep -= end - start
      if end == start { continue }
      kept.append(
        end - start == batch.rowCount
          ? batch : batch.gathered((Int32(start)..<Int32(end)).map(\.self)))
    }
    let out = count - toKeep
    let skipped = Swift.min(offset, rows)
    tally.rowsIn += rows
    tally.rowsOut += out
    tally.left[RowWay.beforeOffset, default: 0] += skipped
    tally.left[RowWay.beyondLimit, default: 0] += rows - skipped - out
    return BatchList(kept)
  }

  /// Keeps only batches that may count: those that its own earlier rows do not put past the end.
  private final class Worker: BreakerWorker {
    private let needed: Int
    private(set) var rows = 0
    private(set) var held: [Batch] = []
    private var heldRows = 0

    init(_ needed: Int) { self.needed = needed }

    func consume(_ batch: Batch) throws {
      rows += batch.rowCount
      let place = held.lastIndex { $0.sequence < batch.sequence }.map { $0 + 1 } ?? 0
      held.insert(batch, at: place)
      heldRows += batch.rowCount
      while let last = held.last, heldRows - last.rowCount >= needed {
        heldRows -= last.rowCount
        held.removeLast()
      }
    }
  }
}
