import Tabular

/// A row-local operator that tells where followed rows go.
///
/// Rows of such an operator come out in order and independently of one another. So what comes out
/// of the rows up to a followed one, less what comes out of those before it, came of this row; and
/// the way in which it left is the one that is counted once more. That holds for every operator,
/// and asks none of them for anything.
struct TracedRows: RowOperator {
  private let operation: any RowOperator
  private let passage: Passage

  init(_ operation: any RowOperator, _ passage: Passage) {
    (self.operation, self.passage) = (operation, passage)
  }

  func makeWorker() -> any RowWorker { Worker(operation, passage) }

  func conclude(_ workers: [any RowWorker]) throws {
    do {
      try operation.conclude(workers.compactMap { ($0 as? Worker)?.worker })
    } catch let error as OperatorError {
      // A run would stop here, but whoever follows a row wants to see the rest.
      passage.trail.warn(error.message, at: passage.output.id)
    }
  }

  private final class Worker: RowWorker {
    private let operation: any RowOperator
    private let passage: Passage
    let worker: any RowWorker

    init(_ operation: any RowOperator, _ passage: Passage) {
      (self.operation, self.passage) = (operation, passage)
      worker = operation.makeWorker()
    }

    var tally: Tally { worker.tally }

    func process(_ batch: Batch) throws -> Batch {
      let result = try worker.process(batch)
      let places = passage.trail.places(at: passage.input.id, batch.sequence)
      var next: [Trail.Place] = []
      for place in places {
        let (range, ways) = try trace(place.index, batch)
        next += range.map { Trail.Place(row: place.row, index: $0) }
        if range.isEmpty {
          passage.tell(place.row, batch.ordinal(place.index), .left(ways))
        } else {
          let fate: TraceEvent.Fate = range.count > 1 ? .multiplied(range.count) : .kept
          let changes = try passage.changes(
            of: place.index, in: batch, to: result, range.lowerBound)
          passage.tell(place.row, batch.ordinal(place.index), fate, changes)
        }
      }
      passage.trail.add(next, at: passage.output.id, batch.sequence)
      return result
    }

    /// The rows that come of one row, and the ways in which it left.
    private func trace(_ row: Int, _ batch: Batch) throws -> (Range<Int>, [String]) {
      let before = try count(row, batch)
      let after = try count(row + 1, batch)
      let ways = after.left.filter { $0.value > before.left[$0.key] ?? 0 }
      return (before.rowsOut..<max(before.rowsOut, after.rowsOut), ways.keys.sorted())
    }

    /// The counts of the first rows of a batch.
    private func count(_ rows: Int, _ batch: Batch) throws -> Tally {
      guard rows > 0 else { return Tally() }
      let probe = operation.makeWorker()
      _ = try probe.process(batch.gathered((0..<rows).map { Int32(truncatingIfNeeded: $0) }))
      return probe.tally
    }
  }
}
