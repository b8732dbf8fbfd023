import Anonymise
import Testing

/// What classes must be in a sensitive field, against definitions and published examples.
@Suite struct KAnonymitySpreadTests {
  private func holds(_ kind: SpreadRule.Kind, _ counts: [Int], of whole: [Int]) -> Bool {
    let cells = counts.enumerated().filter { $1 > 0 }.map {
      SensitiveCounts.Cell(place: 0, value: Int32($0), rows: $1)
    }
    return SpreadRule(kind, whole: whole).holds(cells[...])
  }

  /// The salaries of Li, Li and Venkatasubramanian (2007): 3k, 4k … 11k.
  @Test func closenessOfThePublishedSalaries() {
    let whole = Array(repeating: 1, count: 9)
    let low = [1, 1, 1, 0, 0, 0, 0, 0, 0]
    let spread = [0, 0, 0, 1, 0, 1, 0, 0, 1]
    #expect(holds(.ordered(millionths: 375_000), low, of: whole))
    #expect(!holds(.ordered(millionths: 374_999), low, of: whole))
    #expect(holds(.ordered(millionths: 166_667), spread, of: whole))
    #expect(!holds(.ordered(millionths: 166_666), spread, of: whole))
    #expect(holds(.equal(millionths: 666_667), low, of: whole))
    #expect(!holds(.equal(millionths: 666_666), low, of: whole))
  }

  /// Two groups of two: all of one value has to give a quarter to its neighbour and half afar.
  @Test func closenessByAHierarchy() {
    let groups = [[0, 1, 2, 3], [0, 0, 2, 2], [0, 0, 0, 0]]
    let whole = [1, 1, 1, 1]
    let kind = { SpreadRule.Kind.hierarchical(millionths: $0, groups: groups) }
    #expect(holds(kind(625_000), [4, 0, 0, 0], of: whole))
    #expect(!holds(kind(624_999), [4, 0, 0, 0], of: whole))
    #expect(holds(kind(0), [1, 1, 1, 1], of: whole))
  }

  @Test func diversity() {
    let whole = [9, 9, 9]
    #expect(holds(.distinct(2), [3, 1, 0], of: whole))
    #expect(!holds(.distinct(3), [3, 1, 0], of: whole))
    // Equal frequencies have exactly the entropy of their number.
    for size in 2...9 {
      let equal = Array(repeating: 7, count: size)
      #expect(holds(.entropy(millionths: size * 1_000_000), equal, of: equal))
      #expect(!holds(.entropy(millionths: size * 1_000_000 + 1000), equal, of: equal))
    }
    #expect(!holds(.entropy(millionths: 2_000_000), [3, 1, 0], of: whole))
    // r1 < c · (r2 + …), strictly.
    #expect(!holds(.recursive(millionths: 2_000_000, 2), [4, 2, 0], of: whole))
    #expect(holds(.recursive(millionths: 2_000_001, 2), [4, 2, 0], of: whole))
    #expect(!holds(.recursive(millionths: 9_000_000, 3), [4, 2, 0], of: whole))
  }

  @Test func manyRowsDoNotOverflow() {
    let whole = [4_000_000_000, 4_000_000_000]
    #expect(holds(.equal(millionths: 500_000), [3_000_000_000, 0], of: whole))
    #expect(!holds(.equal(millionths: 499_999), [3_000_000_000, 0], of: whole))
  }

  /// With and without rows left out, the search finds what trying all levels finds.
  @Test(arguments: 0..<40)
  func searchFindsWhatTryingAllFinds(_ seed: UInt64) throws {
    var dice = SmallDice(seed: seed &+ 1000)
    let table = SmallTable(&dice)
    let values = table.rows.map { _ in dice.below(3) }
    var tuples = table.tuples
    var counts: [SensitiveCounts.Cell: Int] = [:]
    for (row, value) in zip(table.rows, values) {
      let key = table.key(row)
      let place = Int32(try #require(tuples.keys.firstIndex(of: key)))
      counts[.init(place: place, value: Int32(value), rows: 0), default: 0] += 1
    }
    let cells = counts.map { cell, rows in
      SensitiveCounts.Cell(place: cell.place, value: cell.value, rows: rows)
    }
    tuples.sensitive = [SensitiveCounts(cells: cells, values: 3)]
    let kinds: [SpreadRule.Kind] = [
      .distinct(2), .entropy(millionths: 1_700_000), .recursive(millionths: 1_500_000, 2),
      .equal(millionths: 300_000), .ordered(millionths: 250_000),
    ]
    let rule = SpreadRule(kinds[dice.below(kinds.count)], whole: tuples.sensitive[0].whole)
    let most = dice.below(2) == 0 ? 0 : dice.below(table.rows.count)
    let lattice = try #require(Lattice(heights: table.levels.map(\.count)))
    var search = FullDomainSearch(
      Requirement(k: 2, spreads: [[rule]], most: most), budget: 10_000, lattice: lattice,
      domains: table.domains, tuples: tuples,
      objective: Objective(.lossGeometric, table.domains, tuples))
    let found = search.run()
    var best: Double?
    for node in 0..<lattice.count {
      let levels = lattice.levels(node)
      let (score, lost, _) = table.outcome(levels, k: 2, .lossGeometric) { rows in
        var counts = [0, 0, 0]
        for row in rows { counts[values[row]] += 1 }
        return holds(rule.kind, counts, of: tuples.sensitive[0].whole)
      }
      if lost <= most { best = min(best ?? score, score) }
    }
    #expect((found == nil) == (best == nil))
    if let found, let best { #expect(abs(found.score - best) < 1e-9) }
  }
}
