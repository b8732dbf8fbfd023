import StageKit
import Tabular

/// Watches an execution on behalf of somebody who follows rows.
struct Tracer: ExecutionObserver {
  let plan: Plan
  let trail: Trail

  func source(_ batches: any BatchSource, at node: PlanNode) -> any BatchSource { batches }

  func operation(_ operation: StageOperation, at node: PlanNode) -> StageOperation {
    guard case .stage(_, let stage, let input, let sides) = node.work else { return operation }
    for (name, side) in sides.sorted(by: { $0.key < $1.key }) {
      for row in trail.rows(at: side) {
        trail.add(
          TraceEvent(row: row, node: node.id, ordinal: -1, fate: .side(name), changes: []))
      }
    }
    let passage = Passage(
      input: plan.nodes[input], output: node, stage: stage, trail: trail)
    switch operation {
    case .rowLocal(let operation): return .rowLocal(TracedRows(operation, passage))
    case .breaker(let breaker): return .breaker(TracedBreaker(breaker, passage))
    }
  }
}

/// One stage's passage, from its input's table to its own.
struct Passage: Sendable {
  let input: PlanNode
  let output: PlanNode
  let stage: any Stage
  let trail: Trail

  /// How the fields of a row that is still there changed.
  func changes(
    of row: Int, in batch: Batch, to result: Batch, _ index: Int
  ) throws -> [FieldChange] {
    try FieldChange.all(from: input.facts, batch, row, to: output.facts, result, index)
  }

  func tell(
    _ row: Int, _ ordinal: Int64, _ fate: TraceEvent.Fate, _ changes: [FieldChange] = []
  ) {
    trail.add(
      TraceEvent(row: row, node: output.id, ordinal: ordinal, fate: fate, changes: changes))
  }
}
