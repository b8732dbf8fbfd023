/// Ranks of the rows that are ranked, period by period, again and again.
struct Ranker: Sendable {
  /// The ranked rows of each period.
  let periods: [[Int]]

  init(_ solution: IndexSolution) {
    let isRanked = solution.isRanked
    periods = solution.units.periods.map { $0.filter { isRanked[$0] } }
  }

  /// Calls back with each row and its rank, 1 for the best; ties share the best. Rows without a
  /// score have no rank.
  func rank(_ scores: [Double], _ take: (_ row: Int, _ rank: Int) -> Void) {
    for rows in periods {
      var order = rows.filter { !scores[$0].isNaN }
      scores.withUnsafeBufferPointer { scores in
        order.sort { scores[$0] > scores[$1] }
      }
      var first = 0
      for (place, row) in order.enumerated() {
        if scores[row] != scores[order[first]] { first = place }
        take(row, first + 1)
      }
    }
  }

  /// The mean distance of the rows' ranks from others; NaN where there is none.
  func meanShift(_ scores: [Double], from nominal: [Int?]) -> Double {
    var (sum, count) = (0, 0)
    rank(scores) { row, rank in
      guard let before = nominal[row] else { return }
      sum += abs(rank - before)
      count += 1
    }
    return count == 0 ? .nan : Double(sum) / Double(count)
  }
}
