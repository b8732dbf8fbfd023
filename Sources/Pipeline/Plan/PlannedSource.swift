import StageKit

/// A source as the plan knows it.
public struct PlannedSource: Sendable {
  public let name: String

  public init(name: String) { self.name = name }
}
