import StageKit
import Tabular

/// A rule on the contributions that make up a cell's amount.
struct AmountRule: Sendable {
  let kind: CellRule.Kind
  /// In millionths.
  let share: Int
  /// Positions of the total, the largest and the second contribution.
  let value: Int
  let largest: Int
  let second: Int?

  /// Amounts of all cells, as whole numbers of one scale.
  struct Amounts {
    let totals: [Int64]
    /// For each cell, how far apart its possible totals must lie; 0 where the rule allows it.
    let widths: [Int64]
  }

  /// - Parameter counts: of contributors; where there are none, nothing is asked.
  func amounts(_ cells: [[Value]?], _ counts: [Int64]) throws -> Amounts {
    var columns = [value, largest]
    if let second { columns.append(second) }
    let parts = try AmountRule.whole(columns.map { cells[$0] ?? [] })
    var widths = [Int64](repeating: 0, count: counts.count)
    for row in counts.indices where counts[row] > 0 {
      let (total, first) = (parts[0][row], parts[1][row])
      let next = second == nil ? 0 : parts[2][row]
      guard let total, let first, let next else {
        // Of nobody's amounts there is nothing to tell; of some, not enough is known.
        if total != nil || first != nil { widths[row] = 1 }
        continue
      }
      guard total >= 0, first >= 0, next >= 0 else { throw TableMessages.negative }
      let width = self.width(Int128(total), Int128(first), Int128(next))
      guard let fits = Int64(exactly: width) else { throw TableMessages.tooLarge }
      widths[row] = fits
    }
    return Amounts(totals: parts[0].map { $0 ?? 0 }, widths: widths)
  }

  /// How much too close the cell's total tells its largest contribution; 0 where it does not.
  private func width(_ total: Int128, _ first: Int128, _ second: Int128) -> Int128 {
    let (million, share) = (Int128(1_000_000), Int128(share))
    switch kind {
    case .dominance:
      guard first * million > share * total else { return 0 }
      return max(1, (first * million + share - 1) / share - total)
    case .remainder:
      let rest = total - first - second
      guard rest * million < share * first else { return 0 }
      return max(1, (share * first + million - 1) / million - rest)
    }
  }

  /// Numbers of several columns at one scale.
  private static func whole(_ columns: [[Value]]) throws -> [[Int64?]] {
    let numbers = columns.map { $0.map(\.asDecimal) }
    let scale = numbers.joined().reduce(0) { max($0, $1?.trimmed.scale ?? 0) }
    return try numbers.map { column in
      try column.map { number in
        guard let number else { return nil }
        guard let digits = number.rescaled(to: scale)?.digits, let fits = Int64(exactly: digits)
        else { throw TableMessages.tooLarge }
        return fits
      }
    }
  }
}
