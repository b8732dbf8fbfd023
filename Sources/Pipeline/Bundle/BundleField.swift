import Ingest
import StageKit
import Tabular

/// What a bundle tells of one field.
struct BundleField: Sendable {
  let name: String
  let type: DataType
  let decimals: Int?
  let title: Message
  let description: Message?
  let unit: String?
  let classes: [PrivacyClass]
  let isNullable: Bool
  /// Names of stages that treated or made it, with what they do.
  let treatments: [(stage: String, summary: Message)]
  var frequencies: FieldFrequencies?

  init(_ field: Field, _ output: PlannedOutput, _ plan: Plan) {
    (name, type, decimals) = (field.name, field.type, field.decimals)
    classes = PlanRecord.classes(field.privacy)
    isNullable = field.nullable
    let text = output.bundle?.fields[field.name]
    let known = Self.source(of: field, output, plan)
    title =
      text?.title ?? field.title ?? known?.spokenTitle ?? Message(en: field.name, fr: field.name)
    description = text?.description ?? known?.spokenSummary
    unit = text?.unit
    treatments = Self.treatments(of: field.name, output, plan)
  }

  /// The one field of a schema that it comes from, if it is one.
  private static func source(
    of field: Field, _ output: PlannedOutput, _ plan: Plan
  ) -> SchemaField? {
    var found: [SchemaField] = []
    for node in plan.ancestors(of: output) {
      guard case .source(let source) = node.work else { continue }
      let origins = field.privacy.origins.filter {
        $0.source == source.name || $0.source == source.governance.id
      }
      let names = origins.isEmpty ? [field.name] : origins.map(\.field)
      found += names.compactMap { source.schema.field($0) }
    }
    return found.count == 1 ? found[0] : nil
  }

  /// Walks from the output to the sources, following names through renaming.
  private static func treatments(
    of name: String, _ output: PlannedOutput, _ plan: Plan
  ) -> [(stage: String, summary: Message)] {
    var found: [(stage: String, summary: Message)] = []
    var (name, id) = (name, output.node)
    while case .stage(let stageName, let stage, let input, _) = plan.nodes[id].work {
      let before = plan.nodes[input].facts
      let summary = Swift.type(of: stage).declaration.summary
      if let treating = stage as? any FieldTreating, treating.treatedFields.contains(name) {
        found.append((stageName, summary))
      } else if before.field(name) == nil {
        guard let old = renamed(name, plan.nodes[id].facts, before) else {
          return [(stageName, summary)] + found.reversed()
        }
        name = old
      } else if stageName != "select",
        before.field(name)?.type != plan.nodes[id].facts.field(name)?.type
      {
        found.append((stageName, summary))
      }
      id = input
    }
    return found.reversed()
  }

  /// The field that has gone where this one has come with the same type and origins.
  private static func renamed(_ name: String, _ after: Facts, _ before: Facts) -> String? {
    guard let field = after.field(name) else { return nil }
    let gone = before.fields.filter {
      after.field($0.name) == nil && $0.type == field.type && $0.privacy == field.privacy
    }
    return gone.count == 1 && after.fields.count == before.fields.count ? gone[0].name : nil
  }
}

extension SchemaField {
  fileprivate var spokenTitle: Message? {
    guard let any = title ?? titles["fr"] ?? titles["en"] else { return nil }
    return Message(en: titles["en"] ?? any, fr: titles["fr"] ?? any)
  }

  fileprivate var spokenSummary: Message? {
    guard let any = summary ?? summaries["fr"] ?? summaries["en"] else { return nil }
    return Message(en: summaries["en"] ?? any, fr: summaries["fr"] ?? any)
  }
}
