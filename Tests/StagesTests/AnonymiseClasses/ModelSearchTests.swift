import Anonymise
import Testing

/// The search with every model and objective against trying all levels on rows.
@Suite struct ModelSearchTests {
  @Test(arguments: OracleModel.allCases)
  func findsWhatTryingAllFinds(_ model: OracleModel) throws {
    var (solved, unsolved) = (0, 0)
    for seed in 0..<500 where solved < 120 {
      var dice = SmallDice(seed: UInt64(seed) &+ 5000)
      let oracle = OracleTable(model, &dice)
      let kinds = Objective.Kind.allCases
      let kind = kinds[dice.below(kinds.count)]
      let most = dice.below(3) == 0 ? 0 : dice.below(oracle.values.count + 1)
      let lattice = try #require(Lattice(heights: oracle.table.levels.map(\.count)))
      let objective = Objective(kind, oracle.table.domains, oracle.tuples)
      var search = FullDomainSearch(
        oracle.requirement(most), budget: 10_000, lattice: lattice, domains: oracle.table.domains,
        tuples: oracle.tuples, objective: objective)
      let found = search.run()
      var best: Double?
      for node in 0..<lattice.count {
        let levels = lattice.levels(node)
        guard let left = oracle.left(levels, most: most) else { continue }
        best = min(best ?? .infinity, oracle.cost(kind, levels, left))
      }
      #expect((found == nil) == (best == nil), "\(model) \(seed)")
      guard let found, let best else {
        unsolved += 1
        continue
      }
      solved += 1
      let told = objective.told(found.score, fields: lattice.heights.count)
      #expect(abs(told - best) < 1e-6 * max(best, 1), "\(model) \(kind) \(seed): \(told) \(best)")
      #expect(found.isOptimal)
      // The cost of what was found is what is said of it.
      let left = oracle.left(found.levels, most: most)
      #expect(left?.count == found.suppressedRows)
      let own = left.map { oracle.cost(kind, found.levels, $0) } ?? .nan
      #expect(abs(told - own) < 1e-6 * max(own, 1))
    }
    #expect(solved >= 100, "\(model): \(solved) solved, \(unsolved) not")
  }

  @Test func boundariesAreExact() {
    func holds(_ kind: SpreadRule.Kind, _ counts: [Int], of whole: [Int]) -> Bool {
      let cells = counts.enumerated().filter { $1 > 0 }.map {
        SensitiveCounts.Cell(place: 0, value: Int32($0), rows: $1)
      }
      return SpreadRule(kind, whole: whole).holds(cells[...])
    }
    // Half here, a quarter there: as frequent again as there, and a factor of two.
    let whole = [10, 30]
    #expect(holds(.likeness(millionths: 1_000_000, isEnhanced: false), [2, 2], of: whole))
    #expect(!holds(.likeness(millionths: 999_999, isEnhanced: false), [2, 2], of: whole))
    // −ln ¼ = 1.386: three quarters here are twice too many.
    #expect(holds(.likeness(millionths: 2_000_000, isEnhanced: false), [3, 1], of: whole))
    #expect(!holds(.likeness(millionths: 2_000_000, isEnhanced: true), [3, 1], of: whole))
    #expect(!holds(.disclosure(millionths: 1_000_000), [2, 2], of: whole))
    #expect(holds(.disclosure(millionths: 1_000_001), [2, 2], of: whole))
    // A value that is not there is not judged.
    #expect(holds(.disclosure(millionths: 500_000), [0, 5], of: whole))
    let many = [3_000_000_000, 9_000_000_000]
    #expect(
      holds(.likeness(millionths: 1_000_000, isEnhanced: false), [1 << 31, 1 << 31], of: many))
  }
}
