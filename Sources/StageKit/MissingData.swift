import Tabular

/// A stage that knows what it was made for and nothing gives it, so that reports can say so.
public protocol MissingData {
  /// What is missing, and why where somebody has said it.
  var missingData: [(title: Message, because: Message?)] { get }
}
