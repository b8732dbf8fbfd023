/// A breaker with row-local work before and after it, as one: arguments computed on the way in,
/// results finished on the way out.
public struct SurroundedBreaker: Breaker {
  private let before: any RowOperator
  private let breaker: any Breaker
  private let after: any RowOperator

  /// - Parameters:
  ///   - before: what each batch goes through first.
  ///   - after: what each batch given out goes through; it must give as many rows as it takes,
  ///     and its `conclude` is not called.
  public init(
    before: any RowOperator, _ breaker: any Breaker, after: any RowOperator
  ) {
    (self.before, self.breaker, self.after) = (before, breaker, after)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(before.makeWorker(), breaker.makeWorker(resources))
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var states: [Worker] = []
    for worker in workers {
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      states.append(worker)
    }
    try before.conclude(states.map(\.before))
    var early = Tally()
    for state in states { early.add(state.before.tally) }
    var late = Tally()
    let source = try breaker.finish(states.map(\.breaker), resources, tally: &late)
    (early.rowsOut, late.rowsIn) = (0, 0)
    tally.add(early)
    tally.add(late)
    return Finished(source: source, after: after)
  }

  private final class Worker: BreakerWorker {
    let before: any RowWorker
    let breaker: any BreakerWorker

    init(_ before: any RowWorker, _ breaker: any BreakerWorker) {
      (self.before, self.breaker) = (before, breaker)
    }

    func consume(_ batch: Batch) throws { try breaker.consume(try before.process(batch)) }
  }

  private struct Finished: BatchSource {
    let source: any BatchSource
    let after: any RowOperator

    func next() throws -> Batch? {
      // A worker of its own for each batch: several threads may ask.
      try source.next().map { try after.makeWorker().process($0) }
    }
  }
}
