import StageKit
import Tabular

/// What somebody who only looks asks of an execution.
struct Watch {
  /// The nodes to be worked out; nil for those of the outputs.
  var goals: Set<Int>?
  /// Tables of which only the first rows are wanted.
  var taps: [Int: FirstRows] = [:]
  var observer: (any ExecutionObserver)?
}

/// Stands between the parts of an execution and sees all batches pass.
protocol ExecutionObserver: Sendable {
  /// What is read instead of a source's batches: the same ones, looked at. Called again when the
  /// source is opened again; what was seen of it before is void then.
  func source(_ batches: any BatchSource, at node: PlanNode) -> any BatchSource

  /// What runs instead of a stage's operation: the same one, looked at.
  func operation(_ operation: StageOperation, at node: PlanNode) -> StageOperation
}
