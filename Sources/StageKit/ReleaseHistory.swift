/// What earlier runs published of a table, and what this one will.
public protocol ReleaseHistory: Sendable {
  /// The earlier releases of a table, the oldest first.
  /// - Parameters:
  ///   - table: its name, the same in all pipelines of a project.
  ///   - cells: what tells its cells apart; kept as keyed hashes alone.
  func earlier(_ table: String, _ cells: [[UInt8]]) throws -> [EarlierRelease]

  /// Offers the counts of this run, cell by cell. They are kept only if the run is published.
  func offer(_ table: String, _ cells: [[UInt8]], _ counts: [ReleasedCount]) throws
}

/// The count of a cell, and whether it was suppressed.
public struct ReleasedCount: Sendable, Hashable {
  public let count: Int64
  public let isHidden: Bool

  public init(count: Int64, isHidden: Bool) { (self.count, self.isHidden) = (count, isHidden) }
}

/// One release of a table.
public struct EarlierRelease: Sendable, Hashable {
  /// Of the cells that were asked for; nil where it had no such cell.
  public let counts: [ReleasedCount?]
  /// Whether it counted something in a cell that was not asked for.
  public let hasOthers: Bool

  public init(counts: [ReleasedCount?], hasOthers: Bool) {
    (self.counts, self.hasOthers) = (counts, hasOthers)
  }
}

/// Where nothing is remembered, as in a preview.
public struct NoHistory: ReleaseHistory {
  public init() {}

  public func earlier(_ table: String, _ cells: [[UInt8]]) -> [EarlierRelease] { [] }
  public func offer(_ table: String, _ cells: [[UInt8]], _ counts: [ReleasedCount]) {}
}
