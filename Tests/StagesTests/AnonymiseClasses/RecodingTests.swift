import Anonymise
import Testing

/// Failing classes recoded again: what is published, recounted row by row.
@Suite struct RecodingTests {
  private static let models = OracleModel.allCases.filter {
    $0 != .presenceAtLeast && $0 != .presenceAtMost
  }

  @Test(arguments: RecodingTests.models)
  func keepsTheModelsAndNeverCostsMore(_ model: OracleModel) throws {
    var better = 0
    for seed in 0..<120 {
      var dice = SmallDice(seed: UInt64(seed) &+ 90_000)
      let oracle = OracleTable(model, &dice)
      let kinds = Objective.Kind.allCases
      let kind = kinds[dice.below(kinds.count)]
      let most = dice.below(2) == 0 ? 0 : dice.below(oracle.values.count + 1)
      let lattice = try #require(Lattice(heights: oracle.table.levels.map(\.count)))
      func outcome(_ rounds: Int) -> RecodingSearch.Outcome? {
        var search = RecodingSearch(
          oracle.requirement(most), budget: 10_000, lattice: lattice,
          domains: oracle.table.domains, tuples: oracle.tuples,
          objective: Objective(kind, oracle.table.domains, oracle.tuples), rounds: rounds)
        return search.run()
      }
      let (whole, local) = (outcome(1), outcome(4))
      #expect(local != nil || whole == nil)
      guard let local else { continue }
      if let whole {
        #expect(local.score <= whole.score && local.whole == whole.score)
        if local.score < whole.score { better += 1 }
      }
      #expect(local.recoding.rounds.count <= 4)
      expectSound(oracle, local.recoding, most: most)
      // The same levels, given, give the same.
      let again = Recoding(
        local.recoding.rounds.map(\.levels), oracle.requirement(most), oracle.table.domains,
        oracle.tuples)
      #expect(again.holds && again.suppressed == local.recoding.suppressed)
      #expect(again.classes == local.recoding.classes)
    }
    #expect(better >= 3, "\(model)")
  }

  private func expectSound(_ oracle: OracleTable, _ recoding: Recoding, most: Int) {
    var published: [[String]: [Int]] = [:]
    var levels: [[String]: [Int]] = [:]
    var left = 0
    for (index, row) in oracle.table.rows.enumerated() {
      let key = oracle.table.key(row)
      let round = recoding.rounds.first { round in
        !round.verdict.failing.contains { round.classes.keys[$0] == round.map.key(key) }
      }
      guard let round else {
        left += 1
        continue
      }
      let texts = row.indices.map { oracle.table.levels[$0][round.levels[$0]][row[$0]] }
      published[texts, default: []].append(index)
      levels[texts] = round.levels
    }
    #expect(left == recoding.suppressed && left <= most)
    for (texts, members) in published {
      let alike = oracle.alike(texts, levels[texts] ?? [])
      #expect(oracle.isSound(members, alike: alike), "\(oracle.model)")
    }
  }
}
