/// Unbiased controlled rounding: every cell goes to the multiple of the base next below or above,
/// and every sum that held still holds (Cox, A constructive procedure for unbiased controlled
/// rounding, JASA 82, 1987). Cells between multiples form closed paths through the sums: along
/// one, cells go up and down in turn until some of them stand at a multiple, in one direction or
/// the other with the probabilities that keep each cell's mean.
package struct ControlledRounding {
  /// The counts, and once `run` is true, the rounded ones.
  package private(set) var values: [Int64]
  private let system: TableSystem
  private let base: Int64
  private let order: [Int]
  /// The end of paths in cells that stand in one sum only.
  private let ground: Int
  /// For each sum, its cells, and after all sums those that end at the ground; multiples are
  /// passed over.
  private var cells: [[(cell: Int, sign: Int64)]]

  /// A cell on a path, with its change, from one sum to another.
  private struct Step {
    let cell: Int
    var change: Int64
    let from: Int
    let to: Int
  }

  /// - Parameter order: in which cells are looked at, whatever the order of the rows.
  package init(_ system: TableSystem, _ base: Int64, order: [Int]) {
    (self.system, self.base, self.order) = (system, base, order)
    values = system.values
    ground = system.equations.count
    let places = order.enumerated().reduce(into: [Int](repeating: 0, count: order.count)) {
      $0[$1.element] = $1.offset
    }
    cells = system.equations.map { terms in
      terms.map { (cell: Int($0.index), sign: Int64($0.sign)) }
        .sorted { places[$0.cell] > places[$1.cell] }
    }
    cells.append(
      order.reversed().filter { system.memberships[$0].count == 1 }.map { (cell: $0, sign: 1) })
  }

  /// - Parameter draw: for a cell, how often it was drawn for before; uniform over 64 bits.
  /// - Returns: false for a table that is no network; the values then mean nothing.
  package mutating func run(_ draw: (_ cell: Int, _ times: UInt64) -> UInt64) -> Bool {
    guard system.isNetwork else { return false }
    for cell in order {
      var times: UInt64 = 0
      while values[cell] % base != 0 {
        guard let cycle = cycle(from: cell) else { return false }
        move(cycle, draw(cell, times))
        times += 1
      }
    }
    return true
  }

  /// Moves the cells as far as one goes, up or down.
  private mutating func move(_ cycle: [Step], _ draw: UInt64) {
    var (forward, backward) = (base, base)
    for step in cycle {
      let rest = values[step.cell] % base
      forward = min(forward, step.change > 0 ? base - rest : rest)
      backward = min(backward, step.change > 0 ? rest : base - rest)
    }
    let chosen = draw.multipliedFullWidth(by: UInt64(forward + backward)).high
    let by = chosen < UInt64(backward) ? forward : -backward
    for step in cycle { values[step.cell] += step.change * by }
  }

  /// A closed path of cells between multiples. There is one: a sum of which one cell is between
  /// multiples has another such cell.
  /// - Returns: nil when the table is no network after all.
  private mutating func cycle(from first: Int) -> [Step]? {
    let start = ends(of: first)
    guard let (from, to) = start else { return [Step(cell: first, change: 1, from: 0, to: 0)] }
    var path = [Step(cell: first, change: 1, from: from, to: to)]
    var seen = [from: 0]
    while true {
      let last = path[path.count - 1]
      if let begin = seen[last.to] { return closed(Array(path[begin...])) }
      seen[last.to] = path.count
      guard let next = next(at: last.to, after: last.cell),
        let (one, other) = ends(of: next)
      else { return nil }
      let change = -last.change * sign(of: last.cell, at: last.to) * sign(of: next, at: last.to)
      path.append(
        Step(cell: next, change: change, from: last.to, to: one == last.to ? other : one))
    }
  }

  /// The sums that a cell stands in; nil for none.
  private func ends(of cell: Int) -> (Int, Int)? {
    let memberships = system.memberships[cell]
    guard let first = memberships.first else { return nil }
    return (Int(first.index), memberships.count > 1 ? Int(memberships[1].index) : ground)
  }

  private func sign(of cell: Int, at sum: Int) -> Int64 {
    system.memberships[cell].first { Int($0.index) == sum }.map { Int64($0.sign) } ?? 1
  }

  /// Another cell of a sum between multiples; those that are not any more are forgotten.
  private mutating func next(at sum: Int, after cell: Int) -> Int? {
    while let last = cells[sum].last, values[last.cell] % base == 0 { cells[sum].removeLast() }
    return cells[sum].last { $0.cell != cell && values[$0.cell] % base != 0 }?.cell
  }

  /// Whether the changes agree where the path closes; at the ground nothing has to.
  private func closed(_ cycle: [Step]) -> [Step]? {
    guard let first = cycle.first, let last = cycle.last else { return nil }
    func agrees(_ first: Step, _ last: Step) -> Bool {
      first.from == ground
        || last.change * sign(of: last.cell, at: first.from)
          + first.change * sign(of: first.cell, at: first.from) == 0
    }
    if agrees(first, last) { return cycle }
    // From the ground on, the changes may be turned round.
    guard let turn = cycle.firstIndex(where: { $0.from == ground }) else { return nil }
    var turned = cycle
    for index in turned[turn...].indices { turned[index].change *= -1 }
    return agrees(first, turned[turned.count - 1]) ? turned : nil
  }
}
