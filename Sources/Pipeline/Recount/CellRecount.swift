import StageKit
import Tabular

/// The cells of a protected table as a sidecar tells them: which of them must not be shown.
struct CellTable: RowTaker {
  private let promise: PlannedSidecar.CellPromise
  private let keys: Int
  /// Columns of the sidecar: of the contributors, and of the parts of each rule.
  private let count: Int
  private let rules: [(rule: CellRule, value: Int, largest: Int, second: Int?)]
  private var key: [UInt8] = []
  /// By cell: whether it may be shown.
  private(set) var isSafe: [[UInt8]: Bool] = [:]

  init(_ promise: PlannedSidecar.CellPromise, _ sidecar: PlannedSidecar) {
    let (keys, evidence) = (sidecar.keys.count, sidecar.evidence)
    func column(_ field: String) -> Int { keys + (evidence.firstIndex(of: field) ?? 0) }
    (self.promise, self.keys, count) = (promise, keys, keys)
    rules = promise.rules.map { rule in
      (rule, column(rule.value), column(rule.largest), rule.second.map(column))
    }
  }

  mutating func take(_ cells: some TableCells) {
    key.removeAll(keepingCapacity: true)
    for column in 0..<keys { cells.appendKey(column, to: &key) }
    let isFirst = isSafe[key] == nil
    // Two cells of one name cannot be told apart.
    isSafe[key] = isFirst && isShowable(cells)
  }

  private func isShowable(_ cells: some TableCells) -> Bool {
    guard let count = CellAmount(cells.cell(count)), count.scale == 0 else { return false }
    if count.digits == 0 { return true }
    guard count.digits >= Int128(promise.minCount) else { return false }
    return rules.allSatisfy { rule in
      let parts = [rule.value, rule.largest, rule.second].compactMap { $0 }.map {
        cells.cell($0).map { CellAmount($0) }
      }
      // Nothing was contributed, and nothing is told.
      if parts.allSatisfy({ $0 == nil }) { return true }
      let amounts = parts.compactMap { $0 ?? nil }
      guard amounts.count == parts.count else { return false }
      return Self.keeps(rule.rule, amounts)
    }
  }

  private static func keeps(_ rule: CellRule, _ amounts: [CellAmount]) -> Bool {
    let scale = amounts.map(\.scale).max() ?? 0
    let whole = amounts.compactMap { $0.digits(at: scale) }
    guard whole.count == amounts.count, whole.allSatisfy({ $0 >= 0 }) else { return false }
    let (total, largest) = (whole[0], whole[1])
    let share = Int128(rule.share)
    switch rule.kind {
    case .dominance: return largest * 1_000_000 <= share * total
    case .remainder: return (total - largest - whole[2]) * 1_000_000 >= share * largest
    }
  }
}

/// A number as a table's cell tells it, with `.` or `,` before its decimals.
struct CellAmount {
  let digits: Int128
  let scale: Int

  /// Nil for no number, and for one that no amount reaches.
  init?(_ cell: ArraySlice<UInt8>?) {
    guard var rest = cell, !rest.isEmpty else { return nil }
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    var (digits, scale, hasMark) = (Int128(0), 0, false)
    guard rest.count <= 20, rest.contains(where: { (48...57).contains($0) }) else { return nil }
    for byte in rest {
      switch byte {
      case 48...57:
        digits = digits * 10 + Int128(byte - 48)
        if hasMark { scale += 1 }
      case UInt8(ascii: "."), UInt8(ascii: ","):
        if hasMark { return nil }
        hasMark = true
      default: return nil
      }
    }
    (self.digits, self.scale) = (isNegative ? -digits : digits, scale)
  }

  /// The same at a scale no smaller; nil where that is more than amounts are.
  func digits(at other: Int) -> Int128? {
    var digits = digits
    for _ in scale..<max(other, scale) {
      digits *= 10
      if digits.magnitude > 1_000_000_000_000_000_000_000 { return nil }
    }
    return digits
  }
}

/// A table's cells held to those of its sidecar.
struct ShownCells: RowTaker {
  private let known: [[UInt8]: Bool]
  private let keys: [Int]
  private let measures: [Int]
  private var key: [UInt8] = []
  private var met: Set<[UInt8]> = []
  /// Cells that show something, and must not.
  private(set) var unsafe = 0
  /// Cells that the sidecar does not know.
  private(set) var strangers = 0
  /// Cells that the table does not have.
  var missing: Int { known.count - met.count }

  init(_ known: CellTable, keys: [Int], measures: [Int]) {
    (self.known, self.keys, self.measures) = (known.isSafe, keys, measures)
  }

  mutating func take(_ cells: some TableCells) {
    key.removeAll(keepingCapacity: true)
    for column in keys { cells.appendKey(column, to: &key) }
    guard let isSafe = known[key] else {
      strangers += 1
      return
    }
    met.insert(key)
    if !isSafe, measures.contains(where: { cells.cell($0)?.isEmpty == false }) { unsafe += 1 }
  }
}
