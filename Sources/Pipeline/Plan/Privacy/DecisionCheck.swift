import StageKit
import Tabular

/// Decisions that stages claim, against those that the charter holds.
struct DecisionCheck {
  let charter: Charter
  let diagnostics: Diagnostics
  let today: Int

  func check(_ graph: PlanGraph) {
    let entries = graph.nodes.reduce(into: [String: String]()) { entries, node in
      guard case .source(let source) = node.work else { return }
      entries[source.name] = source.governance.id
    }
    for node in graph.nodes {
      guard case .stage(_, let stage, _, _) = node.work, let justified = stage as? any Justified
      else { continue }
      for justification in justified.justifications {
        guard case .declassification(let to) = justification.kind else { continue }
        for origin in justification.origins.sorted() {
          check(justification, origin, to, entry: entries[origin.source] ?? origin.source)
        }
      }
    }
  }

  private func check(
    _ justification: Justification, _ origin: FieldOrigin, _ to: PrivacyClass, entry: String
  ) {
    let known = charter.declassifications.first {
      $0.origin == FieldOrigin(source: entry, field: origin.field) && $0.to == to
    }
    guard let known else {
      diagnostics.error(
        "declassification", at: justification.position,
        PlanMessages.undecided(origin, to), remedy: PlanMessages.decide(entry, origin.field, to))
      return
    }
    if let last = known.until, today > last {
      diagnostics.error(
        "declassification", at: justification.position, PlanMessages.noLongerDecided(known.id))
    }
  }
}
