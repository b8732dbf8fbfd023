import Foundation
import Tabular
import TestSupport
import Testing

/// Groups that went over the disk are those that memory would have held.
@Suite struct OperatorsAggregationSpillTests {
  private static func resources(_ folder: TemporaryFolder, _ memory: Int) -> Resources {
    Resources(threads: 2, memory: memory, scratch: folder.url.path())
  }

  @Test(arguments: 0..<12)
  func groupsOnDiskAreTheSame(_ seed: Int) throws {
    let folder = try TemporaryFolder()
    var dice = OperatorDice(UInt64(seed) + 500)
    let table = CellTable(everyType, rows: 50 + dice.below(400), dice: &dice)
    let keys = (0..<(1 + dice.below(3))).map { _ in dice.below(everyType.count) }
    var measures = OperatorsAggregationTests.measures(everyType, condition: 1)
    measures.append(.init(.mean, of: 4, name: "mean of doubles"))
    measures.append(.init(.share, of: 4, name: "share of doubles"))
    if seed % 2 == 0 {
      // Without lists of values known keys stay in memory while others go to scratch.
      measures.removeAll {
        switch $0.function {
        case .countDistinct, .median, .quantile: true
        default: false
        }
      }
    }
    let batches = try table.batches(&dice)
    let aggregation = Aggregation(
      keys: keys, measures: measures, inputTypes: everyType, seed: HashSeed(UInt64(seed)))
    let held = try run(aggregation, batches, &dice)
    for memory in [1 << 10, 1 << 16, 1 << 17, 1 << 18, 1 << 20] {
      let spilled = try run(
        aggregation, batches, workers: 3, with: Self.resources(folder, memory), &dice)
      #expect(spilled.rows == held.rows, "\(memory) bytes, keys \(keys)")
      #expect(spilled.tally == held.tally)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
  }

  /// More keys than the memory holds, most of them several times, some of them very often.
  @Test(arguments: [1 << 19, 1 << 22])
  func manyKeysAreGrouped(_ memory: Int) throws {
    let folder = try TemporaryFolder()
    var dice = OperatorDice(77)
    let types: [DataType] = [.text, .integer, .decimal, .text]
    let batches = try (0..<20).map { place in
      let cells: [[Value]] = (0..<5_000).map { _ in
        let key = dice.chance(30) ? dice.below(10) : dice.below(40_000)
        return [
          key == 3 ? .null : .text("cle-\(key)"), .integer(Int64(key % 7)),
          .decimal(Decimal(digits: Int128(dice.below(1_000)), scale: place % 3)), .text("à côté"),
        ]
      }
      let columns = try types.indices.map { position in
        try #require(Column(cells.map { $0[position] }, type: types[position]))
      }
      return Batch(columns: columns, rowCount: cells.count, sequence: place)
    }
    let aggregation = Aggregation(
      keys: [0, 1],
      measures: [
        .init(.count, name: "n"), .init(.sum, of: 2, name: "s"), .init(.mean, of: 2, name: "m"),
        .init(.share, of: 2, name: "p"), .init(.last, of: 2, name: "l"),
      ],
      inputTypes: types, seed: HashSeed(1))
    let held = try run(aggregation, batches, workers: 2, &dice)
    let spilled = try run(
      aggregation, batches, workers: 2, with: Self.resources(folder, memory), &dice)
    #expect(spilled.rows == held.rows)
    #expect(spilled.tally == held.tally)
    #expect(spilled.batches.map(\.rowCount) == held.batches.map(\.rowCount))
  }

  /// One group's list of values cannot be taken apart: that is told, and memory stays within bounds.
  @Test func aListThatDoesNotFitIsTold() throws {
    let folder = try TemporaryFolder()
    var dice = OperatorDice(3)
    let batches = try (0..<30).map { place in
      let cells = (0..<10_000).map { Value.integer(Int64(place * 10_000 + $0)) }
      let column = try #require(Column(cells, type: .integer))
      return Batch(columns: [column], rowCount: cells.count, sequence: place)
    }
    let median = Aggregation(
      keys: [], measures: [.init(.median, of: 0, name: "m")], inputTypes: [.integer])
    #expect(throws: OperatorError.self) {
      try run(median, batches, workers: 2, with: Self.resources(folder, 1 << 20), &dice)
    }
  }
}
