import Foundation
import Ingest
import StageKit
import Tabular

/// What the command line adds to a spec.
public struct PlanOptions: Sendable {
  /// `--param name=value`.
  public var parameters: [String: String]
  public var allowOutside: Bool
  /// Microseconds since 1970 in UTC: what `today` is resolved from, once.
  public var now: Int64

  public init(parameters: [String: String] = [:], allowOutside: Bool = false, now: Int64) {
    (self.parameters, self.allowOutside, self.now) = (parameters, allowOutside, now)
  }
}

/// What checking a pipeline gave: a plan when there is no error, and all findings.
public struct PlanResult: Sendable {
  public let plan: Plan?
  public let diagnostics: [Diagnostic]

  /// Whether anything forbids running.
  public var hasErrors: Bool { plan == nil }
}

/// Spec → Plan: names resolved, stages bound to facts, classes held against the charter. Reads no
/// data.
public struct Planner {
  let stages: any StageProvider
  let options: PlanOptions
  let diagnostics = Diagnostics()

  public init(stages: any StageProvider, options: PlanOptions) {
    (self.stages, self.options) = (stages, options)
  }

  /// Plans a pipeline's file.
  /// - Parameter file: as the user wrote it.
  public func plan(_ file: String) -> PlanResult {
    let files = SpecFiles(
      root: ProjectRoot.of(pipeline: file), allowOutside: options.allowOutside,
      diagnostics: diagnostics)
    return result(read(file, files).flatMap { build($0, file, files) })
  }

  /// Plans a pipeline that was written otherwise than in YAML.
  public func plan(_ written: WrittenPipeline) -> PlanResult {
    var files = SpecFiles(
      root: ProjectRoot.of(folder: written.folder), allowOutside: options.allowOutside,
      diagnostics: diagnostics)
    files.start = (written.file, written.folder)
    files.read.note(written.file, Data(written.text.utf8))
    return result(build(written.document, written.file, files))
  }

  private func result(_ plan: Plan?) -> PlanResult {
    PlanResult(plan: diagnostics.hasErrors ? nil : plan, diagnostics: diagnostics.sorted)
  }

  private func read(_ file: String, _ files: SpecFiles) -> SpecNode? {
    let start = SpecPosition(file: file, line: 1, column: 1)
    guard let text = files.text(file, at: start) else { return nil }
    var reader = YAMLReader(file: file, diagnostics: diagnostics)
    return reader.read(text)
  }

  private func build(_ document: SpecNode, _ file: String, _ files: SpecFiles) -> Plan? {
    let start = SpecPosition(file: file, line: 1, column: 1)
    var includes = IncludeReader(files: files, diagnostics: diagnostics)
    let joined = includes.joined(document, path: SpecFiles.absolute(file))
    guard let spec = PipelineSpec(joined, stages.blocks, diagnostics) else { return nil }
    // Without its charter a pipeline cannot run; what else is wrong with it is told all the same.
    let pin = ProjectPin.read(files, diagnostics)?.charter
    let charter = charter(spec, pin, files) ?? .missing
    let resolver = ParameterResolver(
      options: options, timeZone: charter.timeZone, diagnostics: diagnostics)
    let parameters = resolver.resolve(spec.parameters, at: start)
    var graph = PlanGraph(
      spec: spec, charter: charter, files: files, stages: stages, parameters: parameters,
      diagnostics: diagnostics)
    graph.build()
    let planner = OutputPlanner(
      spec: spec, charter: charter, files: files, diagnostics: diagnostics)
    let outputs = planner.outputs(&graph)
    let reporter = ReportPlanner(
      spec: spec, charter: charter, files: files, parameters: parameters,
      diagnostics: diagnostics, outputs: planner)
    let reports = reporter.reports(&graph, beside: outputs)
    let leaving = outputs + reports.flatMap(\.tables)
    let summary = planner.summary(graph, beside: outputs)
    graph.warnOfUnused(leaving)
    CharterCheck(charter: charter, diagnostics: diagnostics).check()
    AudienceCheck(
      charter: charter, diagnostics: diagnostics, today: resolver.today() ?? 0,
      isPinned: pin != nil
    ).check(
      leaving, graph: graph, purpose: spec.top["purpose"], pipeline: spec.top.position)
    NoiseCheck(charter: charter, diagnostics: diagnostics).check(graph.nodes, leaving)
    ComplementCheck(nodes: graph.nodes, charter: charter, diagnostics: diagnostics)
      .check(leaving)
    UnlinkedTables(nodes: graph.nodes, diagnostics: diagnostics).check(leaving)
    AssessmentCheck(charter: charter, diagnostics: diagnostics, today: resolver.today() ?? 0)
      .check(leaving, graph.nodes)
    PriorOutputs(charter: charter, diagnostics: diagnostics).check(graph.nodes)
    let copies = StageFileCheck(charter: charter, diagnostics: diagnostics)
      .check(graph.stageFiles.all, graph)
    let sidecars = SidecarPlanner(
      nodes: graph.nodes, charter: charter, pipeline: spec.top.name, diagnostics: diagnostics
    ).sidecars(leaving)
    guard !diagnostics.hasErrors else { return nil }
    var plan = Plan(
      pipeline: spec.top.name, title: spec.top["title"]?.message,
      purpose: spec.top["purpose"]?.text, file: file, root: files.root, charter: charter,
      parameters: parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      nodes: Projection.wanted(graph.nodes, leaving, sidecars), outputs: outputs, reports: reports,
      summary: summary, ends: graph.ends,
      files: files.read.all(root: files.root))
    (plan.possibleCopies, plan.sidecars) = (copies, sidecars)
    ProseCheck(charter: charter, diagnostics: diagnostics).check(plan, spec)
    LockCheck(plan: plan).warn(diagnostics)
    return plan
  }

  /// The charter, which the project names if it has a say.
  private func charter(_ spec: PipelineSpec, _ pin: String?, _ files: SpecFiles) -> Charter? {
    guard let node = spec.top["charter"], let path = files.resolve(node) else { return nil }
    if let pin, !ProjectPin.isSame(path, pin) {
      diagnostics.error(
        "other-charter", at: node.position, PlanMessages.otherCharter(node.text ?? ""),
        remedy: PlanMessages.charterIs(SpecFiles.shown(pin)))
      return nil
    }
    return CharterReader(files: files, diagnostics: diagnostics).read(path, at: node.position)
  }
}
