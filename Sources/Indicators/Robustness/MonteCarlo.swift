import Dispatch
import Synchronization
import Tabular

/// The ranks that units get when what could have been chosen otherwise is chosen at random.
struct MonteCarlo: Sendable {
  /// By row; nil for those that are not ranked.
  let intervals: [Interval?]

  struct Interval: Sendable, Hashable {
    let low: Double
    let median: Double
    let high: Double
    let mean: Double
  }

  /// Counts of ranks: whole numbers, so that it does not matter which thread counted what.
  private struct Histogram: Sendable {
    var counts: [UInt32]
    let starts: [Int]
  }

  /// - Parameter threads: how many work side by side; the result does not depend on it.
  /// - Throws: `OperatorError` when the counts would not fit the memory.
  init(_ model: IndexModel, _ ranker: Ranker, threads: Int, memory: Int) throws {
    var starts = [Int](repeating: -1, count: model.rows)
    var cells = 0
    for rows in ranker.periods {
      for row in rows {
        starts[row] = cells
        cells += rows.count
      }
    }
    let lanes = max(threads, 1)
    guard cells <= max(memory, 1 << 26) / 4 / (lanes + 1) else { throw IndexMessages.tooManyUnits }
    let empty = Histogram(counts: [UInt32](repeating: 0, count: cells), starts: starts)
    let whole = Mutex(empty)
    let draws = model.uncertainty.draws
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      var own = empty
      var space = model.makeWorkspace()
      for draw in stride(from: lane, to: draws, by: lanes) {
        model.compute(model.choice(model.point(draw)), &space)
        ranker.rank(space.scores[0]) { row, rank in own.counts[own.starts[row] + rank - 1] += 1 }
      }
      whole.withLock { whole in
        for cell in whole.counts.indices { whole.counts[cell] += own.counts[cell] }
      }
    }
    let counted = whole.withLock { $0 }
    var intervals = [Interval?](repeating: nil, count: model.rows)
    for rows in ranker.periods {
      for row in rows {
        let own = counted.counts[counted.starts[row]..<(counted.starts[row] + rows.count)]
        intervals[row] = Self.interval(Array(own))
      }
    }
    self.intervals = intervals
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
