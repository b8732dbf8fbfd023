/// What operators may use; set once for a run. Results never depend on it.
public struct Resources: Sendable {
  /// Worker threads, ≥ 1.
  public var threads: Int
  /// Bytes that breakers may hold before they spill.
  public var memory: Int
  /// A private folder for spilled data, made and removed by the run.
  public var scratch: String
  /// Called now and then by what computes for long without reading a batch; throws when somebody
  /// has asked to stop.
  public var checkpoint: @Sendable () throws -> Void

  public init(
    threads: Int, memory: Int, scratch: String,
    checkpoint: @escaping @Sendable () throws -> Void = {}
  ) {
    (self.threads, self.memory, self.scratch) = (threads, memory, scratch)
    self.checkpoint = checkpoint
  }

  /// Bytes that a thread's state may take before it spills: with what taking it up again needs
  /// they stay within `memory`.
  var share: Int { memory / (4 * Swift.max(threads, 1)) }

  /// Bytes that a thread's state may take where it cannot spill; even the smallest state has some.
  var limit: Int { Swift.max(2 * share, 1 << 20) }
}

/// How many rows came in and went out of an operator, and by which way the others left: the
/// material of 'every row is accounted for'.
public struct Tally: Sendable, Equatable {
  public var rowsIn = 0
  public var rowsOut = 0
  /// Rows that left, by way (an identifier such as `filtered_false`). For a breaker that folds
  /// rows (aggregate), `folded` counts the rows that its output rows stand for.
  public var left: [String: Int] = [:]
  /// Rows made by the operator (`unpivoted`, `completed`, `matched_again`…), by reason.
  public var made: [String: Int] = [:]

  public init() {}

  /// Adds another worker's counts.
  public mutating func add(_ other: Tally) {
    rowsIn += other.rowsIn
    rowsOut += other.rowsOut
    left.merge(other.left, uniquingKeysWith: +)
    made.merge(other.made, uniquingKeysWith: +)
  }

  /// Whether in + made = out + left.
  public var balances: Bool {
    rowsIn + made.values.reduce(0, +) == rowsOut + left.values.reduce(0, +)
  }
}

/// A row-local operator's state on one thread. Called once a batch; one batch in, one batch out
/// with the same sequence and the rows in order.
public protocol RowWorker: AnyObject {
  var tally: Tally { get }
  /// - Throws: `OperatorError` when a value makes the computation impossible (overflow…).
  func process(_ batch: Batch) throws -> Batch
}

/// A row-local operator: fuses with its neighbours and runs in parallel with row order kept.
public protocol RowOperator: Sendable {
  func makeWorker() -> any RowWorker
  /// Looks at the whole run's counts once the input has ended (limits such as `unmatched`).
  /// - Throws: `OperatorError` when a limit is broken: the run publishes nothing.
  func conclude(_ workers: [any RowWorker]) throws
}

extension RowOperator {
  public func conclude(_ workers: [any RowWorker]) throws {}
}

/// A breaker's state on one thread: takes batches in any order.
public protocol BreakerWorker: AnyObject {
  func consume(_ batch: Batch) throws
}

/// An operator that must see its whole input before it gives anything out.
public protocol Breaker: Sendable {
  func makeWorker(_ resources: Resources) -> any BreakerWorker
  /// Merges the workers' states into the output. The result depends on the rows and their
  /// ordinals alone, not on how they were spread over workers.
  /// - Parameter tally: to be filled with the breaker's counts.
  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource
}

/// Batches to be worked on: handed out one by one, in sequence order, to several threads.
public protocol BatchSource: Sendable {
  /// The next batch, or nil at the end. Safe to call from several threads.
  func next() throws -> Batch?
}

/// What made a computation impossible. The message is shown to the user, so it carries no cell
/// values.
public struct OperatorError: Error, Sendable {
  public let message: Message
  public init(_ message: Message) { self.message = message }
}
