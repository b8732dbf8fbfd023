/// Moves in a table of two dimensions (or fewer): closed paths through its sums, the cheapest first
/// found. In these tables a cell can take a value if, and only if, such paths lead there.
struct TablePaths {
  /// A sum that is off by one, up or down; the last state stands for what no sum holds.
  private let ground: Int

  init(_ system: TableSystem) { ground = 2 * system.equations.count }

  private func state(_ equation: Int32, _ sign: Int64) -> Int {
    2 * Int(equation) + (sign > 0 ? 1 : 0)
  }

  /// The cheapest way to put the sums right again that a cell's change upsets.
  func move(
    _ table: HiddenTable, _ cell: Int, _ sign: Int64, opening least: Int64?
  ) -> TableMove? {
    let ends = table.system.memberships[cell]
    guard let first = ends.first else { return nil }
    let start = state(first.index, Int64(first.sign) * sign)
    let goal = ends.count > 1 ? state(ends[1].index, -Int64(ends[1].sign) * sign) : ground
    var best = [Int64](repeating: Int64.max, count: ground + 1)
    var via = [(cell: Int32, sign: Int8, from: Int32)](
      repeating: (-1, 0, -1), count: ground + 1)
    var queue = CostQueue()
    best[start] = 0
    queue.push(0, start)
    while let (cost, place) = queue.pop() {
      if place == goal { break }
      guard cost == best[place] else { continue }
      visit(table, place, isOpening: least != nil) { next, step, change in
        guard step != cell, table.allows(step, change, opening: least) else { return }
        let total = cost + table.cost(step) + 1
        guard total < best[next] else { return }
        best[next] = total
        via[next] = (
          Int32(truncatingIfNeeded: step), Int8(truncatingIfNeeded: change),
          Int32(truncatingIfNeeded: place)
        )
        queue.push(total, next)
      }
    }
    guard best[goal] < Int64.max else { return nil }
    var steps: [(cell: Int, sign: Int64)] = [(cell, sign)]
    var place = goal
    while place != start, via[place].cell >= 0 {
      steps.append((Int(via[place].cell), Int64(via[place].sign)))
      place = Int(via[place].from)
    }
    let isSimple = Set(steps.map(\.cell)).count == steps.count
    return isSimple ? TableMove(steps: steps, cost: best[goal]) : nil
  }

  /// All cells that put a sum right again, with what they upset instead.
  private func visit(
    _ table: HiddenTable, _ place: Int, isOpening: Bool, _ body: (Int, Int, Int64) -> Void
  ) {
    guard place != ground else { return fromGround(table, body) }
    let equation = Int32(truncatingIfNeeded: place / 2)
    let off: Int64 = place % 2 == 1 ? 1 : -1
    let terms =
      isOpening ? table.system.equations[Int(equation)] : table.hiddenTerms[Int(equation)]
    for term in terms {
      let change = -off * Int64(term.sign)
      let ends = table.system.memberships[Int(term.index)]
      let far = ends.first { $0.index != equation }
      body(far.map { state($0.index, Int64($0.sign) * change) } ?? ground, Int(term.index), change)
    }
  }

  /// Cells that stand in one sum only.
  private func fromGround(_ table: HiddenTable, _ body: (Int, Int, Int64) -> Void) {
    for cell in table.system.values.indices {
      let ends = table.system.memberships[cell]
      guard ends.count == 1, let end = ends.first else { continue }
      for change in [Int64(1), -1] {
        body(state(end.index, Int64(end.sign) * change), cell, change)
      }
    }
  }
}

/// The least first; of equal ones the lower place.
private struct CostQueue {
  private var heap: [(cost: Int64, place: Int)] = []

  mutating func push(_ cost: Int64, _ place: Int) {
    heap.append((cost, place))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (cost: Int64, place: Int)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
