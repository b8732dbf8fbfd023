import StageKit

/// A table's earlier releases, and what a difference of two of them would tell.
struct TableReleases {
  let earlier: [EarlierRelease]
  let minCount: Int64
  /// Whether readers know that counts only grow.
  let isCumulative: Bool

  /// Cells that must not be shown because of what was shown before.
  func primary(_ counts: [Int64]) -> [Bool] {
    counts.indices.map { cell in
      counts[cell] > 0
        && earlier.contains { release in
          guard let before = release.counts[cell] else { return isSmall(counts[cell]) }
          // Counts that grow close in on what was hidden: it stays hidden.
          if before.isHidden { return isCumulative }
          return isSmall(counts[cell] - before.count)
        }
    }
  }

  /// What came in since each release, cell by cell.
  /// - Throws: an `OperatorError` when counts have fallen.
  func growths(_ counts: [Int64]) throws -> [[Int64]] {
    guard isCumulative else { return [] }
    return try earlier.map { release in
      guard !release.hasOthers else { throw TableMessages.fallen }
      return try counts.indices.map { cell in
        let growth = counts[cell] - (release.counts[cell]?.count ?? 0)
        guard growth >= 0 else { throw TableMessages.fallen }
        return growth
      }
    }
  }

  /// What is asked of growths: that small ones cannot be computed.
  func widths(_ growth: [Int64]) -> [Int64] { growth.map { isSmall($0) ? 1 : 0 } }

  private func isSmall(_ difference: Int64) -> Bool {
    difference != 0 && difference.magnitude < minCount.magnitude
  }
}
