import Foundation
import Reports
import StageKit
import Tabular

/// A plan as machines read it.
public struct PlanRecord: Encodable, Sendable {
  struct Node: Encodable {
    let id: Int
    let step: String
    let kind: String
    let stage: String?
    let inputs: [Int]
    let paths: [String]?
    let fields: [String]
    let wanted: [String]
  }

  struct Column: Encodable {
    let name: String
    let type: String
    let privacy: [String]
    let origins: [String]
  }

  struct Output: Encodable {
    let name: String
    let node: Int
    let audience: String
    let path: String
    let format: String
    let profile: String
    let fields: [Column]
    let guarantees: [String]
  }

  /// A report: its files, and the tables that they show.
  struct Report: Encodable {
    struct Table: Encodable {
      let name: String
      let node: Int
      let fields: [Column]
      let guarantees: [String]
    }

    let name: String
    let audience: String
    let languages: [String]
    let paths: [String]
    let asOf: String?
    let sections: [String]
    let tables: [Table]
  }

  let pipeline: String
  let purpose: String?
  let parameters: [String: String]
  let nodes: [Node]
  let outputs: [Output]
  let reports: [Report]

  public init(_ plan: Plan) {
    (pipeline, purpose) = (plan.pipeline, plan.purpose)
    parameters = Dictionary(
      plan.parameters.map { ($0.name, Self.told($0.value)) }, uniquingKeysWith: { $1 })
    nodes = plan.nodes.map { Self.node($0, root: plan.root) }
    outputs = plan.outputs.map { output in
      let facts = plan.nodes[output.node].facts
      return Output(
        name: output.name, node: output.node, audience: output.audience.name,
        path: SpecFiles.shown(output.path, from: plan.root, name: output.path),
        format: output.format.rawValue, profile: output.profile.rawValue,
        fields: facts.fields.map(Self.column), guarantees: Self.guarantees(facts))
    }
    reports = plan.reports.map { Self.report($0, plan) }
  }

  private static func report(_ report: PlannedReport, _ plan: Plan) -> Report {
    Report(
      name: report.name, audience: report.audience.name,
      languages: report.documents.map(\.language.rawValue),
      paths: report.paths(withPDF: false).map {
        SpecFiles.shown($0, from: plan.root, name: $0)
      },
      asOf: report.asOf.map { date(Int32(clamping: $0)) },
      sections: (report.sections ?? []).map(\.kind.rawValue),
      tables: report.tables.map { table in
        let facts = plan.nodes[table.node].facts
        return Report.Table(
          name: String(table.name.dropFirst(report.name.count + 1)), node: table.node,
          fields: facts.fields.map(column), guarantees: guarantees(facts))
      })
  }

  /// The record as JSON, keys sorted.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  private static func node(_ node: PlanNode, root: String) -> Node {
    let wanted = node.facts.names.filter { node.wanted.contains($0) }
    switch node.work {
    case .source(let source):
      return Node(
        id: node.id, step: node.step, kind: "source", stage: nil, inputs: [],
        paths: source.paths.map { SpecFiles.shown($0, from: root, name: $0) },
        fields: node.facts.names, wanted: wanted)
    case .stage(let name, let stage, let input, let sides):
      return Node(
        id: node.id, step: node.step, kind: type(of: stage).declaration.kind.rawValue,
        stage: name, inputs: [input] + sides.values.sorted(), paths: nil,
        fields: node.facts.names, wanted: wanted)
    }
  }

  private static func column(_ field: Field) -> Column {
    Column(
      name: field.name, type: field.type.name, privacy: classes(field.privacy).map(\.rawValue),
      origins: field.privacy.origins.sorted().map { "\($0.source).\($0.field)" })
  }

  /// A field's classes, the severest first; plain when it has none.
  static func classes(_ privacy: Privacy) -> [PrivacyClass] {
    privacy.classes.isEmpty ? [.plain] : privacy.sortedClasses
  }

  static func guarantees(_ facts: Facts) -> [String] {
    facts.guarantees.map { $0.told(" ≥ ") }.sorted()
  }

  /// A parameter's value where it may be told.
  static func told(_ parameter: ParameterValue) -> String {
    parameter.isTellable ? shown(parameter.value) : "***"
  }

  /// A parameter's value, as it could be given to `--param`.
  static func shown(_ value: Value) -> String {
    switch value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .boolean(let flag): String(flag)
    case .double(let number): String(number)
    case .date(let days): date(days)
    default: String(describing: value)
    }
  }

  private static func date(_ days: Int32) -> String {
    let date = CivilDate(daysSinceEpoch: Int(days))
    let parts = [date.month, date.day].map { ($0 < 10 ? "0" : "") + String($0) }
    return "\(date.year)-\(parts[0])-\(parts[1])"
  }
}

extension Plan {
  /// Parameters that may be written down.
  var tellableParameters: [String: String] {
    var told: [String: String] = [:]
    for (name, parameter) in parameters where parameter.isTellable {
      told[name] = PlanRecord.shown(parameter.value)
    }
    return told
  }
}
