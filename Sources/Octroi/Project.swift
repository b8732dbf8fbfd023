import Foundation
import Pipeline
import StageKit

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
