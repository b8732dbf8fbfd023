import Foundation
import Tabular
import TestSupport
import Testing

/// Rows that are worked on key by key come out the same when they went over the disk.
@Suite struct OperatorsKeyedSpillTests {
  private static let memories = [1, 1 << 13, 1 << 15, 1 << 30]

  private static func check(
    _ breaker: any Breaker, _ batches: [Batch], _ dice: inout OperatorDice
  ) throws {
    let folder = try TemporaryFolder()
    let held = try run(breaker, batches, &dice)
    for memory in memories {
      let resources = OperatorsSpillTests.resources(folder, memory: memory)
      let spilled = try run(breaker, batches, workers: 3, with: resources, &dice)
      #expect(spilled.rows == held.rows, "\(memory) bytes")
      #expect(spilled.tally == held.tally)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
  }

  @Test(arguments: 0..<20)
  func duplicatesOnDiskAreTheSame(_ seed: Int) throws {
    var (_, batches, dice) = try OperatorsTableTests.table(seed, rows: 40 + seed * 17)
    let keys = (0..<(1 + dice.below(3))).map { _ in dice.below(everyType.count) }
    let order = OperatorsTableTests.keys(&dice)
    for keep in [Deduplicate.Keep.first, .last, .leading(order)] {
      let deduplicate = Deduplicate(
        keys: keys, keep: keep, inputTypes: everyType, seed: HashSeed(UInt64(seed)))
      try Self.check(deduplicate, batches, &dice)
    }
  }

  @Test(arguments: 0..<20)
  func windowsOnDiskAreTheSame(_ seed: Int) throws {
    var (_, batches, dice) = try OperatorsTableTests.table(seed + 100, rows: 40 + seed * 17)
    let partition = (0..<dice.below(3)).map { _ in dice.below(everyType.count) }
    let window = Window(
      partition: partition, order: OperatorsTableTests.keys(&dice),
      calls: OperatorsWindowTests.calls, inputTypes: everyType, seed: HashSeed(UInt64(seed)))
    try Self.check(window, batches, &dice)
  }

  /// A mean is rounded by the decimals of the whole column, not by those of its partition.
  @Test func meansAreRoundedAlike() throws {
    var dice = OperatorDice(9)
    let batches = try [(0, 8), (1, 0), (2, 1)].map { place, scale in
      let amounts = (0..<9).map { Value.decimal(Decimal(digits: Int128(10 + $0), scale: scale)) }
      let columns = [
        try #require(Column(Array(repeating: .integer(Int64(place)), count: 9), type: .integer)),
        try #require(Column(amounts, type: .decimal)),
      ]
      return Batch(columns: columns, rowCount: 9, sequence: place)
    }
    let window = Window(
      partition: [0], order: [], calls: [.init(.rollingMean(7), of: 1, name: "mean")],
      inputTypes: [.integer, .decimal])
    try Self.check(window, batches, &dice)
  }

  @Test(arguments: 0..<10)
  func tablesOnDiskAreTheSame(_ seed: Int) throws {
    var (_, batches, dice) = try OperatorsTableTests.table(seed + 200, rows: 30 + seed * 20)
    try Self.check(Collect(), batches, &dice)
    let union = Union(
      types: [.decimal, .text], main: [3, 0],
      sides: [(HeldBatches(batches), [nil, 7]), (HeldBatches(batches), [3, 0])])
    try Self.check(union, batches, &dice)
  }

  /// What cannot be put apart by a key is held within the memory, or told.
  @Test func whatCannotBePutApartIsTold() throws {
    let folder = try TemporaryFolder()
    var dice = OperatorDice(3)
    let batches = try (0..<40).map { place in
      let cells = (0..<10_000).map { Value.integer(Int64(place * 10_000 + $0)) }
      let column = try #require(Column(cells, type: .integer))
      return Batch(columns: [column], rowCount: cells.count, sequence: place)
    }
    let resources = OperatorsSpillTests.resources(folder, memory: 1 << 20)
    let whole: [any Breaker] = [
      Window(
        partition: [], order: [], calls: [.init(.cumulativeSum, of: 0, name: "sum")],
        inputTypes: [.integer]),
      Complete([Complete.Dimension(column: 0)], inputTypes: [.integer]),
    ]
    for breaker in whole {
      #expect(throws: OperatorError.self) {
        try run(breaker, batches, workers: 2, with: resources, &dice)
      }
    }
  }
}
