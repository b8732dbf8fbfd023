/// An aggregation's state on one thread: keys, and what is known of each group.
final class AggregationWorker: BreakerWorker {
  private let plan: Aggregation
  private let resources: Resources
  /// How often the rows that come were put apart before.
  private let level: Int
  private(set) var index: KeyIndex
  private(set) var accumulators: [any Accumulator]
  private(set) var rows = 0
  /// Where rows go whose keys are not among those held; nil as long as all are held.
  private(set) var spilled: RowPartitions?
  /// Over the rows that went to scratch, where a share needs it; in the order of `needs`.
  private(set) var totals: [(any Accumulator)?]
  private(set) var scales = DecimalScales()
  /// Columns that the aggregation reads.
  private let needed: Set<Int>
  private var groups: [Int32] = []
  private var allRows: [Int32] = []
  private var hits = 0
  private var looks = 0

  init(_ plan: Aggregation, _ resources: Resources, level: Int = 0) {
    (self.plan, self.resources, self.level) = (plan, resources, level)
    let types = plan.types
    index = KeyIndex(plan.keys.filter(types.indices.contains).map { types[$0] }, plan.seed)
    accumulators = plan.needs.map { plan.makeAccumulator($0) }
    totals = plan.needs.map { _ in nil }
    needed = Set(plan.keys + plan.needs.flatMap { [$0.argument, $0.condition].compactMap(\.self) })
  }

  func consume(_ batch: Batch) throws {
    if batch.rowCount == 0 { return }
    rows += batch.rowCount
    try take(try withComputed(batch))
  }

  /// Takes in rows whose computed columns are there.
  func take(_ batch: Batch) throws {
    scales.note(batch, needed)
    if let spilled { return try spill(batch, to: spilled) }
    try index.assign(try batch.columns(plan.keys), rows: batch.rowCount, into: &groups)
    try add(batch, to: accumulators, groups: index.count)
    try keepWithinMemory()
  }

  private func withComputed(_ batch: Batch) throws -> Batch {
    if plan.computed.isEmpty { return batch }
    guard batch.columns.count + plan.computed.count == plan.types.count else {
      throw OperatorMessages.wrongColumn
    }
    var result = batch
    for expression in plan.computed { result.columns.append(try expression.evaluate(batch)) }
    return result
  }

  func merge(_ other: AggregationWorker) throws {
    rows += other.rows
    let map = try index.absorb(other.index)
    for (mine, theirs) in zip(accumulators, other.accumulators) {
      mine.grow(to: index.count)
      theirs.grow(to: map.count)
      try mine.merge(theirs, map)
    }
  }

  /// Takes in some of the groups that another worker held when it went over to scratch.
  func absorb(_ held: HeldGroups, partition: Int) throws {
    let rows = held.rows[partition]
    if rows.isEmpty { return }
    var ids: [Int32] = []
    try index.assign(
      try held.keys.map { try $0.gathered(rows) }, rows: rows.count, into: &ids)
    var map = [Int32](repeating: -1, count: held.worker.index.count)
    for (place, row) in rows.enumerated() { map[Int(row)] = ids[place] }
    for (mine, theirs) in zip(accumulators, held.worker.accumulators) {
      mine.grow(to: index.count)
      try mine.merge(theirs, map)
    }
  }

  /// Adds the rows to the groups that `groups` names.
  /// - Parameters:
  ///   - count: of all groups.
  ///   - some: whether rows of negative groups are left out.
  private func add(
    _ batch: Batch, to accumulators: [(any Accumulator)?], groups count: Int, some: Bool = false
  ) throws {
    var everything: Selection?
    for (need, accumulator) in zip(plan.needs, accumulators) {
      guard let accumulator else { continue }
      let argument = try need.argument.map { try batch.column($0) }
      let condition = try need.condition.map { try batch.column($0) }
      accumulator.grow(to: count)
      let selection: Selection
      if argument?.validity.flags == nil, condition == nil, !some {
        selection = everything ?? allSelected(batch.rowCount)
        everything = selection
      } else {
        selection = try selected(argument, condition, some: some)
      }
      try accumulator.add(selection, argument ?? Column(.integer([])), batch)
    }
  }

  private func allSelected(_ count: Int) -> Selection {
    if allRows.count != count { allRows = (0..<count).map { Int32(truncatingIfNeeded: $0) } }
    return Selection(rows: allRows, groups: groups)
  }

  /// The rows whose argument is not null and whose condition is true.
  /// - Parameter some: whether rows of negative groups are left out.
  private func selected(
    _ argument: Column?, _ condition: Column?, some: Bool
  ) throws -> Selection {
    var wanted = argument?.validity.flags ?? Array(repeating: true, count: groups.count)
    if let condition {
      guard case .boolean(let flags) = condition.values, flags.count == wanted.count else {
        throw OperatorMessages.wrongColumn
      }
      for row in wanted.indices where !flags[row] || !condition.validity[row] {
        wanted[row] = false
      }
    }
    if some { for row in wanted.indices where groups[row] < 0 { wanted[row] = false } }
    return Selection(wanted, of: groups)
  }
}

extension AggregationWorker {
  /// Looks for a key before its row is written: for that many rows, and then as long as one in
  /// eight is found.
  private static let trialRows = 100_000

  /// Turns to scratch when the share is used up.
  private func keepWithinMemory() throws {
    if index.count == 0 { return }
    let held = accumulators.reduce(index.heldBytes) { $0 + $1.heldBytes }
    if held <= resources.share { return }
    if !plan.keys.isEmpty, level < RowPartitions.levels {
      spilled = try RowPartitions(folder: resources.scratch, level: level)
    } else if held > resources.limit {
      throw OperatorMessages.needsMemory("aggregate")
    }
  }

  private func spill(_ batch: Batch, to spilled: RowPartitions) throws {
    if batch.rowCount == 0 { return }
    let keys = try batch.columns(plan.keys)
    let grows = plan.needs.contains { $0.kind.growsWithRows }
    let looksUp = !grows && (looks < AggregationWorker.trialRows || hits * 8 > looks)
    if looksUp {
      try index.find(keys, rows: batch.rowCount, nulls: true, into: &groups)
      looks += batch.rowCount
      hits += groups.count { $0 >= 0 }
      try add(batch, to: accumulators, groups: index.count, some: true)
    } else {
      groups = Array(repeating: -1, count: batch.rowCount)
    }
    let hashes = try KeyHashes.of(keys, rows: batch.rowCount, plan.seed)
    let rows = RowPartitions.apart(hashes, level: level) { groups[$0] < 0 }
    var needed = batch
    for position in batch.columns.indices where !self.needed.contains(position) {
      needed.columns[position] = Column(
        .absent(batch.columns[position].type, count: batch.rowCount))
    }
    try spilled.add(needed, rows)
    if plan.totalled.isEmpty { return }
    for need in plan.totalled where totals[need] == nil {
      totals[need] = plan.makeAccumulator(plan.needs[need])
    }
    // Rows that are held count as groups held: the others are one group here.
    for row in groups.indices { groups[row] = groups[row] < 0 ? 0 : -1 }
    try add(needed, to: totals, groups: 1, some: true)
  }
}
