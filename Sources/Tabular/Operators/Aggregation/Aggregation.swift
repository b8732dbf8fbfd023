/// Groups rows by any number of keys and computes measures over each group. Equal decimals of
/// different scales are the same key, nulls group together, and groups come out sorted by key:
/// nulls last, texts by bytes. Without keys there is one group, even of no rows.
///
/// Output: the key columns, then a column per measure.
///
/// A worker's state is a table of keys and a column of states per measure; it can be drained group
/// by group, which is where spilling will come in.
public struct Aggregation: Breaker {
  /// One aggregate over the rows of a group.
  public struct Measure: Sendable {
    /// The name in messages.
    public let name: String
    public let function: AggregateFunction
    /// The position of the argument's column; nil for `count()` and `share()`.
    public let argument: Int?
    /// The position of a boolean column: only rows where it is true count.
    public let condition: Int?

    public init(
      _ function: AggregateFunction, of argument: Int? = nil, where condition: Int? = nil,
      name: String
    ) {
      self.name = name
      self.function = function
      self.argument = argument
      self.condition = condition
    }
  }

  /// An accumulator that measures need: the same for those that agree in all of this.
  private struct Need: Hashable {
    let kind: AccumulatorKind
    let argument: Int?
    let condition: Int?
  }

  private let keys: [Int]
  private let measures: [Measure]
  private let types: [DataType]
  private let computed: [BoundExpression]
  private let seed: HashSeed
  private let needs: [Need]

  /// - Parameters:
  ///   - keys: positions of the columns to group by.
  ///   - inputTypes: the types of all input columns; the output is typed even when no row comes.
  ///   - seed: for hashing; no result depends on it.
  public init(
    keys: [Int], measures: [Measure], inputTypes: [DataType], seed: HashSeed = .run
  ) {
    self.init(keys: keys, measures: measures, inputTypes: inputTypes, computed: [], seed: seed)
  }

  /// - Parameter computed: expressions whose results follow the input's columns; `inputTypes` ends
  ///   with their types.
  init(
    keys: [Int], measures: [Measure], inputTypes: [DataType], computed: [BoundExpression],
    seed: HashSeed
  ) {
    self.keys = keys
    self.computed = computed
    self.measures = measures
    types = inputTypes
    self.seed = seed
    var needs: [Need] = []
    for measure in measures {
      let kinds = MeasureResult.needs(measure.function, hasArgument: measure.argument != nil)
      for kind in kinds {
        let need = Need(kind: kind, argument: measure.argument, condition: measure.condition)
        if !needs.contains(need) { needs.append(need) }
      }
    }
    self.needs = needs
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(self)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let types = types
    guard keys.allSatisfy(types.indices.contains),
      measures.allSatisfy({ $0.argument.map(types.indices.contains) ?? true })
    else { throw OperatorMessages.wrongColumn }
    for measure in measures
    where measure.function.resultType(measure.argument.map { types[$0] }) == nil {
      throw OperatorMessages.notApplicable(measure.function.name, measure.name)
    }
    var states: [Worker] = []
    for worker in workers {
      guard let worker = worker as? Worker else { throw OperatorMessages.wrongColumn }
      states.append(worker)
    }
    let whole = states.first ?? Worker(self)
    for other in states.dropFirst() { try whole.merge(other) }
    let empty = keys.isEmpty && whole.index.count == 0
    let groups = empty ? 1 : whole.index.count
    for accumulator in whole.accumulators { accumulator.grow(to: groups) }
    tally.rowsIn += whole.rows
    tally.rowsOut += groups
    if empty {
      tally.made[RowWay.emptyGroup, default: 0] += 1
    } else {
      tally.left[RowWay.folded, default: 0] += whole.rows - groups
    }
    var columns = try whole.index.keys()
    for measure in measures { columns.append(try result(measure, groups, whole).column()) }
    let order = empty ? [0] : whole.index.order()
    return GatheredRows(FlatTable(columns: columns, count: groups), order: order)
  }

  private func result(_ measure: Measure, _ groups: Int, _ whole: Worker) -> MeasureResult {
    MeasureResult(
      measure: measure, argument: measure.argument.map { types[$0] }, groups: groups
    ) { kind in
      let need = Need(kind: kind, argument: measure.argument, condition: measure.condition)
      return needs.firstIndex(of: need).map { whole.accumulators[$0] }
    }
  }

  private final class Worker: BreakerWorker {
    private let plan: Aggregation
    private(set) var index: KeyIndex
    private(set) var accumulators: [any Accumulator]
    private(set) var rows = 0
    private var groups: [Int32] = []
    private var allRows: [Int32] = []

    init(_ plan: Aggregation) {
      self.plan = plan
      let types = plan.types
      index = KeyIndex(
        plan.keys.filter(types.indices.contains).map { types[$0] }, plan.seed)
      accumulators = plan.needs.map { need in
        let type = need.argument.flatMap { types.indices.contains($0) ? types[$0] : nil }
        return need.kind.make(type ?? .integer, plan.seed)
      }
    }

    func consume(_ batch: Batch) throws {
      if batch.rowCount == 0 { return }
      rows += batch.rowCount
      let batch = try withComputed(batch)
      try index.assign(try batch.columns(plan.keys), rows: batch.rowCount, into: &groups)
      var everything: Selection?
      for (need, accumulator) in zip(plan.needs, accumulators) {
        let argument = try need.argument.map { try batch.column($0) }
        let condition = try need.condition.map { try batch.column($0) }
        accumulator.grow(to: index.count)
        let selection: Selection
        if argument?.validity.flags == nil, condition == nil {
          selection = everything ?? allSelected(batch.rowCount)
          everything = selection
        } else {
          selection = try selected(argument, condition)
        }
        try accumulator.add(selection, argument ?? Column(.integer([])), batch)
      }
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

    func merge(_ other: Worker) throws {
      rows += other.rows
      let map = try index.absorb(other.index)
      for (mine, theirs) in zip(accumulators, other.accumulators) {
        mine.grow(to: index.count)
        theirs.grow(to: map.count)
        try mine.merge(theirs, map)
      }
    }

    private func allSelected(_ count: Int) -> Selection {
      if allRows.count != count { allRows = (0..<count).map { Int32(truncatingIfNeeded: $0) } }
      return Selection(rows: allRows, groups: groups)
    }

    /// The rows whose argument is not null and whose condition is true.
    private func selected(_ argument: Column?, _ condition: Column?) throws -> Selection {
      var wanted = argument?.validity.flags ?? Array(repeating: true, count: groups.count)
      if let condition {
        guard case .boolean(let flags) = condition.values, flags.count == wanted.count else {
          throw OperatorMessages.wrongColumn
        }
        for row in wanted.indices where !flags[row] || !condition.validity[row] {
          wanted[row] = false
        }
      }
      var rows = [Int32](repeating: 0, count: wanted.count)
      var taken = rows
      var kept = 0
      // Which rows are wanted is hard to foresee: no branch.
      for row in wanted.indices {
        rows[kept] = Int32(truncatingIfNeeded: row)
        taken[kept] = groups[row]
        kept &+= wanted[row] ? 1 : 0
      }
      rows.removeLast(wanted.count - kept)
      taken.removeLast(wanted.count - kept)
      return Selection(rows: rows, groups: taken)
    }
  }
}
