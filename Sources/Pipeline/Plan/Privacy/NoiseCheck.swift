import StageKit
import Tabular

/// Whether what stands before noise leaves the noise its meaning, and whether the charter grants a
/// budget to whom the figures reach.
struct NoiseCheck {
  let charter: Charter
  let diagnostics: Diagnostics

  /// Breakers that make of one person's rows the same whoever else is there.
  private static let rowWise: Set<String> = ["sort", "union"]
  /// Their side tables say who is left out, each for themselves.
  private static let ownSides: Set<String> = ["union", "oppose"]
  /// Row by row, yet by the row's place among all.
  private static let byPlace: Set<String> = ["sample"]

  func check(_ nodes: [PlanNode], _ outputs: [PlannedOutput]) {
    let reach = NoiseReach(nodes, outputs)
    for node in nodes where isNoise(node, nodes) {
      for audience in reach.audiences(of: node.id) where charter.budgets[audience.name] == nil {
        if audience.allows.contains(.direct) { continue }
        diagnostics.error(
          "no-budget", at: node.position, NoiseMessages.noGrant(audience.name),
          remedy: NoiseMessages.grant(audience.name))
      }
      guard case .stage(_, _, let input, _) = node.work else { continue }
      for id in reach.read(by: input) where nodes[id].facts.isAboutPersons {
        checkBefore(nodes[id], nodes)
      }
    }
  }

  /// Whether it is a stage that adds noise.
  private func isNoise(_ node: PlanNode, _ nodes: [PlanNode]) -> Bool {
    guard case .stage(_, _, let input, _) = node.work else { return false }
    return isNoisy(node.facts) && !isNoisy(nodes[input].facts)
  }

  private func isNoisy(_ facts: Facts) -> Bool { facts.guarantees.contains(where: \.isNoise) }

  private func checkBefore(_ node: PlanNode, _ nodes: [PlanNode]) {
    guard case .stage(let name, let stage, _, let sides) = node.work else { return }
    let isRowLocal = type(of: stage).declaration.kind == .rowLocal
    if Self.byPlace.contains(name) || !(isRowLocal || Self.rowWise.contains(name)) {
      diagnostics.error(
        "noise-order", at: node.position, NoiseMessages.notRowByRow(name),
        remedy: NoiseMessages.afterNoise)
    } else if !Self.ownSides.contains(name),
      sides.values.contains(where: { nodes[$0].facts.isAboutPersons })
    {
      diagnostics.error(
        "noise-order", at: node.position, NoiseMessages.personalSide(name),
        remedy: NoiseMessages.afterNoise)
    }
  }
}
