/// Holds a whole table in memory, its batches in order.
public struct Collect: Breaker {
  public init() {}

  public func makeWorker(_ resources: Resources) -> any BreakerWorker { Worker() }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let batches = try Worker.inOrder(workers)
    let rows = batches.reduce(0) { $0 + $1.rowCount }
    tally.rowsIn += rows
    tally.rowsOut += rows
    return BatchList(batches)
  }

  /// The state of every breaker that needs its input whole: the batches as they came.
  final class Worker: BreakerWorker {
    private(set) var batches: [Batch] = []

    func consume(_ batch: Batch) throws { batches.append(batch) }

    /// All workers' batches in the order of the stream; the workers give them up, so that memory
    /// is freed as the caller moves on.
    static func inOrder(_ workers: [any BreakerWorker]) throws -> [Batch] {
      var all: [Batch] = []
      for worker in workers {
        guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
        all.append(contentsOf: worker.batches)
        worker.batches = []
      }
      all.sort { $0.sequence < $1.sequence }
      return all
    }
  }
}
