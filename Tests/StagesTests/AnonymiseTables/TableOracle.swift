import Anonymise

/// All tables that agree with what is published, found by trying every one.
struct TableOracle {
  let system: TableSystem
  let isHidden: [Bool]
  /// The least that may stand in a hidden cell.
  let least: Int64

  /// For each hidden cell, all its values.
  func values() -> [Int: Set<Int64>] {
    var search = Search(oracle: self)
    search.run(0)
    return search.found
  }

  private struct Search {
    let oracle: TableOracle
    let hidden: [Int]
    var rests: [Int64]
    var left: [Int]
    var chosen: [Int64] = []
    var found: [Int: Set<Int64>] = [:]

    init(oracle: TableOracle) {
      self.oracle = oracle
      hidden = oracle.isHidden.indices.filter { oracle.isHidden[$0] }
      rests = oracle.system.equations.map { terms in
        terms.reduce(0) { sum, term in
          let cell = Int(term.index)
          return sum
            + (oracle.isHidden[cell] ? Int64(term.sign) * oracle.system.values[cell] : 0)
        }
      }
      left = oracle.system.equations.map { terms in
        terms.count { oracle.isHidden[Int($0.index)] }
      }
    }

    /// Tries all values of the hidden cells from one on.
    mutating func run(_ place: Int) {
      guard place < hidden.count else {
        for (cell, value) in zip(hidden, chosen) { found[cell, default: []].insert(value) }
        return
      }
      let cell = hidden[place]
      let sums = oracle.system.memberships[cell]
      for term in sums { left[Int(term.index)] -= 1 }
      for value in oracle.least...40 {
        for term in sums { rests[Int(term.index)] -= Int64(term.sign) * value }
        let isWhole = sums.allSatisfy { left[Int($0.index)] > 0 || rests[Int($0.index)] == 0 }
        let isOver = sums.contains { term in
          rests[Int(term.index)] < 0
            && oracle.system.equations[Int(term.index)].allSatisfy { $0.sign > 0 }
        }
        if isWhole, !isOver {
          chosen.append(value)
          run(place + 1)
          chosen.removeLast()
        }
        for term in sums { rests[Int(term.index)] += Int64(term.sign) * value }
        if isOver { break }
      }
      for term in sums { left[Int(term.index)] += 1 }
    }
  }
}

extension TableSystem {
  /// A table with all cells of a grid, in the order of the last dimension first.
  static func grid(
    _ sizes: [Int], _ values: [Int64], knowsMargins: Bool = true
  ) throws -> TableSystem {
    var keys: [[Int32]] = [[]]
    for size in sizes {
      keys = keys.flatMap { key in (0..<Int32(size)).map { key + [$0] } }
    }
    return try TableSystem(
      dimensions: sizes.map { .flat($0) }, keys: keys, values: values, knowsMargins: knowsMargins)
  }
}

extension TableSuppression {
  /// With the counts alone; cells of which nothing is asked are not hidden for their own sake.
  static func of(
    _ system: TableSystem, _ widths: [Int64], budget: Int = 2000
  ) throws -> TableSuppression {
    try TableSuppression(
      [TableAudit(system, widths)], hiding: widths.map { $0 > 0 }, budget: budget)
  }
}
