/// Which rows of a column hold a value. `flags == nil` means that all do, the common case.
public struct Validity: Sendable, Equatable {
  /// One flag a row (`true`: a value, `false`: null), or nil when no row is null.
  public private(set) var flags: [Bool]?

  /// All rows valid.
  public static let all = Validity(flags: nil)

  /// Keeps nil when no flag is false, so that the fast path stays taken.
  public init(flags: [Bool]?) {
    if let flags, flags.contains(false) { self.flags = flags } else { self.flags = nil }
  }

  @inlinable
  public subscript(row: Int) -> Bool {
    guard let flags else { return true }
    return flags[row]
  }

  /// The number of nulls.
  public var nullCount: Int {
    guard let flags else { return 0 }
    var nulls = 0
    for flag in flags where !flag { nulls += 1 }
    return nulls
  }

  /// Valid where both are: the rule for operators that are null when an operand is.
  public func and(_ other: Validity) -> Validity {
    guard let mine = flags else { return other }
    guard let theirs = other.flags else { return self }
    var both = mine
    for row in 0..<min(both.count, theirs.count) where !theirs[row] { both[row] = false }
    return Validity(flags: both)
  }

  /// The flags at `rows`, in that order.
  public func gathered(_ rows: [Int32]) -> Validity {
    guard let flags else { return .all }
    return Validity(flags: rows.map { flags[Int($0)] })
  }
}
