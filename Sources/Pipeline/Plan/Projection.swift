import StageKit

/// Which fields of each node something downstream reads, computed backwards, so that the scan
/// skips the rest.
enum Projection {
  static func wanted(
    _ nodes: [PlanNode], _ outputs: [PlannedOutput], _ sidecars: [PlannedSidecar]
  ) -> [PlanNode] {
    var goals: [Int: Set<String>] = [:]
    for output in outputs { goals[output.node] = Set(nodes[output.node].facts.names) }
    for sidecar in sidecars { goals[sidecar.node, default: []].formUnion(sidecar.fields) }
    return self.wanted(nodes, goals: goals)
  }

  /// - Parameter goals: the fields that are wanted for their own sake, by node.
  static func wanted(_ nodes: [PlanNode], goals: [Int: Set<String>]) -> [PlanNode] {
    var wanted = [Set<String>](repeating: [], count: nodes.count)
    for (node, fields) in goals { wanted[node].formUnion(fields) }
    for node in nodes.reversed() {
      guard case .stage(_, let stage, let input, let sides) = node.work else { continue }
      let known = Set(nodes[input].facts.names)
      wanted[input].formUnion(stage.needs(wanted[node.id]).intersection(known))
      for need in stage.sides(wanted[node.id]) {
        if let side = sides[need.table] { wanted[side].formUnion(need.fields) }
      }
    }
    return nodes.map {
      PlanNode(
        id: $0.id, step: $0.step, work: $0.work, facts: $0.facts, wanted: wanted[$0.id],
        position: $0.position, written: $0.written)
    }
  }
}
