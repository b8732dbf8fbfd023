import Tabular

/// Which cells must not be shown for their own sake.
struct TableRules: Sendable {
  /// The position of the count of contributors.
  let count: Int
  let minCount: Int
  let amounts: [AmountRule]
  /// How far apart the counts must lie that a hidden cell may have.
  let width: Int

  /// The contributors of each cell.
  func counts(_ cells: [[Value]?]) throws -> [Int64] {
    try (cells[count] ?? []).map { cell in
      guard case .integer(let number) = cell, number >= 0 else {
        throw TableMessages.noCount("protect_table")
      }
      return number
    }
  }

  /// Whether a cell has contributors, but too few.
  func isSmall(_ count: Int64) -> Bool { count > 0 && count < Int64(minCount) }
}
