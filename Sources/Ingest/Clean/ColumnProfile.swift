/// What the cells of each column usually look like, to tell where a misshapen row is misshapen.
struct ColumnProfile {
  /// Cells in a row at most, for comparing all ways to place them.
  private static let most = 256

  private(set) var kinds: [[CellKind: Int]]

  var width: Int { kinds.count }

  init(width: Int) { kinds = Array(repeating: [:], count: width) }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell]) {
    guard cells.count == width else { return }
    for (column, cell) in cells.enumerated() {
      kinds[column][kind(bytes, cell.range), default: 0] += 1
    }
  }

  private func kind(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> CellKind {
    CellKind.of(
      ArraySlice(bytes[range].prefix(200)), isQuoted: false, quote: UInt8(ascii: "\""))
  }

  /// Percent of the column's cells that are of the same kind.
  private func fit(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ column: Int
  ) -> Int {
    let counts = kinds[column]
    let total = counts.values.reduce(0, +)
    guard total > 0 else { return 0 }
    return (counts[kind(bytes, range)] ?? 0) * 100 / total
  }

  /// Leaves out as many empty cells as there are too many, those without which the others fit
  /// their columns best; nil when there are not enough of them.
  func withoutExtras(_ bytes: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell]) -> [LooseCell]? {
    let extra = cells.count - width
    guard extra > 0, extra <= 8, width > 0, cells.count <= ColumnProfile.most,
      cells.count(where: \.isBareEmpty) >= extra
    else { return nil }
    // best[d]: the greatest fit of the cells so far with d left out, and which.
    var best: [(fit: Int, dropped: [Int])?] = Array(repeating: nil, count: extra + 1)
    best[0] = (0, [])
    for (index, cell) in cells.enumerated() {
      var next = [(fit: Int, dropped: [Int])?](repeating: nil, count: extra + 1)
      for (dropped, known) in best.enumerated() {
        guard let known else { continue }
        let column = index - dropped
        if column < width {
          let fit = known.fit + fit(bytes, cell.range, column)
          if next[dropped].map({ $0.fit < fit }) ?? true { next[dropped] = (fit, known.dropped) }
        }
        if cell.isBareEmpty, dropped < extra {
          if next[dropped + 1].map({ $0.fit <= known.fit }) ?? true {
            next[dropped + 1] = (known.fit, known.dropped + [index])
          }
        }
      }
      best = next
    }
    guard let dropped = best[extra]?.dropped else { return nil }
    let left = Set(dropped)
    return cells.enumerated().filter { !left.contains($0.offset) }.map(\.element)
  }

  /// Joins neighbours, where blanks separate fields and stand within them too, so that as many
  /// cells are left as there are columns and they fit best; nil when they do not fit at all.
  func joined(_ bytes: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell]) -> [LooseCell]? {
    guard cells.count > width, width > 0, cells.count <= 64 else { return nil }
    let count = cells.count
    let none = Int.min
    var best = Array(repeating: Array(repeating: none, count: width + 1), count: count + 1)
    var from = Array(repeating: Array(repeating: 0, count: width + 1), count: count + 1)
    best[0][0] = 0
    for end in 1...count {
      for start in stride(from: end - 1, through: 0, by: -1) {
        if end - start > 1, cells[start..<end].contains(where: { $0.form.contains(.quoted) }) {
          break
        }
        for column in 0..<width where best[start][column] != none {
          let score =
            best[start][column] + fit(bytes, cells[start].start..<cells[end - 1].end, column)
          if score > best[end][column + 1] {
            (best[end][column + 1], from[end][column + 1]) = (score, start)
          }
        }
      }
    }
    guard best[count][width] >= width * 50 else { return nil }
    var joined: [LooseCell] = []
    var end = count
    for column in stride(from: width, to: 0, by: -1) {
      let start = from[end][column]
      joined.append(
        end - start == 1
          ? cells[start]
          : LooseCell(start: cells[start].start, end: cells[end - 1].end, form: .rewrite))
      end = start
    }
    return joined.reversed()
  }

  /// Whether the cells look like those of their columns.
  func fits(_ bytes: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell]) -> Bool {
    guard cells.count == width else { return false }
    let sum = cells.enumerated().reduce(0) { $0 + fit(bytes, $1.element.range, $1.offset) }
    return sum >= width * 50
  }
}
