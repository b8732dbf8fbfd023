import Foundation
import StageKit
import Tabular

/// Runs as events of OpenLineage 2-0-2 (https://openlineage.io), a line of JSON each: START, then
/// COMPLETE, FAIL or ABORT. Counts, names and hashes of what was published; no value, and of inputs
/// neither hashes nor numbers of rejected rows.
public struct LineageEvents: Sendable {
  private let runs: [LineageRun]
  private let plans: [Plan]
  private let namespace: String

  /// - Parameters:
  ///   - project: plans that tell the fields of runs they are those of; nil where there is none.
  ///   - namespace: what jobs and files are names in; nil for the charter's name.
  ///   - count: how many runs, the latest.
  /// - Throws: `RunError`.
  public init(
    _ ledger: Ledger?, _ project: ProjectPlans?, root: String, namespace: String?, last count: Int
  ) throws {
    do {
      runs = try ledger?.lineage(last: count, root: root) ?? []
    } catch {
      throw RunError.explaining(error)
    }
    plans = project?.plans ?? []
    self.namespace =
      namespace ?? project?.charter.node?["charter"]?.text ?? "octroi"
  }

  /// - Throws: what the encoder throws.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try runs.flatMap(events).map { event in
      String(decoding: try encoder.encode(event), as: UTF8.self) + "\n"
    }.joined()
  }

  /// The beginning and the end of a run.
  private func events(_ run: LineageRun) -> [LineageEvent] {
    let end: String =
      switch run.outcome {
      case 0: "COMPLETE"
      case 130, 143: "ABORT"
      default: "FAIL"
      }
    let made = FacetMaker(version: run.version)
    return [
      event(run, "START", at: run.started, made, inputs: [], outputs: []),
      event(
        run, end, at: Self.later(run.started, by: run.seconds), made,
        inputs: inputs(run, made), outputs: outputs(run, made)),
    ]
  }

  private func event(
    _ run: LineageRun, _ type: String, at time: String, _ made: FacetMaker,
    inputs: [LineageEvent.Dataset], outputs: [LineageEvent.Dataset]
  ) -> LineageEvent {
    var facets = [
      "processing_engine": made.facet(
        "ProcessingEngineRunFacet", "1-1-0",
        ["name": .text("octroi"), "version": .text(run.version)])
    ]
    if type == "FAIL" {
      facets["errorMessage"] = made.facet(
        "ErrorMessageRunFacet", "1-0-0",
        [
          "message": .text("octroi run ended with exit code \(run.outcome)"),
          "programmingLanguage": .text("Swift"),
        ])
    }
    return LineageEvent(
      eventTime: time, eventType: type, producer: made.producer,
      run: LineageEvent.Run(facets: facets, runId: run.id),
      job: LineageEvent.Job(name: run.pipeline, namespace: namespace), inputs: inputs,
      outputs: outputs)
  }

  private func inputs(_ run: LineageRun, _ made: FacetMaker) -> [LineageEvent.Dataset] {
    run.inputs.map { input in
      LineageEvent.Dataset(
        name: input.path, namespace: namespace, facets: nil,
        inputFacets: [
          "dataQualityMetrics": made.facet(
            "DataQualityMetricsInputDatasetFacet", "1-0-2",
            [
              "rowCount": .integer(input.read), "bytes": .integer(input.bytes),
              "columnMetrics": .object([:]),
            ]),
          "dataQualityAssertions": made.facet(
            "DataQualityAssertionsDatasetFacet", "1-0-1",
            [
              "assertions": .list([
                .object([
                  "assertion": .text("no_row_rejected"), "success": .boolean(input.rejected == 0),
                ])
              ])
            ]),
        ], outputFacets: nil)
    }
  }

  private func outputs(_ run: LineageRun, _ made: FacetMaker) -> [LineageEvent.Dataset] {
    let plan = plans.first { plan in
      plan.pipeline == run.pipeline
        && Dictionary(plan.files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { $1 })
          == run.definitions
    }
    return run.outputs.map { output in
      var facets = [
        "version": made.facet(
          "DatasetVersionDatasetFacet", "1-0-0", ["datasetVersion": .text(output.sha256)])
      ]
      if let plan, let planned = plan.outputs.first(where: { $0.name == output.name }) {
        let fields = plan.nodes[planned.node].facts.fields
        facets["schema"] = made.facet(
          "SchemaDatasetFacet", "1-0-0",
          [
            "fields": .list(
              fields.map { .object(["name": .text($0.name), "type": .text($0.type.name)]) })
          ])
        facets["columnLineage"] = made.facet(
          "ColumnLineageDatasetFacet", "1-0-1",
          ["fields": .object(lineage(fields, run))])
      }
      return LineageEvent.Dataset(
        name: output.path, namespace: namespace, facets: facets, inputFacets: nil,
        outputFacets: [
          "outputStatistics": made.facet(
            "OutputStatisticsOutputDatasetFacet", "1-0-1",
            ["rowCount": .integer(output.rows), "size": .integer(output.bytes)])
        ])
    }
  }

  /// By output field: the fields of input files that it comes from.
  private func lineage(_ fields: [Field], _ run: LineageRun) -> [String: JsonValue] {
    var found: [String: JsonValue] = [:]
    for field in fields {
      let from = field.privacy.origins.sorted().flatMap { origin in
        run.inputs.filter { $0.source == origin.source }.map { input -> JsonValue in
          .object([
            "namespace": .text(namespace), "name": .text(input.path),
            "field": .text(origin.field),
          ])
        }
      }
      found[field.name] = .object(["inputFields": .list(from)])
    }
    return found
  }

  /// A moment (ISO 8601, UTC) so many seconds on.
  private static func later(_ moment: String, by seconds: Double) -> String {
    guard let date = try? Date(moment, strategy: .iso8601) else { return moment }
    return (date + seconds).formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// Makes facets, as one version of the program does.
  private struct FacetMaker {
    let version: String

    var producer: String { "urn:octroi:" + version }

    func facet(
      _ name: String, _ revision: String, _ members: [String: JsonValue]
    ) -> JsonValue {
      let schema = "https://openlineage.io/spec/facets/\(revision)/\(name).json#/$defs/\(name)"
      return .object(
        members.merging(["_producer": .text(producer), "_schemaURL": .text(schema)]) { $1 })
    }
  }
}

/// A RunEvent.
private struct LineageEvent: Encodable {
  struct Run: Encodable {
    let facets: [String: JsonValue]
    let runId: String
  }

  struct Job: Encodable {
    let name: String
    let namespace: String
  }

  struct Dataset: Encodable {
    let name: String
    let namespace: String
    let facets: [String: JsonValue]?
    let inputFacets: [String: JsonValue]?
    let outputFacets: [String: JsonValue]?
  }

  let eventTime: String
  let eventType: String
  let producer: String
  let schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
  let run: Run
  let job: Job
  let inputs: [Dataset]
  let outputs: [Dataset]
}
