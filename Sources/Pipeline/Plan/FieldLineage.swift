import Foundation
import StageKit
import Tabular

/// Where a field comes from and where it goes: every node at which a field of this name stands,
/// with its classes and the source fields behind it; what it was before it had this name; and of a
/// source's field all that is made of it.
public struct FieldLineage: Encodable, Sendable {
  struct Place: Encodable {
    let node: Int
    let step: String
    let field: String
    /// The stage that gave it, nil at a source.
    let stage: String?
    let type: String
    let privacy: [String]
    let origins: [String]
    let outputs: [String]
  }

  public let field: String
  let places: [Place]

  /// - Returns: nil when no node has such a field.
  /// - Parameter name: a field's name, or `step.field` for one step or source only.
  public init?(_ plan: Plan, field name: String) {
    // Steps that a block gives have dots in their names.
    let step = Set(plan.nodes.map(\.step)).filter { name.hasPrefix($0 + ".") }
      .max { $0.count < $1.count }
    let field = step.map { String(name.dropFirst($0.count + 1)) } ?? name
    self.field = name
    let origins = Self.origins(plan, step: step, field: field)
    let named = plan.nodes.filter { node in
      (step == nil || node.step == step) && node.facts.field(field) != nil
    }
    let made = named.reduce(into: Set<FieldOrigin>()) {
      $0.formUnion($1.facts.field(field)?.privacy.origins ?? [])
    }
    let before = plan.nodes.read(by: named.map(\.id)).subtracting(named.map(\.id))
    places = plan.nodes.flatMap { node in
      node.facts.fields.filter { known in
        let isNamed = known.name == field && (step == nil || node.step == step)
        guard !isNamed else { return true }
        let own = known.privacy.origins
        if before.contains(node.id), !made.isDisjoint(with: own), Self.isMade(known, node, plan) {
          return true
        }
        return !origins.isDisjoint(with: own) && Self.isNew(known, node, plan)
      }.map { Self.place($0, node, plan) }
    }
    if places.isEmpty { return nil }
  }

  /// The source fields of this name: what is made of them belongs to the lineage, too.
  private static func origins(_ plan: Plan, step: String?, field: String) -> Set<FieldOrigin> {
    var found: Set<FieldOrigin> = []
    for node in plan.nodes where step == nil || node.step == step {
      guard case .source = node.work, let known = node.facts.field(field) else { continue }
      found.formUnion(known.privacy.origins)
    }
    return found
  }

  /// Whether a field is made at this node, or its type or classes change here.
  private static func isMade(_ field: Field, _ node: PlanNode, _ plan: Plan) -> Bool {
    guard case .stage(_, _, let input, _) = node.work else { return true }
    guard let known = plan.nodes[input].facts.field(field.name) else {
      return isNew(field, node, plan)
    }
    return known.type != field.type || known.privacy != field.privacy
  }

  /// Whether a field is made at this node, or goes out here.
  private static func isNew(_ field: Field, _ node: PlanNode, _ plan: Plan) -> Bool {
    guard case .stage(_, _, let input, let sides) = node.work else { return true }
    if plan.leaving.contains(where: { $0.node == node.id }) { return true }
    return ([input] + sides.values).allSatisfy { plan.nodes[$0].facts.field(field.name) == nil }
  }

  private static func place(_ known: Field, _ node: PlanNode, _ plan: Plan) -> Place {
    var stage: String?
    if case .stage(let name, _, _, _) = node.work { stage = name }
    return Place(
      node: node.id, step: node.step, field: known.name, stage: stage, type: known.type.name,
      privacy: PlanRecord.classes(known.privacy).map(\.rawValue),
      origins: known.privacy.origins.sorted().map { "\($0.source).\($0.field)" },
      outputs: plan.leaving.filter { $0.node == node.id }.map {
        "\($0.name) (\($0.audience.name))"
      })
  }

  /// All names of fields in a plan, for suggestions.
  public static func names(_ plan: Plan) -> [String] {
    Set(plan.nodes.flatMap(\.facts.names)).sorted()
  }

  /// One line a place, in the order of the data's flow; lines ended.
  public func text(_ language: Language) -> String {
    let from = Message(en: "from", fr: "depuis").text(language)
    var lines = [field]
    var before: Place?
    for place in places {
      let way = place.stage.map { " / \($0)" } ?? ""
      let classes = place.privacy.compactMap { PrivacyClass(rawValue: $0)?.word.text(language) }
      let origins =
        place.origins.isEmpty || place.origins == before?.origins
        ? "" : ", \(from) " + place.origins.joined(separator: ", ")
      let outputs = place.outputs.isEmpty ? "" : " → " + place.outputs.joined(separator: ", ")
      lines.append(
        "  \(place.node) \(place.step)\(way): \(place.field), \(place.type), "
          + classes.joined(separator: " + ") + origins + outputs)
      before = place
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same as JSON.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
