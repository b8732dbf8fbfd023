import Tabular

/// One finding about a file that the user wrote: where, what, and what to do.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  public let severity: Severity
  /// A stable identifier for machines, such as `unknown-field`.
  public let code: String
  public let position: SpecPosition
  public let message: Message
  public let remedy: Message?

  public init(
    _ severity: Severity, _ code: String, at position: SpecPosition, _ message: Message,
    remedy: Message? = nil
  ) {
    (self.severity, self.code, self.position) = (severity, code, position)
    (self.message, self.remedy) = (message, remedy)
  }
}

/// Collects findings, so that all errors of a spec come in one pass.
public final class Diagnostics {
  public private(set) var all: [Diagnostic] = []

  public init() {}

  public func add(_ diagnostic: Diagnostic) {
    if !all.contains(diagnostic) { all.append(diagnostic) }
  }

  public func error(
    _ code: String, at position: SpecPosition, _ message: Message, remedy: Message? = nil
  ) {
    add(Diagnostic(.error, code, at: position, message, remedy: remedy))
  }

  public func warning(
    _ code: String, at position: SpecPosition, _ message: Message, remedy: Message? = nil
  ) {
    add(Diagnostic(.warning, code, at: position, message, remedy: remedy))
  }

  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  public var errorCount: Int { all.count { $0.severity == .error } }

  /// In the order of the files' text.
  public var sorted: [Diagnostic] {
    all.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
  }
}
