/// Keeps of each person's rows no more than a bound: rows of so many groups, so many of each.
///
/// Which groups stay is drawn for each person on its own, from its value and theirs, and of a
/// group's rows the first ones stay. What is kept of a person therefore depends on that person's
/// rows alone: adding or taking away others changes nothing of it, which differential privacy
/// rests on.
///
/// Behind the input's columns stands a boolean one: whether the row is the first that is kept of
/// its person in its group.
package struct BoundedContributions: Breaker {
  private let person: Int
  private let groups: [Int]
  private let mostGroups: Int
  private let mostRows: Int
  private let types: [DataType]
  private let choice: UInt64
  private let declared: DeclaredKeys?
  private let seed: HashSeed

  /// - Parameters:
  ///   - person: the position of the column that tells persons apart; rows where it is null leave.
  ///   - groups: positions of the columns that make the groups.
  ///   - mostGroups: groups that a person stays in, ≥ 1.
  ///   - mostRows: rows of a person that stay in a group, ≥ 1.
  ///   - declared: the groups that there are; rows of others leave. Nil for all that occur.
  ///   - choice: draws the groups that stay; it must not be known to who sends rows.
  package init(
    person: Int, groups: [Int], mostGroups: Int, mostRows: Int, inputTypes: [DataType],
    declared: DeclaredKeys?, choice: UInt64, seed: HashSeed = .run
  ) {
    (self.person, self.groups, types) = (person, groups, inputTypes)
    (self.mostGroups, self.mostRows) = (mostGroups, mostRows)
    (self.declared, self.choice, self.seed) = (declared, choice, seed)
  }

  /// The number of the input's columns: the position of the mark in what is given out.
  package var width: Int { types.count }

  package func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(self, resources)
  }

  package func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let workers = try workers.map { worker in
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      return worker
    }
    let source: any BatchSource
    let count: Int
    if workers.contains(where: { $0.spilled != nil }) {
      for worker in workers { try worker.spill() }
      (source, count) = try rowsByPerson.worked(workers.compactMap(\.spilled), resources) {
        try kept($0)
      }
    } else {
      let pieces = workers.flatMap { $0.give() }.sorted { $0.sequence < $1.sequence }
      var batches = try kept(pieces)
      for index in batches.indices { batches[index].columns.remove(at: types.count) }
      (source, count) = (BatchList(batches), batches.reduce(0) { $0 + $1.rowCount })
    }
    for worker in workers {
      tally.rowsIn += worker.rows
      for (way, rows) in worker.left { tally.left[way, default: 0] += rows }
    }
    let stayed = workers.reduce(0) { $0 + $1.rows - $1.left.values.reduce(0, +) }
    tally.rowsOut += count
    tally.left[RowWay.overBound, default: 0] += stayed - count
    return source
  }

  private var rowsByPerson: KeyedRows {
    KeyedRows(keys: [person], types: types, seed: seed, name: "dp_aggregate")
  }

  private func ordinals(of batch: Batch) throws -> [Int64] {
    guard case .integer(let ordinals) = try batch.column(types.count).values else {
      throw OperatorMessages.wrongColumn
    }
    return ordinals
  }

  /// The rows that stay of some persons, with their marks behind their ordinals.
  /// - Parameter pieces: all rows of these persons, with their ordinals behind the input's columns.
  private func kept(_ pieces: [Batch]) throws -> [Batch] {
    var persons = KeyIndex([types[person]], seed)
    var cells = KeyIndex(groups.map { types[$0] }, seed)
    var rows = Rows()
    var ids: [Int32] = []
    for batch in pieces {
      try persons.assign([try batch.column(person)], rows: batch.rowCount, into: &ids)
      rows.persons += ids
      try cells.assign(try batch.columns(groups), rows: batch.rowCount, into: &ids)
      rows.groups += ids
      rows.ordinals += try ordinals(of: batch)
    }
    guard rows.persons.count < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
    let (personHashes, groupHashes) = (persons.stableHashes(), cells.stableHashes())
    let draws = rows.persons.indices.map { row in
      let mixed = personHashes[Int(rows.persons[row])] ^ choice
      let drawn = Sample.hash(seed: mixed, ordinal: 0) ^ groupHashes[Int(rows.groups[row])]
      return Sample.hash(seed: drawn, ordinal: Int64(bitPattern: choice))
    }
    let words = [
      rows.persons.map { UInt64(truncatingIfNeeded: $0) }, draws,
      rows.groups.map { UInt64(truncatingIfNeeded: $0) },
      rows.ordinals.map { UInt64(bitPattern: $0) },
    ]
    let marks = marks(rows, RowOrder.sorted(words, count: rows.persons.count))
    return Self.marked(pieces, marks)
  }

  private struct Rows {
    var persons: [Int32] = []
    var groups: [Int32] = []
    var ordinals: [Int64] = []
  }

  /// For each row: 0 when it leaves, 1 when it stays, 2 when it is the first of its group.
  private func marks(_ rows: Rows, _ order: [Int32]) -> [UInt8] {
    var marks = [UInt8](repeating: 0, count: order.count)
    var (person, group): (Int32, Int32) = (-1, -1)
    var (groups, inGroup) = (0, 0)
    for place in order {
      let row = Int(place)
      if rows.persons[row] != person {
        (person, group, groups) = (rows.persons[row], -1, 0)
      }
      if rows.groups[row] != group {
        (group, inGroup) = (rows.groups[row], 0)
        groups += 1
      }
      inGroup += 1
      if groups <= mostGroups, inGroup <= mostRows { marks[row] = inGroup == 1 ? 2 : 1 }
    }
    return marks
  }

  private static func marked(_ batches: [Batch], _ marks: [UInt8]) -> [Batch] {
    var start = 0
    return batches.compactMap { batch in
      let mine = marks[start..<(start + batch.rowCount)]
      start += batch.rowCount
      let rows = mine.indices.filter { mine[$0] > 0 }
      if rows.isEmpty { return nil }
      var some = batch.gathered(rows.map { Int32(truncatingIfNeeded: $0 - mine.startIndex) })
      some.columns.append(Column(.boolean(rows.map { mine[$0] == 2 })))
      return some
    }
  }

  /// Holds rows; past its share they go to scratch, apart by their persons.
  private final class Worker: BreakerWorker {
    private let plan: BoundedContributions
    private let resources: Resources
    private(set) var spilled: RowPartitions?
    private(set) var rows = 0
    private(set) var left: [String: Int] = [:]
    private var held = 0
    private var batches: [Batch] = []
    private var ids: [Int32] = []

    /// What bounding takes for each row beside its values.
    private static let boundBytes = 128

    init(_ plan: BoundedContributions, _ resources: Resources) {
      (self.plan, self.resources) = (plan, resources)
    }

    func give() -> [Batch] {
      defer { batches = [] }
      return batches
    }

    func spill() throws {
      let spilled = try self.spilled ?? RowPartitions(folder: resources.scratch, level: 0)
      self.spilled = spilled
      for batch in give() { try put(batch, into: spilled) }
      held = 0
    }

    private func put(_ batch: Batch, into partitions: RowPartitions) throws {
      var batch = batch
      guard case .integer(let ordinals) = batch.columns.removeLast().values else {
        throw OperatorMessages.wrongColumn
      }
      try plan.rowsByPerson.put(batch, ordinals: ordinals, into: partitions)
    }

    func consume(_ batch: Batch) throws {
      rows += batch.rowCount
      let persons = try batch.column(plan.person)
      if let declared = plan.declared {
        try declared.index.find(
          try batch.columns(plan.groups), rows: batch.rowCount, nulls: true, into: &ids)
      }
      var stay: [Int32] = []
      for row in 0..<batch.rowCount {
        if !persons.validity[row] {
          left[RowWay.noPerson, default: 0] += 1
        } else if plan.declared != nil, ids[row] < 0 {
          left[RowWay.undeclared, default: 0] += 1
        } else {
          stay.append(Int32(truncatingIfNeeded: row))
        }
      }
      if stay.isEmpty { return }
      var some = stay.count == batch.rowCount ? batch : batch.gathered(stay)
      some.columns.append(Column(.integer(stay.map { batch.ordinal(Int($0)) })))
      if let spilled { return try put(some, into: spilled) }
      held += some.heldBytes + Self.boundBytes * some.rowCount
      batches.append(some)
      if held > resources.share { try spill() }
    }
  }
}
