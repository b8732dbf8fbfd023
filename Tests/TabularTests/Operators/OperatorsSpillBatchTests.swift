import Tabular
import TestSupport
import Testing

/// Rows that went over the disk come in the same batches: their ordinals decide what is sampled.
@Suite struct OperatorsSpillBatchTests {
  @Test func batchesAndSamplesDoNotDependOnMemory() throws {
    let folder = try TemporaryFolder()
    var dice = OperatorDice(11)
    let batches = try (0..<10).map { place in
      let cells = (0..<5_000).map { Value.integer(Int64((place * 5_000 + $0) * 7_919 % 10_007)) }
      let column = try #require(Column(cells, type: .integer))
      return Batch(columns: [column], rowCount: cells.count, sequence: place)
    }
    let sort = Sort([SortKey(column: 0)])
    let held = try run(sort, batches, workers: 2, &dice)
    let resources = OperatorsSpillTests.resources(folder, memory: 1 << 16)
    let spilled = try run(sort, batches, workers: 2, with: resources, &dice)
    #expect(spilled.batches.map(\.rowCount) == held.batches.map(\.rowCount))
    let sample = Tabular.Sample(fraction: Decimal(digits: 1, scale: 2), seed: 7)
    let (first, second) = (sample.makeWorker(), sample.makeWorker())
    for (a, b) in zip(held.batches, spilled.batches) {
      let (kept, again) = (try first.process(a), try second.process(b))
      #expect(
        (0..<kept.rowCount).map { kept.columns[0].value($0) }
          == (0..<again.rowCount).map { again.columns[0].value($0) })
    }
  }
}
