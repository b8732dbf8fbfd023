import Anonymise
import Glibc
import StageKit
import StageTestSupport
import Tabular
import Testing

/// Perturbation by cell keys.
@Suite struct CellKeyTests {
  /// Shares of the noise of one count, by noise, over keys that stand for all.
  private func shares(_ table: PerturbationTable, _ count: Int64) -> [Int64: Double] {
    let keys = 1 << 16
    var found: [Int64: Int] = [:]
    for key in 0..<keys {
      let noise = table.perturbed(count, key: UInt32(key << 16 + 1 << 15)) - count
      found[noise, default: 0] += 1
    }
    return found.mapValues { Double($0) / Double(keys) }
  }

  @Test(arguments: [(5, 2.0, 1), (3, 1.0, 1), (8, 5.0, 3), (10, 8.0, 4), (2, 0.5, 1)])
  func noiseIsAsAsked(_ most: Int, _ variance: Double, _ least: Int) throws {
    let table = try #require(PerturbationTable(most: most, variance: variance, least: least))
    for count in Int64(1)...Int64(most + least + 3) {
      let shares = shares(table, count)
      let mean = shares.reduce(0) { $0 + Double($1.key) * $1.value }
      let square = shares.reduce(0) { $0 + Double($1.key * $1.key) * $1.value }
      #expect(abs(mean) < 0.003, "\(count)")
      #expect(abs(square - variance) < 0.01, "\(count)")
      for noise in shares.keys {
        let result = count + noise
        #expect(abs(noise) <= most && (result == 0 || result >= least))
      }
    }
  }

  /// Greatest entropy: the logarithm is a parabola, so that its second differences are alike.
  @Test func noiseTellsLeast() throws {
    let table = try #require(PerturbationTable(most: 4, variance: 3, least: 1))
    let shares = shares(table, 100)
    func bend(_ noise: Int64) -> Double {
      let around = (-1...1).map { log(shares[noise + Int64($0)] ?? 0) }
      return around[0] - 2 * around[1] + around[2]
    }
    for noise in Int64(-3)...3 { #expect(abs(bend(noise) - bend(0)) < 0.01) }
  }

  @Test func impossibleNoiseIsRefused() {
    // A count of 1 becomes 0 or 3 at least: of mean 0 the variance is 2 at least.
    #expect(PerturbationTable.variances(most: 5, least: 3) == (above: 2, below: 5))
    #expect(PerturbationTable(most: 5, variance: 2, least: 3) == nil)
    #expect(PerturbationTable(most: 5, variance: 2.1, least: 3) != nil)
    #expect(PerturbationTable(most: 1, variance: 0.5, least: 3) == nil)
  }

  /// The same rows are told by the same count, whatever they are grouped by and how they come.
  @Test func equalCellsAreAlike() throws {
    var rows: [[Value]] = []
    for id in 0..<400 {
      rows.append([
        .text("Q\(id % 20)"), .text("S\(id % 20)"), .integer(Int64(id)),
      ])
    }
    let facts = Facts(fields: [
      Field("q", .text, privacy: .none), Field("s", .text, privacy: .none),
      Field("id", .integer, privacy: .none),
    ])
    func counts(_ by: String, _ rows: [[Value]], each: Int, workers: Int) throws -> [Int64] {
      let bound = try BoundStage<CellKeyStage>(
        "{by: \(by), id: id, most: 5, variance: 4, scope: tableaux}",
        TestTable(facts: facts, rows: rows))
      let result = try bound.run(rowsEach: each, workers: workers)
      #expect(result.tally.balances)
      return result.rows.compactMap {
        if case .integer(let count)? = $0.last { count } else { nil }
      }
    }
    let byOne = try counts("[q]", rows, each: 400, workers: 1)
    #expect(Set(byOne).count > 3)
    #expect(try counts("[s]", rows.reversed(), each: 7, workers: 3).sorted() == byOne.sorted())
    #expect(
      try counts("[q, s]", Array(rows[150...] + rows[..<150]), each: 50, workers: 2).sorted()
        == byOne.sorted())
  }
}
