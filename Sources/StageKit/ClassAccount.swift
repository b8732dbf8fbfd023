/// How many classes there are of each size: all that the measures of risk rest on. A class is of
/// persons alike in their quasi-identifiers; a person of several classes counts in each.
public struct ClassSizes: Sendable, Hashable {
  /// Classes by their number of persons, ≥ 1.
  public private(set) var classes: [Int: Int] = [:]

  public init() {}

  /// - Parameter sizes: the persons of each class; those of none do not count.
  public init(_ sizes: some Sequence<Int>) {
    for size in sizes { add(size) }
  }

  public mutating func add(_ size: Int, classes more: Int = 1) {
    if size > 0, more > 0 { classes[size, default: 0] += more }
  }

  /// Sizes that occur, in ascending order, with their classes.
  public var ascending: [(size: Int, classes: Int)] {
    classes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  public var classCount: Int { classes.values.reduce(0, +) }

  /// Persons in all classes.
  public var persons: Int { classes.reduce(0) { $0 + $1.key * $1.value } }
}

/// What a stage that hides persons in classes tells of its rows for the account of their risk:
/// counts only, never a value.
public struct ClassAccount: Sendable, Hashable {
  /// How much of a field's information was lost, in millionths.
  public struct Loss: Sendable, Hashable {
    public let field: String
    public let millionths: Int

    /// - Parameter share: from 0 to 1.
    public init(field: String, share: Double) {
      (self.field, millionths) = (field, Int((min(max(share, 0), 1) * 1_000_000).rounded()))
    }
  }

  /// The persons alike in all quasi-identifiers as they entered.
  public let before: ClassSizes
  public let losses: [Loss]
  /// Rows that left.
  public let suppressed: Int

  public init(before: ClassSizes, losses: [Loss], suppressed: Int) {
    (self.before, self.losses, self.suppressed) = (before, losses, suppressed)
  }
}
