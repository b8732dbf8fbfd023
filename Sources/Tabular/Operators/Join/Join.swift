/// Looks rows up in another table by key. Null keys never match.
///
/// Output of left and inner joins: the input's columns, then those taken from the other table; of
/// semi- and anti-joins: the input's columns.
public struct Join: RowOperator {
  /// Which rows stay.
  public enum Kind: Sendable {
    /// All; those without match get nulls.
    case left
    /// Those with a match.
    case inner
    /// Those with a match, once, and nothing is taken.
    case semi
    /// Those without.
    case anti
  }

  /// What became of the rows, over all workers.
  public struct Report: Sendable {
    public internal(set) var rows = 0
    public internal(set) var matched = 0
    /// Rows whose key has no null and found no match.
    public internal(set) var unmatched = 0
    /// Rows with a null in the key.
    public internal(set) var nullKeys = 0
    public internal(set) var unmatchedKeys: UnmatchedKeys
  }

  private let kind: Kind
  private let side: JoinIndex
  private let keys: [Int]
  private let allowsMany: Bool
  private let name: String
  private let judge: (@Sendable (Report) throws -> Void)?

  /// - Parameters:
  ///   - keys: positions of the input's key columns, of the same types as the side's.
  ///   - allowsMany: whether a row may have several matches, and so multiply.
  ///   - name: of the other table, for messages.
  ///   - judge: looks at the counts once the input has ended, and throws `OperatorError` when a
  ///     limit is broken.
  public init(
    _ kind: Kind, _ side: JoinIndex, keys: [Int], allowsMany: Bool = false, name: String,
    judge: (@Sendable (Report) throws -> Void)? = nil
  ) {
    (self.kind, self.side, self.keys) = (kind, side, keys)
    (self.allowsMany, self.name, self.judge) = (allowsMany, name, judge)
  }

  public func makeWorker() -> any RowWorker {
    Worker(self)
  }

  public func conclude(_ workers: [any RowWorker]) throws {
    guard let judge else { return }
    var whole = Report(unmatchedKeys: Worker.noKeys(side))
    for worker in workers {
      guard let report = (worker as? Worker)?.report else { throw OperatorMessages.wrongColumn }
      whole.rows += report.rows
      whole.matched += report.matched
      whole.unmatched += report.unmatched
      whole.nullKeys += report.nullKeys
      try whole.unmatchedKeys.merge(report.unmatchedKeys)
    }
    try whole.unmatchedKeys.forget()
    try judge(whole)
  }

  private final class Worker: RowWorker {
    private let plan: Join
    private(set) var tally = Tally()
    private(set) var report: Report
    private var ids: [Int32] = []

    init(_ plan: Join) {
      self.plan = plan
      report = Report(unmatchedKeys: Worker.noKeys(plan.side))
    }

    static func noKeys(_ side: JoinIndex) -> UnmatchedKeys {
      UnmatchedKeys(side.index.columns.map(\.type), side.index.seed)
    }

    func process(_ batch: Batch) throws -> Batch {
      let columns = try batch.columns(plan.keys)
      try plan.side.index.find(columns, rows: batch.rowCount, into: &ids)
      let (nulls, lost) = try countUnmatched(columns, batch.rowCount)
      tally.rowsIn += batch.rowCount
      switch plan.kind {
      case .left, .inner: return try matched(batch, nulls, lost)
      case .semi:
        tally.left[RowWay.unmatched, default: 0] += lost
        tally.left[RowWay.nullKey, default: 0] += nulls
        return kept(batch) { $0 >= 0 }
      case .anti:
        tally.left[RowWay.matched, default: 0] += batch.rowCount - lost - nulls
        return kept(batch) { $0 < 0 }
      }
    }

    /// Counts the rows without match and remembers their keys.
    /// - Returns: how many have a null in the key, and how many other ones.
    private func countUnmatched(_ keys: [Column], _ count: Int) throws -> (Int, Int) {
      var nulls = 0
      var lost: [Int32] = []
      for row in 0..<count where ids[row] < 0 {
        if keys.allSatisfy({ $0.validity[row] }) {
          lost.append(Int32(truncatingIfNeeded: row))
        } else {
          nulls += 1
        }
      }
      report.rows += count
      report.matched += count - nulls - lost.count
      report.unmatched += lost.count
      report.nullKeys += nulls
      try report.unmatchedKeys.add(keys, lost)
      return (nulls, lost.count)
    }

    private func kept(_ batch: Batch, _ stays: (Int32) -> Bool) -> Batch {
      var rows: [Int32] = []
      for row in 0..<batch.rowCount where stays(ids[row]) {
        rows.append(Int32(truncatingIfNeeded: row))
      }
      tally.rowsOut += rows.count
      return rows.count == batch.rowCount ? batch : batch.gathered(rows)
    }

    private func matched(_ batch: Batch, _ nulls: Int, _ lost: Int) throws -> Batch {
      let keepsAll = if case .left = plan.kind { true } else { false }
      var rows: [Int32] = []
      var found: [Int32] = []
      rows.reserveCapacity(batch.rowCount)
      found.reserveCapacity(batch.rowCount)
      var again = 0
      for row in 0..<batch.rowCount {
        let key = Int(ids[row])
        if key < 0 {
          guard keepsAll else { continue }
          rows.append(Int32(truncatingIfNeeded: row))
          found.append(-1)
          continue
        }
        let matches = plan.side.starts[key]..<plan.side.starts[key + 1]
        for match in matches {
          rows.append(Int32(truncatingIfNeeded: row))
          found.append(plan.side.rows[match])
        }
        again += matches.count - 1
        guard rows.count < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
      }
      if again > 0, !plan.allowsMany { throw OperatorMessages.severalMatches(plan.name) }
      tally.rowsOut += rows.count
      tally.made[RowWay.matchedAgain, default: 0] += again
      if !keepsAll {
        tally.left[RowWay.unmatched, default: 0] += lost
        tally.left[RowWay.nullKey, default: 0] += nulls
      }
      let whole = again == 0 && rows.count == batch.rowCount
      var result = whole ? batch : batch.gathered(rows)
      for column in plan.side.taken.columns {
        result.columns.append(try column.gatheredOrNull(found))
      }
      return result
    }
  }
}
