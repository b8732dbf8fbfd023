import StageKit

/// The catalogue as the planner sees it: `Pipeline` knows no concrete stage.
public protocol StageProvider: Sendable {
  /// The stage of a name.
  func stage(named name: String) -> (any Stage.Type)?
  /// All names, for suggestions.
  var names: [String] { get }
}
