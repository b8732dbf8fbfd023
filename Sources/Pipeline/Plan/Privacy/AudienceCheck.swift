import Ingest
import StageKit
import Tabular

/// The one place that decides what may leave: every output's fields and choice of rows against the
/// charter. What rows must guarantee, purposes and decisions have a file each beside this one.
/// Reads no data.
struct AudienceCheck {
  let charter: Charter
  let diagnostics: Diagnostics
  /// Days since 1970, in the charter's time zone.
  let today: Int
  /// Whether it is the project that names the charter, and not the pipeline.
  let isPinned: Bool

  func check(
    _ outputs: [PlannedOutput], graph: PlanGraph, purpose: SpecNode?, pipeline: SpecPosition
  ) {
    let guarantees = GuaranteeCheck(
      charter: charter, origins: SensitiveOrigins(graph), diagnostics: diagnostics)
    for output in outputs {
      let facts = graph.nodes[output.node].facts
      checkFields(output, facts, step: graph.nodes[output.node].step)
      checkTaint(output, facts)
      checkScopes(output, facts)
      checkDraws(output, graph)
      guarantees.check(output, facts)
      if output.audience.name != "internal", !isPinned, !charter.isMissing {
        diagnostics.error(
          "unpinned-charter", at: output.position, PlanMessages.unpinned(output.audience.name),
          remedy: PlanMessages.pin)
      }
    }
    PurposeCheck(charter: charter, diagnostics: diagnostics, today: today).check(
      outputs, graph, purpose, pipeline)
    DecisionCheck(charter: charter, diagnostics: diagnostics, today: today).check(graph)
  }

  private func checkFields(_ output: PlannedOutput, _ facts: Facts, step: String) {
    for field in facts.fields
    where !Set(field.privacy.classes.keys).isSubset(of: output.audience.allows) {
      diagnostics.error(
        "forbidden-class", at: output.position,
        PlanMessages.forbidden(field: field, audience: output.audience.name),
        remedy: PlanMessages.way(field, step: step, output: output.name))
    }
  }

  private func checkTaint(_ output: PlannedOutput, _ facts: Facts) {
    if !Set(facts.taint.classes.keys).isSubset(of: output.audience.allows) {
      diagnostics.error(
        "forbidden-taint", at: output.position,
        PlanMessages.forbiddenTaint(facts.taint, audience: output.audience.name))
    }
  }

  /// What was drawn by a scope's key reaches only whom the scope is for: two exports that draw on
  /// one key can be held against each other.
  private func checkDraws(_ output: PlannedOutput, _ graph: PlanGraph) {
    guard let scopes = charter.scopes else { return }
    for id in NoiseReach(graph.nodes, [output]).read(by: output.node) {
      let node = graph.nodes[id]
      guard case .stage(let name, let stage, _, _) = node.work,
        let drawn = (stage as? any KeyDrawing)?.drawnScope, let scope = scopes[drawn],
        !scope.audiences.contains(output.audience.name)
      else { continue }
      diagnostics.error(
        "scope-audience", at: node.written?["scope"]?.position ?? node.position,
        PlanMessages.drawAudience(drawn, stage: name, audience: output.audience.name),
        remedy: PlanMessages.drawScopeIsFor(scope.audiences.sorted()))
    }
  }

  /// Pseudonyms reach only whom their scope is for.
  private func checkScopes(_ output: PlannedOutput, _ facts: Facts) {
    guard let scopes = charter.scopes else { return }
    for field in facts.fields where field.privacy.classes[.pseudonym] != nil {
      for name in field.privacy.scopes.sorted() {
        guard let scope = scopes[name], !scope.audiences.contains(output.audience.name)
        else { continue }
        diagnostics.error(
          "scope-audience", at: output.position,
          PlanMessages.scopeAudience(name, field: field.name, audience: output.audience.name),
          remedy: PlanMessages.scopeIsFor(scope.audiences.sorted()))
      }
    }
  }
}
