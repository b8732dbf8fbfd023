import StageKit

/// The catalogue as the planner sees it: `Pipeline` knows no concrete stage.
public protocol StageProvider: Sendable {
  /// The stage of a name.
  func stage(named name: String) -> (any Stage.Type)?
  /// What a pipeline's file may have besides its steps.
  var blocks: [any Block.Type] { get }
  /// All names, for suggestions.
  var names: [String] { get }
}
