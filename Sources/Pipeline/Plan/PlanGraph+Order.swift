import StageKit
import Tabular

/// The order of rows is a thing told, too: of when they arrived, or of a field that was dropped.
extension PlanGraph {
  /// The table of a node in an order that its own fields tell: as sorted already, then by all other
  /// fields. The node itself where its order tells an audience nothing.
  /// - Parameter position: of the output.
  mutating func inTellableOrder(
    _ node: Int, _ audience: Charter.Audience, _ position: SpecPosition
  ) -> Int {
    let facts = nodes[node].facts
    guard facts.isAboutPersons, !CharterCheck.isFullyTrusted(audience),
      facts.isMicrodata || facts.isOrderHidden, let type = stages.stage(named: "sort")
    else { return node }
    let sorted = Set(facts.order.map(\.field))
    // What may not get there is refused for itself.
    let others = facts.fields.filter { field in
      !sorted.contains(field.name)
        && field.privacy.classes.keys.allSatisfy(audience.allows.contains)
    }
    let keys = facts.order + others.map { OrderKey(field: $0.name, descending: false) }
    guard !keys.isEmpty else { return node }
    let items = keys.map { key in
      let name = SpecNode(.scalar(key.field, .quoted), at: position)
      return key.descending
        ? SpecNode(
          .mapping([
            SpecNode.Entry(
              key: key.field, keyPosition: position,
              value: SpecNode(.scalar("descending", .quoted), at: position))
          ]), at: position) : name
    }
    let use = PipelineSpec.StageUse(
      name: type.declaration.name, position: position,
      body: SpecNode(.sequence(items), at: position))
    return add(use, after: node, in: nodes[node].step) ?? node
  }
}
