import StageKit
import Tabular

/// A table of a plan that somebody looks at: a source, a step, or what a step has after one of its
/// stages.
public struct LookPlace: Sendable {
  /// The source or step.
  public let step: String
  /// The stage's place in its step, from 1; nil for the whole step.
  public let stage: Int?
  let node: Int

  /// - Throws: `RunError` (exit 2) when there is no such step or stage, with a suggestion.
  public init(_ plan: Plan, step: String, stage: Int? = nil) throws {
    (self.step, self.stage) = (step, stage)
    guard let end = plan.ends[step] else {
      throw RunError(.spec, LookMessages.unknownStep(step, among: plan.ends.keys.sorted()))
    }
    guard let stage else {
      node = end
      return
    }
    let stages = plan.stages(of: step)
    guard stages.indices.contains(stage - 1) else {
      throw RunError(.spec, LookMessages.unknownStage(step, count: stages.count))
    }
    node = stages[stage - 1].id
  }
}

extension Plan {
  /// The stages of a step, in order; none for a source.
  func stages(of step: String) -> [PlanNode] {
    nodes.filter { node in
      guard case .stage = node.work else { return false }
      return node.step == step
    }
  }

  /// The same plan for somebody who only looks: no outputs, and of each node the fields that the
  /// goals need.
  /// - Parameter goals: the fields wanted of each node that is looked at.
  func looked(at goals: [Int: Set<String>]) -> Plan {
    Plan(
      pipeline: pipeline, title: title, purpose: purpose, file: file, root: root, charter: charter,
      parameters: parameters, nodes: Projection.wanted(nodes, goals: goals), outputs: [],
      summary: nil, ends: ends, files: files)
  }
}
