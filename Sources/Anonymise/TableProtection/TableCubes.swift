/// Moves in tables of any dimensions and hierarchies: along each dimension one value up and another
/// down, and so the corners of a cube.
extension HiddenTable {
  /// Combinations looked at for one move.
  private static let budget = 1 << 14

  /// The cheapest cube found that takes a cell up or down. There may be others, and moves that are
  /// no cubes: what is not found is taken for impossible, which errs on the side of protection.
  func cube(_ cell: Int, _ sign: Int64, opening least: Int64?) -> TableMove? {
    let key = system.keys[cell]
    var choices = system.lines.indices.map { axis in
      ranked(system.lines[axis][Int(key[axis])], key, axis, sign, opening: least)
    }
    guard !choices.contains(where: \.isEmpty) else { return nil }
    // As many of each as the budget has room for, the cheapest first.
    while choices.reduce(1, { $0 * Swift.min($1.count, HiddenTable.budget) }) > HiddenTable.budget {
      guard let widest = choices.indices.max(by: { choices[$0].count < choices[$1].count })
      else { break }
      choices[widest].removeLast(Swift.max(1, choices[widest].count / 8))
    }
    var best: TableMove?
    var chosen = [Int](repeating: 0, count: choices.count)
    while true {
      let lines = chosen.indices.map { choices[$0][chosen[$0]] }
      if let move = corners(lines, sign, opening: least, below: best?.cost ?? Int64.max) {
        best = move
      }
      guard let axis = chosen.indices.last(where: { chosen[$0] + 1 < choices[$0].count }) else {
        return best
      }
      chosen[axis] += 1
      for later in chosen.indices where later > axis { chosen[later] = 0 }
    }
  }

  private typealias Line = [(code: Int, sign: Int64)]

  /// By what the cells in line with this one cost; those that cannot change are left out.
  private func ranked(
    _ moves: [Line], _ key: [Int32], _ axis: Int, _ sign: Int64, opening least: Int64?
  ) -> [Line] {
    var costs: [(cost: Int64, index: Int)] = []
    for (index, line) in moves.enumerated() {
      var cost: Int64 = 0
      var place = key
      let isThere = line.allSatisfy { code, turn in
        place[axis] = Int32(truncatingIfNeeded: code)
        guard let cell = system.places[place], allows(Int(cell), sign * turn, opening: least) else {
          return false
        }
        cost += self.cost(Int(cell))
        return true
      }
      if isThere { costs.append((cost, index)) }
    }
    return costs.sorted { $0 < $1 }.map { moves[$0.index] }
  }

  private func corners(
    _ lines: [Line], _ sign: Int64, opening least: Int64?, below limit: Int64
  ) -> TableMove? {
    var steps: [(key: [Int32], sign: Int64)] = [([], sign)]
    for line in lines {
      steps = steps.flatMap { step in
        line.map { (step.key + [Int32(truncatingIfNeeded: $0.code)], step.sign * $0.sign) }
      }
    }
    var (cells, cost): ([(cell: Int, sign: Int64)], Int64) = ([], 0)
    for step in steps {
      guard let place = system.places[step.key] else { return nil }
      let cell = Int(place)
      guard allows(cell, step.sign, opening: least) else { return nil }
      cost += self.cost(cell) + 1
      guard cost < limit else { return nil }
      cells.append((cell, step.sign))
    }
    return TableMove(steps: cells, cost: cost)
  }
}
