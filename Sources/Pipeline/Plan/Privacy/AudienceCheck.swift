import StageKit
import Tabular

/// The one place that decides what may leave: every output's fields, taint and guarantees against
/// the charter, and the pipeline's purpose against its sources'. Reads no data.
struct AudienceCheck {
  let charter: Charter
  let diagnostics: Diagnostics

  /// What an entry must say before its data is published (★ in the territorial charters' frame).
  static let publicationNeeds = [
    "title", "description", "publisher", "frequency", "licence", "owner", "access",
    "personal_data", "purposes", "legal_basis", "retention_period",
  ]

  func check(
    _ outputs: [PlannedOutput], graph: PlanGraph, purpose: SpecNode?, pipeline: SpecPosition
  ) {
    for output in outputs {
      let facts = graph.nodes[output.node].facts
      checkFields(output, facts, step: graph.nodes[output.node].step)
      checkRows(output, facts)
      if output.audience.name != "internal" { checkGovernance(output, facts, graph) }
    }
    checkPurpose(graph, purpose, pipeline)
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

  private func checkRows(_ output: PlannedOutput, _ facts: Facts) {
    if !Set(facts.taint.classes.keys).isSubset(of: output.audience.allows) {
      diagnostics.error(
        "forbidden-taint", at: output.position,
        PlanMessages.forbiddenTaint(facts.taint, audience: output.audience.name))
    }
    guard facts.isAboutPersons else { return }
    checkAnonymity(output, facts)
    guard let minimum = output.audience.minCount, !charter.isHidden(facts, from: output.audience)
    else { return }
    let proven = facts.guarantees.contains {
      if case .minCount(let count) = $0 { count >= minimum } else { false }
    }
    if !proven {
      diagnostics.error(
        "min-count", at: output.position,
        PlanMessages.tooFewRows(minimum, audience: output.audience.name),
        remedy: PlanMessages.filterByCount(minimum))
    }
  }

  /// Rows of persons for an audience that asks for k-anonymity.
  private func checkAnonymity(_ output: PlannedOutput, _ facts: Facts) {
    guard let asked = output.audience.k, facts.isMicrodata else { return }
    let proven = facts.guarantees.contains {
      if case .anonymity(let anonymity) = $0 { anonymity.k >= asked } else { false }
    }
    if !proven {
      diagnostics.error(
        "k-anonymity", at: output.position,
        PlanMessages.notAnonymous(asked, audience: output.audience.name),
        remedy: PlanMessages.anonymise())
    }
  }

  private func checkGovernance(_ output: PlannedOutput, _ facts: Facts, _ graph: PlanGraph) {
    for source in sources(of: output.node, graph) {
      let said = Set(source.governance.fields.map(\.key))
      let missing = Self.publicationNeeds.filter { !said.contains($0) }
      guard !missing.isEmpty else { continue }
      diagnostics.error(
        "incomplete-governance", at: source.governance.position,
        PlanMessages.incompleteGovernance(source.governance.id, missing: missing))
    }
  }

  private func checkPurpose(_ graph: PlanGraph, _ purpose: SpecNode?, _ pipeline: SpecPosition) {
    for node in graph.nodes {
      guard case .source(let source) = node.work, let allowed = source.governance.purposes
      else { continue }
      guard let purpose, let name = purpose.text else {
        diagnostics.error("purpose", at: pipeline, PlanMessages.noPurpose())
        return
      }
      if !allowed.contains(name) {
        diagnostics.error(
          "purpose", at: purpose.position, PlanMessages.wrongPurpose(name, source: source.name),
          remedy: PlanMessages.purposesAre(allowed))
      }
    }
  }

  /// The sources that a node's rows or columns come from.
  private func sources(of node: Int, _ graph: PlanGraph) -> [PlannedSource] {
    switch graph.nodes[node].work {
    case .source(let source): [source]
    case .stage(_, _, let input, let sides):
      sources(of: input, graph) + sides.values.sorted().flatMap { sources(of: $0, graph) }
    }
  }
}
