import Foundation
import StageKit
import Tabular

/// Follows fields back to their sources, for the treatments on their way.
struct TreatmentWays {
  private struct Place: Hashable {
    let node: Int
    let field: String
  }

  private let plan: Plan
  /// Hashes of the files that the plan was made of, by absolute path.
  private let files: [String: String]

  init(_ plan: Plan) {
    self.plan = plan
    files = Dictionary(
      plan.files.map { file in
        (file.path.hasPrefix("/") ? file.path : plan.root + "/" + file.path, file.sha256)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// What a stage did to a field on its way.
  struct Step {
    let node: Int
    let name: String
    let stage: any Stage
    /// Whether it changed what the field tells of persons; other steps computed it.
    let isTreatment: Bool
  }

  /// The treatments of a field, from its sources to a node, each with its options in one fixed
  /// writing.
  func treatments(of field: String, at node: Int) -> [String] {
    steps(of: field, at: node).filter(\.isTreatment).map { step in
      guard step.stage is any FieldTreating else { return step.name }
      return Self.told(step.name, plan.nodes[step.node].written, text)
    }
  }

  /// The stages that made a field what it is at a node, from its sources on.
  func steps(of field: String, at node: Int) -> [Step] {
    var (seen, found): (Set<Place>, [Step]) = ([], [])
    follow(Place(node: node, field: field), &seen, &found)
    return found
  }

  private func follow(_ place: Place, _ seen: inout Set<Place>, _ found: inout [Step]) {
    guard seen.insert(place).inserted,
      case .stage(let name, let stage, let input, let sides) = plan.nodes[place.node].work
    else { return }
    let before = plan.nodes[input].facts
    let always = stage.needs([])
    let needed = stage.needs([place.field])
    var reads = needed.subtracting(always)
    if needed.contains(place.field), before.field(place.field) != nil { reads = [place.field] }
    for field in reads.sorted() { follow(Place(node: input, field: field), &seen, &found) }
    var classes = reads.reduce(into: Set<PrivacyClass>()) { classes, field in
      classes.formUnion(before.field(field)?.privacy.classes.keys.map { $0 } ?? [])
    }
    let fixed = Dictionary(
      stage.sides([]).map { ($0.table, $0.fields) }, uniquingKeysWith: { $0.union($1) })
    for side in stage.sides([place.field]) {
      guard let node = sides[side.table] else { continue }
      for field in side.fields.subtracting(fixed[side.table] ?? []).sorted() {
        follow(Place(node: node, field: field), &seen, &found)
        classes.formUnion(
          plan.nodes[node].facts.field(field)?.privacy.classes.keys.map { $0 } ?? [])
      }
    }
    guard let after = plan.nodes[place.node].facts.field(place.field) else { return }
    let isTreatment =
      if let treating = stage as? any FieldTreating {
        treating.treatedFields.contains(place.field)
      } else {
        !reads.isEmpty && Set(after.privacy.classes.keys) != classes
      }
    let isSame = reads.count == 1 && reads.allSatisfy { before.field($0)?.type == after.type }
    guard isTreatment || !isSame else { return }
    found.append(
      Step(node: place.node, name: name, stage: stage, isTreatment: isTreatment))
  }

  /// A stage and its options in one fixed writing.
  private static func told(
    _ name: String, _ body: SpecNode?, _ text: (String, SpecNode) -> String
  ) -> String {
    guard let body, !body.isNull else { return name }
    return name + " " + canonical(body, text)
  }

  /// YAML in one line, keys sorted: what means the same is written the same.
  private static func canonical(
    _ node: SpecNode, _ text: (String, SpecNode) -> String
  ) -> String {
    switch node.content {
    case .scalar(let scalar, _): text(scalar, node)
    case .sequence(let items):
      "[" + items.map { canonical($0, text) }.joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{"
        + entries.sorted { $0.key < $1.key }.map { "\($0.key): \(canonical($0.value, text))" }
        .joined(separator: ", ") + "}"
    }
  }

  /// A scalar; where it names a file that the plan was made of, with what the file says, too.
  private func text(_ scalar: String, _ node: SpecNode) -> String {
    let folder = URL(filePath: node.position.file).deletingLastPathComponent()
    let path = URL(filePath: scalar, relativeTo: folder).standardizedFileURL.path
    guard let sha256 = files[path] else { return scalar }
    return "\(scalar) (sha256 \(sha256.prefix(16)))"
  }
}
