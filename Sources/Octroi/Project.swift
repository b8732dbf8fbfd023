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

  /// Runs a plan. How it ended is in the result.
  public static func run(_ plan: Plan, _ options: RunOptions) -> RunResult {
    Interruption.listen()
    return Runner(plan, options).run()
  }

  /// The JSON Schema (2020-12) of pipeline files, all stages included.
  public static func pipelineSchema(_ language: Language) throws -> String {
    try SpecSchema.pipeline(StageCatalog.all.map { $0.declaration }, language)
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
}

/// The catalogue as the planner sees it.
struct Catalogue: StageProvider {
  func stage(named name: String) -> (any Stage.Type)? {
    StageCatalog.all.first { $0.declaration.name == name }
  }

  var names: [String] { StageCatalog.all.map { $0.declaration.name } }
}
