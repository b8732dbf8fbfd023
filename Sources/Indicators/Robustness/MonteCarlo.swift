import Synchronization
import Tabular

/// The ranks and scores that units get when what could have been chosen otherwise is chosen at
/// random.
struct MonteCarlo: Sendable {
  /// Of ranks, by row; nil for those that are not ranked.
  let intervals: [Interval?]
  /// Of scores, by row, over the draws whose scale is the index's own: scores of other
  /// normalisations are not to be compared with it. Nil where there are none; empty when not asked
  /// for.
  let scores: [(low: Double, high: Double)?]

  struct Interval: Sendable, Hashable {
    let low: Double
    let median: Double
    let high: Double
    let mean: Double
  }

  /// Counts of ranks: whole numbers, so that it does not matter which thread counted what. Scores
  /// are sorted before they are looked at, for the same reason.
  private struct Histogram: Sendable {
    var counts: [UInt32]
    let starts: [Int]
    /// One draw after the other.
    var scores: [Double] = []
  }

  /// Scores that are kept, of the first draws: a fixed number, so that no result depends on the
  /// memory. Those of 10,000 draws over 1,500 units are all kept.
  private static let mostScores = 1 << 24

  /// - Parameters:
  ///   - keepsScores: whether intervals of scores are wanted.
  ///   - resources: how many threads work side by side does not change the result.
  /// - Throws: `OperatorError` when the counts would not fit the memory; what the checkpoint
  ///   throws.
  init(_ model: IndexModel, _ ranker: Ranker, keepsScores: Bool, _ resources: Resources) throws {
    var starts = [Int](repeating: -1, count: model.rows)
    var cells = 0
    for rows in ranker.periods {
      for row in rows {
        starts[row] = cells
        cells += rows.count
      }
    }
    let (lanes, memory) = (max(resources.threads, 1), max(resources.memory, 1 << 26))
    let draws = model.uncertainty.draws
    let kept = keepsScores ? min(draws, Self.mostScores / max(model.rows, 1)) : 0
    guard cells <= memory / 4 / (lanes + 1),
      kept * model.rows <= memory / 4 / 8
    else { throw IndexMessages.tooManyUnits }
    let empty = Histogram(counts: [UInt32](repeating: 0, count: cells), starts: starts)
    let whole = Mutex(empty)
    try SideBySide.run(lanes, lanes: lanes) { lane, _ in
      var own = empty
      var space = model.makeWorkspace()
      for draw in stride(from: lane, to: draws, by: lanes) {
        try resources.checkpoint()
        let choice = model.choice(model.point(draw))
        model.compute(choice, &space)
        ranker.rank(space.scores[0]) { row, rank in own.counts[own.starts[row] + rank - 1] += 1 }
        if draw < kept, model.isOnOwnScale(choice) { own.scores += space.scores[0] }
      }
      whole.withLock { whole in
        for cell in whole.counts.indices { whole.counts[cell] += own.counts[cell] }
        whole.scores += own.scores
      }
    }
    let counted = whole.withLock { $0 }
    scores = keepsScores ? Self.scores(counted.scores, rows: model.rows) : []
    var intervals = [Interval?](repeating: nil, count: model.rows)
    for rows in ranker.periods {
      for row in rows {
        let own = counted.counts[counted.starts[row]..<(counted.starts[row] + rows.count)]
        intervals[row] = Self.interval(Array(own))
      }
    }
    self.intervals = intervals
  }

  /// The 5 % and 95 % quantiles of each row's scores.
  private static func scores(
    _ all: [Double], rows: Int
  ) -> [(low: Double, high: Double)?] {
    (0..<rows).map { row in
      let own = stride(from: row, to: all.count, by: rows).map { all[$0] }.filter { !$0.isNaN }
      guard !own.isEmpty else { return nil }
      let sorted = own.sorted()
      return (
        Statistics.quantile(sorted: sorted, 0.05), Statistics.quantile(sorted: sorted, 0.95)
      )
    }
  }

  private static func interval(_ counts: [UInt32]) -> Interval? {
    let total = counts.reduce(0) { $0 + Int($1) }
    guard total > 0 else { return nil }
    /// The rank in a place of all that were drawn, in order.
    func rank(_ place: Int) -> Double {
      var seen = 0
      for (rank, count) in counts.enumerated() {
        seen += Int(count)
        if place < seen { return Double(rank + 1) }
      }
      return Double(counts.count)
    }
    /// Type 7, as everywhere here.
    func quantile(_ share: Double) -> Double {
      let place = share * Double(total - 1)
      let below = rank(Int(place))
      return below + (place - place.rounded(.down)) * (rank(min(Int(place) + 1, total - 1)) - below)
    }
    let sum = counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * Int($1.element) }
    return Interval(
      low: quantile(0.05), median: quantile(0.5), high: quantile(0.95),
      mean: Double(sum) / Double(total))
  }

  /// Groups of units whose ranks cannot be told apart from that of the first of the group, from 1
  /// for the best.
  func groups(_ places: [Int?], _ periods: [[Int]]) -> [Int?] {
    var groups = [Int?](repeating: nil, count: places.count)
    for rows in periods {
      let order = rows.filter { places[$0] != nil && intervals[$0] != nil }
        .sorted { (places[$0] ?? 0, $0) < (places[$1] ?? 0, $1) }
      var (group, edge) = (0, -Double.infinity)
      for row in order {
        guard let own = intervals[row] else { continue }
        if own.low > edge { (group, edge) = (group + 1, own.high) }
        groups[row] = group
      }
    }
    return groups
  }
}
