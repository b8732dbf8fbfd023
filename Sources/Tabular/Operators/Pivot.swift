/// Turns rows into columns: one row per key, and for each listed name the measures over the rows
/// that bear it. Names are listed, since columns come from the plan and never from the data; rows
/// with another name (or none) leave as `unlisted`.
///
/// Output: the key columns, then for each name a column per measure. Rows are sorted by key.
public struct Pivot: Breaker {
  private let name: Int
  private let names: [Value]
  private let types: [DataType]
  private let seed: HashSeed
  /// Of each measure, its own condition.
  private let conditions: [Int?]
  private let aggregation: Aggregation

  /// - Parameters:
  ///   - keys: positions of the columns that identify an output row.
  ///   - name: the position of the column whose values become columns.
  ///   - names: its values to make columns of.
  ///   - measures: what stands in the cells.
  ///   - inputTypes: the types of all input columns.
  ///   - seed: for hashing; no result depends on it.
  public init(
    keys: [Int], name: Int, names: [Value], measures: [Aggregation.Measure],
    inputTypes: [DataType], seed: HashSeed = .run
  ) {
    (self.name, self.names, types, self.seed) = (name, names, inputTypes, seed)
    var cells: [Aggregation.Measure] = []
    for place in names.indices {
      for (index, measure) in measures.enumerated() {
        // A worker appends a condition for each name and measure.
        let condition = inputTypes.count + place * measures.count + index
        cells.append(
          Aggregation.Measure(
            measure.function, of: measure.argument, where: condition, name: measure.name))
      }
    }
    conditions = measures.map(\.condition)
    aggregation = Aggregation(
      keys: keys, measures: cells,
      inputTypes: inputTypes + Array(repeating: .boolean, count: cells.count), seed: seed)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(self, aggregation.makeWorker(resources))
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var inner: [any BreakerWorker] = []
    for worker in workers {
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      inner.append(worker.aggregation)
      tally.rowsIn += worker.unlisted
      tally.left[RowWay.unlisted, default: 0] += worker.unlisted
    }
    return try aggregation.finish(inner, resources, tally: &tally)
  }

  private final class Worker: BreakerWorker {
    private let plan: Pivot
    let aggregation: any BreakerWorker
    private(set) var unlisted = 0
    private var numbers: KeyColumn?
    /// For each number of a name, its place among the names.
    private var places: [Int] = []

    init(_ plan: Pivot, _ aggregation: any BreakerWorker) {
      (self.plan, self.aggregation) = (plan, aggregation)
    }

    func consume(_ batch: Batch) throws {
      var ids: [Int32] = []
      try nameNumbers().find(try batch.column(plan.name), into: &ids)
      let listed = ids.indices.filter { ids[$0] >= 0 }.map { Int32(truncatingIfNeeded: $0) }
      unlisted += batch.rowCount - listed.count
      var kept = listed.count == batch.rowCount ? batch : batch.gathered(listed)
      guard kept.columns.count == plan.types.count else { throw OperatorMessages.wrongColumn }
      let place = listed.map { places[Int(ids[Int($0)])] }
      let conditions = try plan.conditions.map { try $0.map { try Pivot.flags(kept, $0) } }
      for name in plan.names.indices {
        for condition in conditions {
          var flags = place.map { $0 == name }
          if let condition { for row in flags.indices where !condition[row] { flags[row] = false } }
          kept.columns.append(Column(.boolean(flags)))
        }
      }
      try aggregation.consume(kept)
    }

    private func nameNumbers() throws -> KeyColumn {
      if let numbers { return numbers }
      guard plan.types.indices.contains(plan.name),
        let column = Column(plan.names, type: plan.types[plan.name])
      else { throw OperatorMessages.wrongColumn }
      var made = KeyColumn(column.type, plan.seed)
      var ids: [Int32] = []
      try made.assign(column, into: &ids)
      places = Array(repeating: 0, count: made.count)
      for (place, id) in ids.enumerated() { places[Int(id)] = place }
      numbers = made
      return made
    }
  }

  /// Where a boolean column is true.
  private static func flags(_ batch: Batch, _ position: Int) throws -> [Bool] {
    let column = try batch.column(position)
    guard case .boolean(let values) = column.values else { throw OperatorMessages.wrongColumn }
    return values.indices.map { values[$0] && column.validity[$0] }
  }
}
