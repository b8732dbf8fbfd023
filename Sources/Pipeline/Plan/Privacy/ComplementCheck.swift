import StageKit
import Tabular

/// Tables of the same persons for the same readers, one of all and one of those for whom something
/// personal holds: their difference tells of the others, however few they are. Within one table
/// `GuaranteeCheck` sees to it.
struct ComplementCheck {
  /// What a table tells of some of its source rows.
  private struct Figure {
    let output: PlannedOutput
    let facts: Facts
    let basis: Basis
    let rows: RowSelection

    var isProtected: Bool {
      facts.guarantees.contains { if case .protected = $0 { true } else { false } }
    }
  }

  let nodes: [PlanNode]
  let charter: Charter
  let diagnostics: Diagnostics

  func check(_ outputs: [PlannedOutput]) {
    var told: Set<[Int]> = []
    let figures = outputs.flatMap(self.figures)
    for part in figures {
      for whole in figures where areBeside(part, whole) && part.rows.isPart(of: whole.rows) {
        let (fine, coarse) = (part.rows.groups, whole.rows.groups)
        guard let minimum = minimum(part, whole), !isProven(part, whole, minimum),
          !told.contains([part.output.node, whole.output.node])
        else { continue }
        let message = Self.message(part.output, whole.output, minimum)
        if fine == coarse {
          diagnostics.error(
            "min-count", at: part.output.position, message, remedy: Self.countTogether(minimum))
        } else if !fine.isDisjoint(with: coarse),
          fine.isSubset(of: coarse) || coarse.isSubset(of: fine)
        {
          diagnostics.warning(
            "complement", at: part.output.position, message, remedy: Self.countTogether(minimum))
        } else {
          continue
        }
        told.insert([part.output.node, whole.output.node])
      }
    }
  }

  private func figures(_ output: PlannedOutput) -> [Figure] {
    let facts = nodes[output.node].facts
    guard facts.isAboutPersons, !facts.isMicrodata, output.audience.requires.minCount != nil,
      !charter.isHidden(facts, from: output.audience),
      !facts.guarantees.contains(where: \.blursCounts)
    else { return [] }
    let tellers = facts.fields.filter { $0.privacy.classes[.aggregate] != nil }
    var found: [Figure] = []
    for basis in facts.bases.keys where basis.condition == nil {
      guard tellers.contains(where: { ($0.chosen ?? $0.counts?.basis ?? basis) == basis })
      else { continue }
      found.append(Figure(output: output, facts: facts, basis: basis, rows: basis.rows))
    }
    for basis in tellers.reduce(into: Set<Basis>(), { $0.formUnion($1.privacy.choices) }) {
      let conditions = basis.condition.flatMap { try? Expression.parse($0) }?.conjuncts
      let choices = (conditions ?? []).map {
        RowSelection.Choice($0.canonical, isPersonal: true)
      }
      guard !choices.isEmpty else { continue }
      let rows = basis.rows.chosen(by: choices)
      found.append(Figure(output: output, facts: facts, basis: basis, rows: rows))
    }
    return found.sorted { $0.basis.described < $1.basis.described }
  }

  /// Whether some reader sees both, and nothing else compares them.
  private func areBeside(_ one: Figure, _ other: Figure) -> Bool {
    let (left, right) = (one.output.audience, other.output.audience)
    guard left.allows.isSubset(of: right.allows) || right.allows.isSubset(of: left.allows),
      // Of those, `UnlinkedTables` tells, unless they were audited together.
      !(one.isProtected && other.isProtected)
    else { return false }
    return one.output.node != other.output.node || one.basis.aggregate != other.basis.aggregate
  }

  /// What is asked for those who see both.
  private func minimum(_ one: Figure, _ other: Figure) -> Int? {
    let (left, right) = (one.output.audience, other.output.audience)
    return (left.allows.isSubset(of: right.allows) ? right : left).requires.minCount
  }

  private func isProven(_ part: Figure, _ whole: Figure, _ minimum: Int) -> Bool {
    let rest = part.basis.rest(of: whole.basis)
    return part.basis.aggregate == whole.basis.aggregate
      && [part, whole].contains { $0.facts.bases[rest] ?? 0 >= minimum }
  }

  private static func message(
    _ part: PlannedOutput, _ whole: PlannedOutput, _ minimum: Int
  ) -> Message {
    let (en, fr) =
      part.name == whole.name
      ? ("'\(part.name)' tells", "« \(part.name) » dit")
      : (
        "'\(part.name)' and '\(whole.name)' together tell",
        "« \(part.name) » et « \(whole.name) » ensemble disent"
      )
    return Message(
      en: "\(en) '\(part.audience.name)' of how many there are and of those for whom something "
        + "personal holds: the difference tells of the others, even where they are fewer than "
        + "\(minimum)",
      fr: "\(fr) à « \(part.audience.name) » combien ils sont et ce qu’il en est de ceux pour qui "
        + "vaut quelque chose de personnel : la différence dit ce qu’il en est des autres, même "
        + "s’ils sont moins de \(minimum)")
  }

  private static func countTogether(_ minimum: Int) -> Message {
    Message(
      en: "count both in one `aggregate` (`n: count()`, `c: {value: count(), where: …}`) and keep "
        + "rows with `filter: c >= \(minimum) and n - c >= \(minimum)` before they go apart, or "
        + "publish one of the two",
      fr: "comptez les deux dans un même `aggregate` (`n: count()`, "
        + "`c: {value: count(), where: …}`) et gardez les lignes par "
        + "`filter: c >= \(minimum) and n - c >= \(minimum)` avant de les séparer, ou ne publiez "
        + "que l’un des deux")
  }
}

extension Basis {
  /// For an order that is always the same.
  fileprivate var described: String {
    "\(aggregate.file):\(aggregate.line):\(aggregate.column) \(condition ?? "")"
  }
}
