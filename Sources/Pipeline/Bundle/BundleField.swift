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
  /// Names of stages that treated or made it, with what they do; in the order of the flow.
  let treatments: [(stage: String, summary: Message)]
  var frequencies: FieldFrequencies?

  init(
    _ field: Field, _ output: PlannedOutput, _ plan: Plan, _ ways: TreatmentWays
  ) {
    (name, type, decimals) = (field.name, field.type, field.decimals)
    classes = PlanRecord.classes(field.privacy)
    isNullable = field.nullable
    let text = output.description.fields[field.name]
    let known = Self.source(of: field, output, plan)
    title =
      text?.title ?? field.title ?? known?.spokenTitle ?? Message(en: field.name, fr: field.name)
    description = text?.description ?? known?.spokenSummary
    unit = text?.unit
    treatments = ways.steps(of: field.name, at: output.node).map {
      ($0.name, Swift.type(of: $0.stage).declaration.summary)
    }
  }

  /// The one field of a schema that it comes from, if it is one.
  static func source(
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
}

extension SchemaField {
  var spokenTitle: Message? {
    guard let any = title ?? titles["fr"] ?? titles["en"] else { return nil }
    return Message(en: titles["en"] ?? any, fr: titles["fr"] ?? any)
  }

  var spokenSummary: Message? {
    guard let any = summary ?? summaries["fr"] ?? summaries["en"] else { return nil }
    return Message(en: summaries["en"] ?? any, fr: summaries["fr"] ?? any)
  }
}
