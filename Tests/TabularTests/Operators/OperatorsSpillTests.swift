import Foundation
import Tabular
import TestSupport
import Testing

/// Operators that put rows on disk give out what they would have given out without.
@Suite struct OperatorsSpillTests {
  static func resources(_ folder: TemporaryFolder, memory: Int) -> Resources {
    Resources(threads: 2, memory: memory, scratch: folder.url.path())
  }

  @Test(arguments: 0..<60)
  func sortsOnDiskAreTheSame(_ seed: Int) throws {
    let folder = try TemporaryFolder()
    var (table, batches, dice) = try OperatorsTableTests.table(seed, rows: 20 + seed * 11)
    let keys = OperatorsTableTests.keys(&dice)
    let expected = OperatorsTableTests.sorted(table.rows, keys)
    // From a run for every batch to a few runs, and none.
    for memory in [1, 1 << 14, 1 << 16, 1 << 30] {
      for workers in [1, 3] {
        let resources = Self.resources(folder, memory: memory)
        let sorted = try run(Sort(keys), batches, workers: workers, with: resources, &dice)
        #expect(sorted.rows == expected, "seed \(seed), \(memory) bytes, \(workers) workers")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
  }

  /// More rows than a piece of a run and a batch of a merge hold.
  @Test func manyRowsAreMerged() throws {
    let folder = try TemporaryFolder()
    var dice = OperatorDice(5)
    let rows: [[Value]] = (0..<60_000).map {
      [.integer(Int64(($0 * 7919) % 1009)), .text("r\($0)"), .null]
    }
    let types: [DataType] = [.integer, .text, .text]
    let batches = try (0..<12).map { place in
      let part = Array(rows[(place * 5000)..<((place + 1) * 5000)])
      let columns = try types.indices.map { position in
        try #require(Column(part.map { $0[position] }, type: types[position]))
      }
      return Batch(columns: columns, rowCount: part.count, sequence: place)
    }
    let keys = [SortKey(column: 0, descending: true)]
    let resources = Self.resources(folder, memory: 1 << 20)
    let sorted = try run(Sort(keys), batches, workers: 2, with: resources, &dice)
    #expect(sorted.rows == OperatorsTableTests.sorted(rows, keys))
  }

  @Test func aScratchFolderThatIsNoneIsTold() throws {
    var (_, batches, dice) = try OperatorsTableTests.table(1, rows: 100)
    let resources = Resources(threads: 1, memory: 1, scratch: "/nowhere/at/all")
    #expect(throws: SpillError.self) {
      try run(Sort([SortKey(column: 0)]), batches, workers: 1, with: resources, &dice)
    }
  }
}
