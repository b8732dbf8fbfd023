import Glibc
import StageKit

/// Holds a class's values of a column to what was promised of them: other code than the stage's
/// that made the classes, and by the definitions alone.
struct SpreadCheck {
  private let spread: Anonymity.Spread
  /// Rows of each value in the whole input, and in all.
  private let whole: [Int]
  private let total: Int
  /// By value, its place in their order.
  private let order: [Int]

  /// How much a logarithm may fall short by rounding.
  private static let tolerance = 1e-9

  init(_ spread: Anonymity.Spread, _ whole: ValueCounts?, isNumber: Bool) {
    self.spread = spread
    self.whole = whole?.rows ?? []
    total = self.whole.reduce(0, +)
    if case .closeness(_, .ordered) = spread {
      order = whole?.order(isNumber: isNumber) ?? []
    } else {
      order = []
    }
  }

  /// - Parameter cells: the values of one class, each once.
  func holds(_ cells: [(value: Int, rows: Int)]) -> Bool {
    let size = cells.reduce(0) { $0 + $1.rows }
    switch spread {
    case .distinct(let l): return cells.count >= l
    case .entropy(let l):
      let parts = cells.map { Double($0.rows) / Double(size) }.sorted()
      let entropy = -parts.reduce(0) { $0 + $1 * log($1) }
      return entropy + Self.tolerance >= log(Double(l) / 1_000_000)
    case .recursive(let c, let l):
      let counts = cells.map(\.rows).sorted(by: >)
      let rest = counts.dropFirst(max(l - 1, 0)).reduce(0, +)
      return Int128(counts.first ?? 0) * 1_000_000 < Int128(c) * Int128(rest)
    case .closeness, .betaLikeness, .disclosure:
      // A value that the input did not have cannot have come from it.
      guard cells.allSatisfy({ $0.value < whole.count && whole[$0.value] > 0 }) else {
        return false
      }
      return isLike(cells, size)
    }
  }

  private func isLike(_ cells: [(value: Int, rows: Int)], _ size: Int) -> Bool {
    switch spread {
    case .distinct, .entropy, .recursive: return true
    case .closeness(_, .hierarchical): return true
    case .closeness(let t, .equal):
      let moved = differences(cells, size).reduce(Int128(0)) { $0 + max($1, 0) }
      return moved * 1_000_000 <= Int128(t) * Int128(size) * Int128(total)
    case .closeness(let t, .ordered):
      var sorted = [Int128](repeating: 0, count: whole.count)
      for (value, difference) in differences(cells, size).enumerated() {
        sorted[order[value]] = difference
      }
      var (carried, moved) = (Int128(0), Int128(0))
      for difference in sorted {
        carried += difference
        moved += carried < 0 ? -carried : carried
      }
      let steps = Int128(max(whole.count - 1, 1))
      return moved * 1_000_000 <= Int128(t) * steps * Int128(size) * Int128(total)
    case .betaLikeness(let beta, let isEnhanced):
      return cells.allSatisfy { cell in
        let there = Double(whole[cell.value]) / Double(total)
        let gain = (Double(cell.rows) / Double(size) - there) / there
        let most = Double(beta) / 1_000_000
        let bound = isEnhanced ? min(most, -log(there)) : most
        return gain <= bound + Self.tolerance
      }
    case .disclosure(let delta):
      return cells.allSatisfy { cell in
        let there = Double(whole[cell.value]) / Double(total)
        let ratio = Double(cell.rows) / Double(size) / there
        return abs(log2(ratio)) < Double(delta) / 1_000_000
      }
    }
  }

  /// By value: how much more of it the class has than the input, times both sizes.
  private func differences(_ cells: [(value: Int, rows: Int)], _ size: Int) -> [Int128] {
    var differences = whole.map { -Int128($0) * Int128(size) }
    for cell in cells { differences[cell.value] += Int128(cell.rows) * Int128(total) }
    return differences
  }
}
