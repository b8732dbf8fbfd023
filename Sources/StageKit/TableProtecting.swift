import Tabular

/// A stage that hides cells of a table of counts, so that the table's other cells and its totals do
/// not tell them. What other tables of the same rows tell of them it knows of those named alone,
/// which are its side tables.
public protocol TableProtecting: Stage {
  /// The fields that tell its cells apart.
  var protectedKeys: [String] { get }
}
