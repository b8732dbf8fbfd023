import Tabular

/// Which cells must not be shown for their own sake.
struct TableRules: Sendable {
  /// One contributor may not make up too much of a cell.
  struct Dominance: Sendable {
    /// Positions of the cell's total and of its largest contribution.
    let value: Int
    let largest: Int
    /// Of the total, in millionths.
    let share: Int
  }

  /// The position of the count of contributors.
  let count: Int
  let minCount: Int
  let dominance: Dominance?
  /// How far apart the values must lie that a hidden cell may have.
  let width: Int

  /// The contributors of each cell.
  func counts(_ cells: [[Value]?]) throws -> [Int64] {
    try (cells[count] ?? []).map { cell in
      guard case .integer(let number) = cell, number >= 0 else { throw TableMessages.noCount }
      return number
    }
  }

  /// For each cell that must not be shown, how far apart the values must lie that it may have.
  func widths(_ counts: [Int64], _ cells: [[Value]?]) throws -> [Int64] {
    try counts.enumerated().map { row, count in
      guard count > 0 else { return 0 }
      return try count < Int64(minCount) || isDominated(row, cells) ? Int64(width) : 0
    }
  }

  private func isDominated(_ row: Int, _ cells: [[Value]?]) throws -> Bool {
    guard let dominance, let values = cells[dominance.value], let parts = cells[dominance.largest]
    else { return false }
    if values[row] == .null, parts[row] == .null { return false }
    guard let total = values[row].asDecimal, let part = parts[row].asDecimal else { return true }
    let scale = max(total.scale, part.scale)
    guard let whole = total.rescaled(to: scale), let most = part.rescaled(to: scale) else {
      throw TableMessages.tooLarge
    }
    let left = most.digits.multipliedReportingOverflow(by: 1_000_000)
    let right = whole.digits.multipliedReportingOverflow(by: Int128(dominance.share))
    guard !left.overflow, !right.overflow else { throw TableMessages.tooLarge }
    return left.partialValue > right.partialValue
  }
}
