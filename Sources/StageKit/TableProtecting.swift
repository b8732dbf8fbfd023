import Tabular

/// A stage that hides cells of a table of counts, so that the table's other cells and its totals do
/// not tell them. What other tables of the same rows tell of them it knows of those named alone,
/// which are its side tables.
public protocol TableProtecting: Stage {
  /// The fields that tell its cells apart.
  var protectedKeys: [String] { get }

  /// The field of its input that counts the contributors of a cell.
  var contributorCount: String { get }

  /// What else a published cell must be.
  var cellRules: [CellRule] { get }
}

/// A rule on the contributions that make up a cell's amount, by fields of the input.
public struct CellRule: Sendable, Hashable {
  public enum Kind: Sendable {
    /// The largest may be so much of the total.
    case dominance
    /// All but the two largest must be so much of the largest, at least.
    case remainder
  }

  public let kind: Kind
  /// In millionths.
  public let share: Int
  public let value: String
  public let largest: String
  /// The second largest contribution; nil where the rule does not ask.
  public let second: String?

  public init(kind: Kind, share: Int, value: String, largest: String, second: String?) {
    (self.kind, self.share, self.value) = (kind, share, value)
    (self.largest, self.second) = (largest, second)
  }

  /// The fields that it rests on.
  public var fields: [String] { [value, largest] + (second.map { [$0] } ?? []) }
}
