import Codecs

/// Counts again, on a file's bytes, what its rows were promised to be together: classes, and
/// multiples of a base.
struct PromiseRecount {
  private let rows: StagedRows
  private let fingerprint: Fingerprint
  private let most: Int

  /// - Parameters:
  ///   - fingerprint: of the bytes that were read before.
  ///   - most: entries of classes that are held at once.
  init(_ rows: StagedRows, _ fingerprint: Fingerprint, most: Int = ClassRecount.entries) {
    (self.rows, self.fingerprint, self.most) = (rows, fingerprint, most)
  }

  /// - Parameter wholes: by promise, what the whole input had, where it is known.
  /// - Returns: what was found of each promise of classes.
  /// - Throws: `RunError` when one is broken.
  @discardableResult
  func run(_ wholes: [[ValueCounts?]] = []) throws -> [ClassFinding] {
    let terms = rows.terms
    if let rounded = terms.rounded {
      var check = MultipleCheck(columns: rounded.columns, base: Int64(rounded.base))
      try read(&check)
      if check.others > 0 {
        throw RunError(
          .refused,
          RecountMessages.notRounded(terms.name, rows: check.others, base: rounded.base),
          remedy: RecountMessages.remedy)
      }
    }
    return try terms.classes.enumerated().map { place, classes in
      let recount = ClassRecount(
        classes, wholes: place < wholes.count ? wholes[place] : [], most: most)
      let finding = try recount.run { try read(&$0) }
      if finding.tooSmall > 0 {
        throw RunError(
          .refused,
          RecountMessages.smallClasses(terms.name, classes: finding.tooSmall, k: classes.k),
          remedy: RecountMessages.remedy)
      }
      if let alike = finding.broken.first {
        throw RunError(
          .refused, RecountMessages.alike(terms.name, alike), remedy: RecountMessages.remedy)
      }
      return finding
    }
  }

  private func read(_ taker: inout some RowTaker) throws {
    guard try rows.hand(to: &taker) == fingerprint else {
      throw RunError(.refused, RunMessages.gateBytes(rows.terms.name))
    }
  }
}

/// Counts rows in which a column holds no multiple of a base.
struct MultipleCheck: RowTaker {
  let columns: [Int]
  let base: Int64
  private(set) var others = 0

  init(columns: [Int], base: Int64) { (self.columns, self.base) = (columns, max(base, 1)) }

  mutating func take(_ cells: some TableCells) {
    for column in columns {
      // An empty cell tells no count.
      guard let cell = cells.cell(column), !cell.isEmpty else { continue }
      guard let count = Int64(String(decoding: cell, as: UTF8.self)), count % base == 0 else {
        others += 1
        return
      }
    }
  }
}
