/// What was found against the rows of a block, before they become a batch.
struct RowMarks {
  /// Why a row is no row.
  struct Reason {
    let kind: RejectKind
    /// Index among the file plan's columns; nil for the whole record.
    let field: Int?
    let rule: String
  }

  private(set) var rejected: [Int: Reason] = [:]
  private(set) var skipped: [Int: SkipKind] = [:]

  /// Rejects a row, unless a reason was found before or it is no data.
  mutating func reject(_ row: Int, _ kind: RejectKind, _ field: Int?, _ rule: String) {
    if rejected[row] == nil, skipped[row] == nil {
      rejected[row] = Reason(kind: kind, field: field, rule: rule)
    }
  }

  /// Skips a row; what was found against it does not matter then.
  mutating func skip(_ row: Int, _ kind: SkipKind) {
    skipped[row] = kind
    rejected[row] = nil
  }

  /// Rows that are rejected or skipped.
  var count: Int { rejected.count + skipped.count }

  var isEmpty: Bool { rejected.isEmpty && skipped.isEmpty }

  func isKept(_ row: Int) -> Bool { rejected[row] == nil && skipped[row] == nil }
}
