/// What was found against the rows of a block, before they become a batch. A number a row, and
/// none at all for a block without trouble.
struct RowMarks {
  /// Why a row is no row.
  struct Reason {
    let kind: RejectKind
    /// Index among the schema's fields; nil for the whole record.
    let field: Int?
    let rule: String
  }

  private static let skips = SkipKind.allCases

  private let rows: Int
  /// 0 for a row that is kept, the place of its reason plus one for a rejected one, and minus
  /// that of its kind for a skipped one. Empty while all are kept.
  private var codes: [Int32] = []
  /// All reasons found, each once.
  private(set) var reasons: [Reason] = []
  /// How many rows are rejected for each of them.
  private(set) var rejectedFor: [Int] = []
  private var skippedAs = [Int](repeating: 0, count: RowMarks.skips.count)

  /// - Parameter rows: of the block.
  init(rows: Int) { self.rows = rows }

  /// Rejects a row, unless a reason was found before or it is no data.
  mutating func reject(_ row: Int, _ kind: RejectKind, _ field: Int?, _ rule: String) {
    makeRoom()
    guard codes.indices.contains(row), codes[row] == 0 else { return }
    let reason = place(kind, field, rule)
    rejectedFor[reason] += 1
    codes[row] = Int32(truncatingIfNeeded: reason + 1)
  }

  /// Skips a row; what was found against it does not matter then.
  mutating func skip(_ row: Int, _ kind: SkipKind) {
    makeRoom()
    guard codes.indices.contains(row), let place = RowMarks.skips.firstIndex(of: kind) else {
      return
    }
    if let reason = reasonPlace(row) { rejectedFor[reason] -= 1 }
    if codes[row] < 0 { skippedAs[Int(-codes[row]) - 1] -= 1 }
    skippedAs[place] += 1
    codes[row] = -Int32(truncatingIfNeeded: place + 1)
  }

  /// Rows that are rejected or skipped.
  var count: Int { rejectedFor.reduce(0, +) + skippedAs.reduce(0, +) }

  var isEmpty: Bool { count == 0 }

  func isKept(_ row: Int) -> Bool { codes.isEmpty || codes[row] == 0 }

  /// Why a row is rejected, as a place among `reasons`; nil when it is not.
  func reasonPlace(_ row: Int) -> Int? {
    guard !codes.isEmpty, codes[row] > 0 else { return nil }
    return Int(codes[row]) - 1
  }

  /// As what a row is skipped.
  func skipKind(_ row: Int) -> SkipKind? {
    guard !codes.isEmpty, codes[row] < 0 else { return nil }
    return RowMarks.skips[Int(-codes[row]) - 1]
  }

  /// The kinds of rows skipped, and how many there are of each.
  var skipped: [(kind: SkipKind, count: Int)] {
    zip(RowMarks.skips, skippedAs).filter { $0.1 > 0 }.map { ($0.0, $0.1) }
  }

  private mutating func makeRoom() {
    if codes.isEmpty { codes = Array(repeating: 0, count: rows) }
  }

  /// The place of a reason. The same ones come again and again, the last of them mostly.
  private mutating func place(_ kind: RejectKind, _ field: Int?, _ rule: String) -> Int {
    for (place, reason) in reasons.enumerated().reversed()
    where reason.field == field && reason.kind == kind && reason.rule == rule {
      return place
    }
    reasons.append(Reason(kind: kind, field: field, rule: rule))
    rejectedFor.append(0)
    return reasons.count - 1
  }
}
