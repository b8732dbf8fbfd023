/// Keeps a whole table, its batches in order: in memory, and past its share on disk.
public struct Collect: Breaker {
  public init() {}

  public func makeWorker(_ resources: Resources) -> any BreakerWorker { Collector(resources) }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let batches = try held(workers)
    tally.rowsIn += batches.rows
    tally.rowsOut += batches.rows
    return batches.source()
  }

  /// What the workers kept, in order.
  public func held(_ workers: [any BreakerWorker]) throws -> HeldBatches {
    let held = try workers.map { worker in
      guard let worker = worker as? Collector else { throw OperatorMessages.wrongColumn }
      return worker.batches
    }
    let whole = HeldBatches()
    whole.join(held)
    return whole
  }

  private final class Collector: BreakerWorker {
    let batches = HeldBatches()
    private let resources: Resources

    init(_ resources: Resources) { self.resources = resources }

    func consume(_ batch: Batch) throws { try batches.add(batch, resources) }
  }

  /// The state of breakers that need their input whole and in memory: the batches as they came.
  final class Worker: BreakerWorker {
    private(set) var batches: [Batch] = []
    private let resources: Resources
    private let name: String
    private var held = 0

    /// - Parameter name: the operator's, in messages.
    init(_ resources: Resources, _ name: String) { (self.resources, self.name) = (resources, name) }

    func consume(_ batch: Batch) throws {
      held += batch.heldBytes
      guard held <= resources.limit else { throw OperatorMessages.needsMemory(name) }
      batches.append(batch)
    }

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
