import StageKit
import Tabular

/// Tables of the same persons, each protected by itself: what one of them hides, a difference of
/// both may tell. Whether it does hangs on the counts, so that `check` can only say so.
struct UnlinkedTables {
  /// A protected table that leaves.
  private struct Table {
    let output: PlannedOutput
    /// The stage that protects it.
    let node: PlanNode
    let keys: [String]
    /// Nodes that it is made of, itself among them.
    let ancestors: Set<Int>
    /// Sources about persons among them.
    let persons: Set<String>
  }

  let nodes: [PlanNode]
  let diagnostics: Diagnostics

  func check(_ outputs: [PlannedOutput]) {
    var tables: [Table] = []
    for output in outputs where !CharterCheck.isFullyTrusted(output.audience) {
      for table in self.tables(of: output)
      where !tables.contains(where: { $0.node.id == table.node.id }) {
        if let other = tables.first(where: { Self.areUnlinked($0, table) }) {
          diagnostics.warning(
            "unlinked-tables", at: table.node.position,
            Self.message((table.output.name, table.keys), (other.output.name, other.keys)),
            remedy: Self.link(other.node.step))
        }
        tables.append(table)
      }
    }
  }

  /// One that is made of the other was audited with it, or shows no more than it.
  private static func areUnlinked(_ one: Table, _ other: Table) -> Bool {
    !one.persons.isDisjoint(with: other.persons) && !one.ancestors.contains(other.node.id)
      && !other.ancestors.contains(one.node.id)
  }

  private func tables(of output: PlannedOutput) -> [Table] {
    let own = nodes.read(by: [output.node])
    return own.sorted().compactMap { id in
      guard case .stage(_, let stage, _, _) = nodes[id].work,
        let protecting = stage as? any TableProtecting
      else { return nil }
      let ancestors = nodes.read(by: [id])
      let persons = ancestors.compactMap { id -> String? in
        guard case .source(let source) = nodes[id].work, nodes[id].facts.isAboutPersons
        else { return nil }
        return source.name
      }
      return Table(
        output: output, node: nodes[id], keys: protecting.protectedKeys, ancestors: ancestors,
        persons: Set(persons))
    }
  }

  private static func message(
    _ one: (output: String, keys: [String]), _ other: (output: String, keys: [String])
  ) -> Message {
    let (own, their) = (
      one.keys.joined(separator: ", "), other.keys.joined(separator: ", ")
    )
    return Message(
      en: "'\(one.output)' (by \(own)) and '\(other.output)' (by \(their)) count the same persons, "
        + "and each is protected by itself: what one hides, a difference of both may tell",
      fr: "« \(one.output) » (par \(own)) et « \(other.output) » (par \(their)) comptent les "
        + "mêmes personnes, et chacun est protégé seul : ce que l’un cache, une différence des "
        + "deux peut le dire")
  }

  private static func link(_ step: String) -> Message {
    Message(
      en: "audit them together: `protect_table: {…, with: {table: \(step), by: […], shared: …}}`; "
        + "or publish one of them, or one table by the dimensions of both",
      fr: "vérifiez-les ensemble : `protect_table: {…, with: {table: \(step), by: […], "
        + "shared: …}}` ; ou publiez l’un des deux, ou un seul tableau selon les dimensions des "
        + "deux")
  }
}
