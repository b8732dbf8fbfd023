import Tabular

/// A stage that changes figures in a way that readers of a report have to know of.
public protocol MethodTold {
  /// What it does, in sentences.
  var methodTold: [Message] { get }
}
