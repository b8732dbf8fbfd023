import Foundation
import Ingest
import Pipeline
import StageKit
import Tabular

/// The front door: check and run pipelines as the command does.
public enum Project {
  /// Checks a pipeline: spec, schemas, privacy. Reads no data.
  /// - Parameters:
  ///   - file: the pipeline's path.
  ///   - parameters: values by name, as text.
  ///   - allowOutside: whether paths may leave the project's folder.
  public static func check(
    _ file: String, parameters: [String: String] = [:], allowOutside: Bool = false
  ) -> PlanResult {
    let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
    let options = PlanOptions(parameters: parameters, allowOutside: allowOutside, now: now)
    return Planner(stages: Catalogue(), options: options).plan(file)
  }

  /// Checks a pipeline that is written in Swift. Reads no data.
  public static func check(
    _ pipeline: PipelineBuilder, parameters: [String: String] = [:], allowOutside: Bool = false
  ) -> PlanResult {
    let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
    let options = PlanOptions(parameters: parameters, allowOutside: allowOutside, now: now)
    return Planner(stages: Catalogue(), options: options).plan(pipeline.written)
  }

  /// Runs a plan. How it ended is in the result.
  public static func run(_ plan: Plan, _ options: RunOptions) -> RunResult {
    Interruption.listen()
    LargeBuffers.keep()
    return Runner(plan, options).run()
  }

  /// The first rows of a source or step, or after a stage of a step. Publishes and remembers
  /// nothing.
  /// - Parameters:
  ///   - stage: the stage's place in the step, from 1.
  ///   - rows: how many, at least 1.
  /// - Throws: `RunError`.
  public static func preview(
    _ plan: Plan, step: String, stage: Int? = nil, rows: Int, _ language: Language
  ) throws -> Preview {
    Interruption.listen()
    let place = try LookPlace(plan, step: step, stage: stage)
    return try Preview(
      plan, at: place, rows: rows, language, threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// How an indicator comes into an index, number by number. Publishes and remembers nothing.
  /// - Parameter unit: a unit's key; nil for all.
  /// - Throws: `RunError`.
  public static func account(
    _ plan: Plan, indicator: String, unit: String? = nil, _ language: Language
  ) throws -> IndicatorAccount {
    Interruption.listen()
    return try IndicatorAccount(
      plan, indicator: indicator, unit: unit, language,
      threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Follows the rows with a value through a pipeline. Publishes and remembers nothing.
  /// - Parameters:
  ///   - step: a step or source to follow them to; nil for all outputs.
  ///   - rows: how many rows of a source are followed, at least 1.
  /// - Throws: `RunError`.
  public static func trace(
    _ plan: Plan, _ key: TraceKey, step: String? = nil, rows: Int, _ language: Language
  ) throws -> Trace {
    Interruption.listen()
    let place = try step.map { try LookPlace(plan, step: $0) }
    return try Trace(
      plan, key, to: place, most: rows, language,
      threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The JSON Schema (2020-12) of pipeline files, all stages included.
  public static func pipelineSchema(_ language: Language) throws -> String {
    try SpecSchema.pipeline(
      StageCatalog.all.map { $0.declaration }, blocks: StageCatalog.blocks, language)
  }

  /// The JSON Schema (2020-12) of charters.
  public static func charterSchema(_ language: Language) throws -> String {
    try SpecSchema.charter(language)
  }

  /// The latest runs of the project in which the command stands, newest first.
  public static func runs(last count: Int) throws -> [Ledger.Entry] {
    let here = FileManager.default.currentDirectoryPath
    return try Ledger.open(root: ProjectRoot.of(folder: here))?.latest(count) ?? []
  }

  /// The same as events of OpenLineage, oldest first, a line of JSON each.
  /// - Parameter namespace: what jobs and files are names in; nil for the charter's name.
  /// - Throws: `RunError`.
  public static func lineage(last count: Int, namespace: String?) throws -> String {
    let root = here
    return try LineageEvents(
      try Ledger.open(root: root), try? plans([]), root: root, namespace: namespace, last: count
    ).text()
  }

  /// The keys of the project in which the command stands.
  /// - Throws: `RunError`.
  public static func keys() throws -> KeyStore {
    try KeyStore(root: here)
  }

  /// Removes what the charter says has been kept long enough.
  /// - Throws: `RunError`.
  public static func purge(charter: String?, isDry: Bool, wait: Double) throws -> [Purge.Item] {
    try Purge(root: here, charter: charter, now: Date()).run(isDry: isDry, wait: wait)
  }

  /// What is left of the budgets for noisy figures.
  /// - Throws: `RunError`.
  public static func budgets(charter: String?) throws -> [BudgetAccount] {
    try BudgetAccount.all(root: here, charter: charter)
  }

  /// Holds published files to their manifests.
  /// - Throws: `RunError`.
  public static func verify(_ folder: String) throws -> Verification {
    try Verification(folder: folder, root: here)
  }

  /// Forgets a person, in the project in which the command stands.
  /// - Throws: `RunError`.
  public static func forget(_ identifiers: [String], isDry: Bool) throws -> Forgetting {
    try Forgetting(
      identifiers, root: here, isDry: isDry, now: Date(), project: try? plans([]))
  }

  /// Tells whose tokens are.
  /// - Throws: `RunError`.
  public static func reveal(_ tokens: [String], scope: String) throws -> [Revealing.Answer] {
    try Revealing.answers(tokens, scope: scope, root: here)
  }

  /// The catalogue of what is published for everyone.
  /// - Parameter places: pipelines or folders with pipelines; none for those beside the charter.
  /// - Throws: `RunError`.
  public static func catalogue(
    _ places: [String], _ format: CatalogueFormat
  ) throws -> CatalogueDocument {
    try CatalogueDocument(try plans(places), format)
  }

  /// The register of processing activities.
  /// - Parameter places: pipelines or folders with pipelines; none for those beside the charter.
  /// - Throws: `RunError`.
  public static func register(
    _ places: [String], _ format: RegisterFormat, _ language: Language
  ) throws -> RegisterDocument {
    try RegisterDocument(try plans(places), format, language)
  }

  /// Makes a site over the ledger and what is published.
  /// - Parameter places: pipelines or folders with pipelines; none for those beside the charter.
  /// - Returns: nil after diagnostics of a charter that cannot be read.
  /// - Throws: `RunError`.
  public static func site(
    _ places: [String], _ options: SiteOptions
  ) throws -> (site: Site?, diagnostics: [Diagnostic]) {
    let project = try plans(places)
    guard project.hasCharter else { return (nil, project.diagnostics) }
    let site = try Site(project, options)
    return (site, site.diagnostics)
  }

  /// Writes a document so that the file is old or new at any time, readable as the umask allows.
  /// - Throws: `RunError`.
  public static func write(_ text: String, to path: String) throws {
    try SafeFile.replace(path, with: Array(text.utf8), mode: 0o644)
  }

  private static func plans(_ places: [String]) throws -> ProjectPlans {
    try ProjectPlans(places, from: FileManager.default.currentDirectoryPath) { check($0) }
  }

  private static var here: String {
    ProjectRoot.of(folder: FileManager.default.currentDirectoryPath)
  }

  /// Why a source, step or output has the rows it has, from the ledger.
  /// - Parameters:
  ///   - file: its pipeline; nil for the latest that has the name, in the project in which the
  ///     command stands.
  ///   - run, against: the runs to compare; nil for the latest two that ended well.
  /// - Throws: `RunError`.
  public static func why(
    _ name: String, pipeline file: String? = nil, run: Int64? = nil, against: Int64? = nil
  ) throws -> Why {
    let here = FileManager.default.currentDirectoryPath
    let root = file.map { ProjectRoot.of(pipeline: $0) } ?? ProjectRoot.of(folder: here)
    let question = Why.Question(
      name, pipeline: try file.map { try Why.pipelineName($0) }, run: run, against: against)
    return try Why(question, root: root)
  }

  /// An answer to `why` for people, with the stages' own words for the ways of rows.
  public static func text(_ why: Why, _ language: Language) -> String {
    why.text(language) { stage, way in
      Catalogue().stage(named: stage)?.declaration.ways.first { $0.id == way }?.meaning
    }
  }
}

/// The catalogue as the planner sees it.
struct Catalogue: StageProvider {
  func stage(named name: String) -> (any Stage.Type)? {
    (StageCatalog.all + StageCatalog.blocks.flatMap { $0.stages })
      .first { $0.declaration.isCalled(name) }
  }

  var blocks: [any Block.Type] { StageCatalog.blocks }

  var names: [String] {
    StageCatalog.all.flatMap { [$0.declaration.name] + $0.declaration.otherNames }
  }
}
