import Glibc

/// What the sensitive values of a class must be. Counts are compared by products of integers; only
/// entropy needs logarithms.
package struct SpreadRule: Sendable {
  package enum Kind: Sendable {
    case distinct(Int)
    case entropy(millionths: Int)
    case recursive(millionths: Int, Int)
    case equal(millionths: Int)
    /// By the order of the values' numbers.
    case ordered(millionths: Int)
    /// By level of a hierarchy, from its values on, and value: the first value of its group; one
    /// group at the last level.
    case hierarchical(millionths: Int, groups: [[Int]])
    /// No value more frequent than in the whole table by more than this share of its frequency
    /// there; enhanced: nor by more than that frequency's −ln.
    case likeness(millionths: Int, isEnhanced: Bool)
    /// No value of the class more or less frequent than in the whole table by a factor of two to
    /// this power, or by more.
    case disclosure(millionths: Int)
  }

  package let kind: Kind
  /// Rows of each value in the whole table, and of all values.
  private let whole: [Int]
  private let rows: Int

  package init(_ kind: Kind, whole: [Int]) {
    (self.kind, self.whole, rows) = (kind, whole, whole.reduce(0, +))
  }

  /// Whether a class that keeps it, joined with any other, keeps it, so that fewer rows fail in
  /// coarser classes even where failing ones are left out.
  package var growsWithClasses: Bool { if case .distinct = kind { true } else { false } }

  /// Whether a failing class tells that one of finer levels fails.
  /// - Parameter canSuppress: whether rows may be left out.
  func tells(_ canSuppress: Bool) -> Bool {
    // A value that one part lacks may become too rare in the whole.
    if case .disclosure = kind { return false }
    return growsWithClasses || !canSuppress
  }

  /// How much entropy may fall short by what rounding does.
  private static let tolerance = 1e-9

  /// - Parameter cells: of one class, each value once.
  package func holds(_ cells: ArraySlice<SensitiveCounts.Cell>) -> Bool {
    let size = cells.reduce(0) { $0 + $1.rows }
    switch kind {
    case .distinct(let l): return cells.count >= l
    case .entropy(let l):
      let sum = cells.map { Double($0.rows) }.sorted().reduce(0) { $0 + $1 * log($1) }
      let entropy = log(Double(size)) - sum / Double(size)
      return entropy + Self.tolerance >= log(Double(l) / 1_000_000)
    case .recursive(let c, let l):
      let counts = cells.map(\.rows).sorted(by: >)
      let tail = counts.dropFirst(l - 1).reduce(0, +)
      return Int128(counts.first ?? 0) * 1_000_000 < Int128(c) * Int128(tail)
    case .equal(let t):
      // What values have more than in the table, others have less: only those that are here count.
      let more = cells.reduce(Int128(0)) { more, cell in
        let whole = Int128(whole[Int(cell.value)]) * Int128(size)
        return more + max(Int128(cell.rows) * Int128(rows) - whole, 0)
      }
      return more * 1_000_000 <= Int128(t) * Int128(size) * Int128(rows)
    case .ordered(let t):
      var (sum, carried) = (Int128(0), Int128(0))
      for difference in differences(cells, size) {
        carried += difference
        sum += Int128(carried.magnitude)
      }
      let steps = Int128(max(whole.count - 1, 1))
      return sum * 1_000_000 <= Int128(t) * steps * Int128(size) * Int128(rows)
    case .hierarchical(let t, let groups):
      let sum = movedBetweenGroups(differences(cells, size), groups)
      let height = Int128(max(groups.count - 1, 1))
      return sum * 1_000_000 <= Int128(t) * height * Int128(size) * Int128(rows)
    case .likeness(let beta, let isEnhanced):
      return cells.allSatisfy { isLike($0, of: size, beta, isEnhanced) }
    case .disclosure(let delta):
      return cells.allSatisfy { cell in
        let here = Int128(cell.rows) * Int128(rows)
        let there = Int128(size) * Int128(whole[Int(cell.value)])
        let bits = log2(Double(here) / Double(there))
        return abs(bits) + Self.bitTolerance < Double(delta) / 1_000_000
      }
    }
  }

  /// Two equal ratios must not pass for being less than their bound.
  private static let bitTolerance = 1e-12

  private func isLike(
    _ cell: SensitiveCounts.Cell, of size: Int, _ beta: Int, _ isEnhanced: Bool
  ) -> Bool {
    let frequency = Int128(size) * Int128(whole[Int(cell.value)])
    let more = Int128(cell.rows) * Int128(rows) - frequency
    if more * 1_000_000 > Int128(beta) * frequency { return false }
    guard isEnhanced else { return true }
    let bound = -log(Double(whole[Int(cell.value)]) / Double(rows))
    return Double(more) / Double(frequency) <= bound + Self.tolerance
  }

  /// By value: how much more of it the class has than the table, times both sizes.
  private func differences(_ cells: ArraySlice<SensitiveCounts.Cell>, _ size: Int) -> [Int128] {
    var differences = whole.map { -Int128($0) * Int128(size) }
    for cell in cells { differences[Int(cell.value)] += Int128(cell.rows) * Int128(rows) }
    return differences
  }

  /// What has to move between groups of each level, times the level.
  private func movedBetweenGroups(_ differences: [Int128], _ groups: [[Int]]) -> Int128 {
    var moved = Int128(0)
    // A group's difference stands at its first value.
    var current = differences
    for level in groups.indices.dropFirst() {
      var more = [Int128](repeating: 0, count: current.count)
      var less = more
      for (value, difference) in current.enumerated() where difference != 0 {
        let group = groups[level][value]
        if difference > 0 { more[group] += difference } else { less[group] -= difference }
      }
      for group in more.indices {
        moved += Int128(level) * min(more[group], less[group])
        current[group] = more[group] - less[group]
      }
    }
    return moved
  }
}
