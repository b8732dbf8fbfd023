import StageKit

/// What a promise about a table rests on and does not leave with it, row by row for the gate: a
/// table of its own, 0600, beside the rejects, that nobody publishes. It has as many rows as the
/// table, since no promise of rows outlives a stage that chooses or repeats them.
public struct PlannedSidecar: Sendable {
  /// What it proves.
  public enum Promise: Sendable, Hashable {
    /// So many persons in each class, told apart by the sidecar's last field.
    case persons(k: Int)
    /// Cells of a protected table, after their keys: contributors, then what rules rest on.
    case cells(CellPromise)
  }

  /// What published cells must be.
  public struct CellPromise: Sendable, Hashable {
    public let minCount: Int
    /// Their fields are the sidecar's.
    public let rules: [CellRule]
    /// Fields of the table that are empty where a cell is suppressed.
    public let measures: [String]

    public init(minCount: Int, rules: [CellRule], measures: [String]) {
      (self.minCount, self.rules, self.measures) = (minCount, rules, measures)
    }
  }

  /// The table that leaves, by its place among those of the plan.
  public let table: Int
  /// The node whose rows it is of.
  public let node: Int
  /// Fields that both have, as the table calls them and as the node does.
  public let keys: [(table: String, node: String)]
  /// Fields that the sidecar alone has, as the node calls them.
  public let evidence: [String]
  public let promise: Promise
  /// Absolute.
  public let path: String

  public init(
    table: Int, node: Int, keys: [(table: String, node: String)], evidence: [String],
    promise: Promise, path: String
  ) {
    (self.table, self.node, self.keys, self.evidence) = (table, node, keys, evidence)
    (self.promise, self.path) = (promise, path)
  }

  /// Whether it stays for `verify`: contributions to amounts are nothing to keep.
  var isKept: Bool { if case .persons = promise { true } else { false } }

  /// The node's fields that it has.
  var fields: [String] { keys.map(\.node) + evidence }
}
