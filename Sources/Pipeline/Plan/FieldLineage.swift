import Foundation
import StageKit
import Tabular

/// Where a field comes from and where it goes: the source fields behind it, and every node at
/// which a field of this name stands, with its classes.
public struct FieldLineage: Encodable, Sendable {
  struct Place: Encodable {
    let node: Int
    let step: String
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
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let (step, field) = parts.count == 2 ? (parts[0], parts[1]) : (nil, name)
    self.field = name
    places = plan.nodes.compactMap { node in
      guard step == nil || node.step == step, let known = node.facts.field(field) else {
        return nil
      }
      var stage: String?
      if case .stage(let name, _, _, _) = node.work { stage = name }
      return Place(
        node: node.id, step: node.step, stage: stage, type: known.type.name,
        privacy: PlanRecord.classes(known.privacy).map(\.rawValue),
        origins: known.privacy.origins.sorted().map { "\($0.source).\($0.field)" },
        outputs: plan.outputs.filter { $0.node == node.id }.map {
          "\($0.name) (\($0.audience.name))"
        })
    }
    if places.isEmpty { return nil }
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
        "  \(place.node) \(place.step)\(way): \(place.type), "
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
