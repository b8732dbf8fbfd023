/// Rows that a breaker works on key by key, when they are too many to hold: on disk apart by a hash
/// of their keys, each with its ordinal in a column behind the others, worked on partition by
/// partition, and given out in the order of the stream.
struct KeyedRows: Sendable {
  let keys: [Int]
  let types: [DataType]
  let seed: HashSeed
  /// The operator's name, in messages.
  let name: String

  /// The position of the ordinals' column.
  var ordinals: Int { types.count }

  /// Writes a batch's rows.
  /// - Parameter ordinals: of the rows; nil for those that their batch gives them.
  func put(_ batch: Batch, ordinals: [Int64]? = nil, into partitions: RowPartitions) throws {
    guard batch.columns.count == types.count else { throw OperatorMessages.wrongColumn }
    var batch = batch
    let ordinals = ordinals ?? (0..<batch.rowCount).map { batch.ordinal($0) }
    batch.columns.append(Column(.integer(ordinals)))
    try apart(batch, into: partitions, level: 0)
  }

  private func apart(_ batch: Batch, into partitions: RowPartitions, level: Int) throws {
    let hashes = try KeyHashes.of(try batch.columns(keys), rows: batch.rowCount, seed)
    try partitions.add(batch, RowPartitions.apart(hashes, level: level) { _ in true })
  }

  private final class Lane: @unchecked Sendable {
    let rows: any BreakerWorker
    var count = 0

    init(_ rows: any BreakerWorker) { self.rows = rows }
  }

  /// The rows that `work` makes of all rows, and their number.
  /// - Parameter work: gets all rows of some keys in their order, and gives rows with the ordinals'
  ///   column in its place.
  func worked(
    _ partitions: [RowPartitions], _ resources: Resources,
    _ work: @Sendable ([Batch]) throws -> [Batch]
  ) throws -> (any BatchSource, Int) {
    let sort = Sort([SortKey(column: ordinals)])
    let lanes = (0..<Swift.max(resources.threads, 1)).map { _ in
      Lane(sort.makeWorker(resources))
    }
    try SideBySide.run(RowPartitions.count, lanes: lanes.count) { partition, lane in
      try finish(partitions, partition, level: 0, resources, work) { batch in
        lanes[lane].count += batch.rowCount
        try lanes[lane].rows.consume(batch)
      }
    }
    var tally = Tally()
    let source = try sort.finish(lanes.map(\.rows), resources, tally: &tally)
    return (Without(column: ordinals, source: source), lanes.reduce(0) { $0 + $1.count })
  }

  private func finish(
    _ partitions: [RowPartitions], _ partition: Int, level: Int, _ resources: Resources,
    _ work: ([Batch]) throws -> [Batch], _ take: (Batch) throws -> Void
  ) throws {
    let size = partitions.reduce(0) { $0 + $1.size(partition) }
    if size == 0 { return }
    if size > resources.share, level + 1 < RowPartitions.levels {
      let inner = try RowPartitions(folder: resources.scratch, level: level + 1)
      for rows in partitions {
        try rows.each(partition) { try apart($0, into: inner, level: level + 1) }
      }
      for partition in 0..<RowPartitions.count {
        try finish([inner], partition, level: level + 1, resources, work, take)
      }
      return
    }
    guard size <= resources.limit else { throw OperatorMessages.needsMemory(name) }
    var batches: [Batch] = []
    for rows in partitions { try rows.each(partition) { batches.append($0) } }
    batches.sort { $0.sequence < $1.sequence }
    for batch in try work(batches) { try take(batch) }
  }

  private struct Without: BatchSource {
    let column: Int
    let source: any BatchSource

    func next() throws -> Batch? {
      guard var batch = try source.next() else { return nil }
      batch.columns.remove(at: column)
      return batch
    }
  }
}
