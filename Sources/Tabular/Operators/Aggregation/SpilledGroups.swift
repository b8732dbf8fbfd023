/// The groups that a worker held when it went over to scratch, by partition.
struct HeldGroups {
  let worker: AggregationWorker
  let keys: [FlatColumn]
  /// Numbers of groups by partition.
  let rows: [[Int32]]

  init(_ worker: AggregationWorker, _ seed: HashSeed, level: Int) throws {
    self.worker = worker
    let count = worker.index.count
    // Several threads will read them.
    for accumulator in worker.accumulators { accumulator.grow(to: count) }
    keys = try worker.index.keys()
    var rows = [[Int32]](repeating: [], count: RowPartitions.count)
    for start in stride(from: 0, to: count, by: Batch.usualRows) {
      let part = (start..<Swift.min(start + Batch.usualRows, count)).map {
        Int32(truncatingIfNeeded: $0)
      }
      let columns = try keys.map { try $0.gathered(part) }
      let hashes = try KeyHashes.of(columns, rows: part.count, seed)
      for (place, hash) in hashes.enumerated() {
        rows[RowPartitions.partition(hash, level: level)].append(part[place])
      }
    }
    self.rows = rows
  }
}

/// An aggregation whose groups did not fit into memory: taken up again partition by partition, each
/// of which has all that is known of its groups.
struct SpilledGroups: @unchecked Sendable {
  private let plan: Aggregation
  private let resources: Resources
  private let level: Int
  private let held: [HeldGroups]
  private let partitions: [RowPartitions]
  private let scales: DecimalScales
  private let totals: [(any Accumulator)?]

  init(_ plan: Aggregation, _ workers: [AggregationWorker], _ resources: Resources) throws {
    var scales = DecimalScales()
    for worker in workers { scales.merge(worker.scales) }
    try self.init(
      plan, workers, resources, level: 0, scales: scales, totals: try plan.totals(workers))
  }

  private init(
    _ plan: Aggregation, _ workers: [AggregationWorker], _ resources: Resources, level: Int,
    scales: DecimalScales, totals: [(any Accumulator)?]
  ) throws {
    (self.plan, self.resources, self.level) = (plan, resources, level)
    (self.scales, self.totals) = (scales, totals)
    held = try workers.map { try HeldGroups($0, plan.seed, level: level) }
    partitions = workers.compactMap(\.spilled)
  }

  /// A thread's finished groups.
  private final class Lane: @unchecked Sendable {
    let groups: any BreakerWorker
    var count = 0

    init(_ groups: any BreakerWorker) { self.groups = groups }
  }

  /// All groups in the order of their keys, and their number.
  func sorted() throws -> (any BatchSource, Int) {
    let sort = Sort(plan.keys.indices.map { SortKey(column: $0) })
    let lanes = (0..<Swift.max(resources.threads, 1)).map { _ in
      Lane(sort.makeWorker(resources))
    }
    try SideBySide.run(RowPartitions.count, lanes: lanes.count) { partition, lane in
      try finish(partition) { batch in
        lanes[lane].count += batch.rowCount
        try lanes[lane].groups.consume(batch)
      }
    }
    var tally = Tally()
    let source = try sort.finish(lanes.map(\.groups), resources, tally: &tally)
    return (source, lanes.reduce(0) { $0 + $1.count })
  }

  /// Hands out a partition's groups.
  private func finish(_ partition: Int, _ take: (Batch) throws -> Void) throws {
    if held.allSatisfy({ $0.rows[partition].isEmpty }),
      partitions.allSatisfy({ $0.size(partition) == 0 })
    {
      return
    }
    let state = AggregationWorker(plan, resources, level: level + 1)
    try state.take(scales.batch(plan.types))
    for groups in held { try state.absorb(groups, partition: partition) }
    for rows in partitions { try rows.each(partition) { try state.take($0) } }
    guard state.spilled == nil else {
      let inner = try SpilledGroups(
        plan, [state], resources, level: level + 1, scales: scales, totals: totals)
      for partition in 0..<RowPartitions.count { try inner.finish(partition, take) }
      return
    }
    if state.index.count == 0 { return }
    let source = try plan.output(state, totals)
    while let batch = try source.next() { try take(batch) }
  }
}
