/// Computes columns from neighbouring rows: rows are partitioned by keys and ordered within their
/// partition, then by ordinal. The rows stay as they are and in their order; the results are
/// appended as columns.
public struct Window: Breaker {
  /// One computed column.
  public struct Call: Sendable {
    public let function: WindowFunction
    /// The position of the argument's column, for functions that take one.
    public let argument: Int?
    /// The name in messages.
    public let name: String

    public init(_ function: WindowFunction, of argument: Int? = nil, name: String) {
      (self.function, self.argument, self.name) = (function, argument, name)
    }
  }

  private let partition: [Int]
  private let order: [SortKey]
  private let calls: [Call]
  private let types: [DataType]
  private let seed: HashSeed

  /// - Parameters:
  ///   - partition: positions of the columns whose values must agree; with none, one partition.
  ///   - order: of the rows within a partition.
  ///   - inputTypes: the types of all input columns.
  ///   - seed: for hashing; no result depends on it.
  public init(
    partition: [Int], order: [SortKey], calls: [Call], inputTypes: [DataType],
    seed: HashSeed = .run
  ) {
    (self.partition, self.order, self.calls) = (partition, order, calls)
    (types, self.seed) = (inputTypes, seed)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker { Worker(self, resources) }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let workers = try workers.map { worker in
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      return worker
    }
    let rows = workers.reduce(0) { $0 + $1.rows }
    tally.rowsIn += rows
    tally.rowsOut += rows
    guard workers.contains(where: { $0.spilled != nil }) else {
      return BatchList(
        try computed(workers.flatMap(\.batches).sorted { $0.sequence < $1.sequence }))
    }
    var scales = DecimalScales()
    for worker in workers {
      try worker.spill()
      scales.merge(worker.scales)
    }
    let none = scales.batch(types + [.integer])
    return try rowsByKey.worked(workers.compactMap(\.spilled), resources) {
      try computed([none] + $0)
    }.0
  }

  private var rowsByKey: KeyedRows {
    KeyedRows(keys: partition, types: types, seed: seed, name: "window")
  }

  /// Holds its batches; past its share they go to scratch, apart by the partitions' keys.
  private final class Worker: BreakerWorker {
    private let plan: Window
    private let resources: Resources
    private(set) var rows = 0
    private(set) var batches: [Batch] = []
    private(set) var spilled: RowPartitions?
    private(set) var scales = DecimalScales()
    private var held = 0

    init(_ plan: Window, _ resources: Resources) { (self.plan, self.resources) = (plan, resources) }

    func consume(_ batch: Batch) throws {
      rows += batch.rowCount
      scales.note(batch, plan.calls.compactMap(\.argument))
      batches.append(batch)
      held += batch.heldBytes
      if held <= resources.share { return }
      if !plan.partition.isEmpty { return try spill() }
      guard held <= resources.limit else { throw OperatorMessages.needsMemory("window") }
    }

    /// Writes what is held to scratch.
    func spill() throws {
      let spilled = try self.spilled ?? RowPartitions(folder: resources.scratch, level: 0)
      self.spilled = spilled
      for batch in batches { try plan.rowsByKey.put(batch, into: spilled) }
      (batches, held) = ([], 0)
    }
  }

  /// The batches with the results behind their columns.
  /// - Parameter batches: in order; all rows of some partitions.
  private func computed(_ batches: [Batch]) throws -> [Batch] {
    var batches = batches
    let count = batches.reduce(0) { $0 + $1.rowCount }
    guard count < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
    let frame = try makeFrame(batches, count)
    for call in calls {
      let result = try column(call, frame, batches)
      var start = 0
      for index in batches.indices {
        let rows = start..<start + batches[index].rowCount
        batches[index].columns.append(try result.slice(rows))
        start = rows.upperBound
      }
    }
    return batches
  }

  private func column(
    _ call: Call, _ frame: WindowFrame, _ batches: [Batch]
  ) throws -> WindowResult {
    let type = try call.argument.map { position in
      guard types.indices.contains(position) else { throw OperatorMessages.wrongColumn }
      return types[position]
    }
    guard call.function.resultType(type) != nil else {
      throw OperatorMessages.notApplicable(call.function.name, call.name)
    }
    guard let position = call.argument, let type else {
      return .column(try FlatColumn(Column(.integer(frame.numbers(call.function)))))
    }
    let argument = try FlatColumn(joining: batches.map { try $0.column(position) }, type: type)
    switch call.function {
    case .lag(let rows): return .places(frame.neighbours(rows, before: true), argument)
    case .lead(let rows): return .places(frame.neighbours(rows, before: false), argument)
    case .rollingMin(let rows):
      let words = try SortKey(column: 0).words(argument)
      return .places(frame.leastPlaces(words, argument.validity, rows), argument)
    case .rollingMax(let rows):
      let words = try SortKey(column: 0, descending: true).words(argument)
      return .places(frame.leastPlaces(words, argument.validity, rows), argument)
    default:
      guard let plain = argument.plain else { throw OperatorMessages.wrongColumn }
      let arithmetic = WindowArithmetic(call: call, frame: frame, argument: plain)
      return .column(try FlatColumn(try arithmetic.column()))
    }
  }

  private func makeFrame(_ batches: [Batch], _ count: Int) throws -> WindowFrame {
    guard partition.allSatisfy(types.indices.contains),
      order.allSatisfy({ types.indices.contains($0.column) })
    else { throw OperatorMessages.wrongColumn }
    var index = KeyIndex(partition.map { types[$0] }, seed)
    var groups: [UInt64] = []
    groups.reserveCapacity(count)
    var ids: [Int32] = []
    for batch in batches {
      try index.assign(try batch.columns(partition), rows: batch.rowCount, into: &ids)
      for id in ids { groups.append(UInt64(truncatingIfNeeded: id)) }
    }
    let words = try order.flatMap { key in
      let pieces = try batches.map { try $0.column(key.column) }
      return try key.words(try FlatColumn(joining: pieces, type: types[key.column]))
    }
    return WindowFrame(groups: groups, orderWords: words)
  }
}

/// A computed column over all rows.
enum WindowResult {
  case column(FlatColumn)
  /// The argument's values at some places, null at −1.
  case places([Int32], FlatColumn)

  func slice(_ rows: Range<Int>) throws -> Column {
    switch self {
    case .column(let column):
      try column.gathered(rows.map { Int32(truncatingIfNeeded: $0) })
    case .places(let places, let column): try column.gatheredOrNull(Array(places[rows]))
    }
  }
}
