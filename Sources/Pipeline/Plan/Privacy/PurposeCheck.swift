import StageKit
import Tabular

/// Purpose limitation: what the sources may be used for, until when, and whether their entries say
/// what publication needs.
struct PurposeCheck {
  let charter: Charter
  let diagnostics: Diagnostics
  let today: Int

  /// What an entry must say before its data is published (★ in the territorial charters' frame).
  static let publicationNeeds = [
    "title", "description", "publisher", "frequency", "licence", "owner", "access",
    "personal_data", "purposes", "legal_basis", "retention_period",
  ]

  /// What a new charter says where somebody has to write something.
  static let marks = ["TO BE FILLED IN", "À COMPLÉTER"]

  private static let markBytes = marks.map { Array($0.utf8) }

  /// Whether somebody has still to write a text. Looked for byte by byte: what the library does for
  /// texts prepares more than it looks at here.
  static func isMarked(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return markBytes.contains { mark in
      bytes.indices.contains { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
    }
  }

  func check(
    _ outputs: [PlannedOutput], _ graph: PlanGraph, _ purpose: SpecNode?, _ pipeline: SpecPosition
  ) {
    for output in outputs where output.audience.name != "internal" {
      checkGovernance(output, graph)
    }
    checkPurpose(graph, purpose, pipeline)
    checkRetention(graph)
  }

  private func checkGovernance(_ output: PlannedOutput, _ graph: PlanGraph) {
    for source in sources(of: output.node, graph) {
      let said = Set(
        source.governance.fields.filter { field in
          !field.value.isEmpty && !Self.isMarked(field.value)
        }.map(\.key))
      let missing = Self.publicationNeeds.filter { !said.contains($0) }
      guard !missing.isEmpty else { continue }
      diagnostics.error(
        "incomplete-governance", at: source.governance.position,
        PlanMessages.incompleteGovernance(source.governance.id, missing: missing))
    }
  }

  private func checkPurpose(_ graph: PlanGraph, _ purpose: SpecNode?, _ pipeline: SpecPosition) {
    if let purpose, let name = purpose.text, let known = charter.purposes, !known.contains(name) {
      diagnostics.error(
        "purpose", at: purpose.position,
        PlanMessages.unknownPurpose(
          name, near: Suggestion.nearest(to: name, among: known.sorted())))
      return
    }
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
    checkScopes(graph, purpose?.text)
    checkDraws(graph, purpose?.text)
  }

  /// What is drawn by a key is drawn in scopes that the charter knows, too.
  private func checkDraws(_ graph: PlanGraph, _ purpose: String?) {
    guard let scopes = charter.scopes else { return }
    for node in graph.nodes {
      guard case .stage(_, let stage, _, _) = node.work,
        let drawn = (stage as? any KeyDrawing)?.drawnScope
      else { continue }
      let place = node.written?["scope"]?.position ?? node.position
      guard let scope = scopes[drawn] else {
        diagnostics.error(
          "unknown-scope", at: place,
          PlanMessages.unknownScope(
            drawn, near: Suggestion.nearest(to: drawn, among: scopes.keys.sorted())),
          remedy: PlanMessages.listScope(drawn))
        continue
      }
      if let allowed = scope.purposes, !(purpose.map(allowed.contains) ?? false) {
        diagnostics.error(
          "scope-purpose", at: place, PlanMessages.scopePurpose(drawn),
          remedy: PlanMessages.purposesAre(allowed.sorted()))
      }
    }
  }

  /// Pseudonyms are made in scopes that the charter knows, for purposes that it allows them.
  private func checkScopes(_ graph: PlanGraph, _ purpose: String?) {
    guard let scopes = charter.scopes else { return }
    var told: Set<SpecPosition> = []
    for node in graph.nodes {
      guard case .stage = node.work else { continue }
      let names = Set(node.facts.fields.flatMap(\.privacy.scopes)).sorted()
      for name in names where told.insert(node.position).inserted {
        guard let scope = scopes[name] else {
          diagnostics.error(
            "unknown-scope", at: node.position,
            PlanMessages.unknownScope(
              name, near: Suggestion.nearest(to: name, among: scopes.keys.sorted())))
          return
        }
        if let allowed = scope.purposes, !(purpose.map(allowed.contains) ?? false) {
          diagnostics.error(
            "scope-purpose", at: node.position, PlanMessages.scopePurpose(name),
            remedy: PlanMessages.purposesAre(allowed.sorted()))
          return
        }
      }
    }
  }

  private func checkRetention(_ graph: PlanGraph) {
    for node in graph.nodes {
      guard case .source(let source) = node.work, let last = source.governance.keptUntil,
        today > last
      else { continue }
      diagnostics.error(
        "past-retention", at: node.position,
        PlanMessages.pastRetention(source.name, entry: source.governance.id))
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
