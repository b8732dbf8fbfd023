/// Groups rows by any number of keys and computes measures over each group. Equal decimals of
/// different scales are the same key, nulls group together, and groups come out sorted by key:
/// nulls last, texts by bytes. Without keys there is one group, even of no rows.
///
/// Output: the key columns, then a column per measure.
///
/// A worker's state is a table of keys and a column of states per measure. One that holds its share
/// of the memory takes no new keys in: rows that have one go to scratch, apart by a hash of their
/// keys, and are taken up again partition by partition when the input has ended.
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
  struct Need: Hashable {
    let kind: AccumulatorKind
    let argument: Int?
    let condition: Int?
  }

  let keys: [Int]
  private let measures: [Measure]
  let types: [DataType]
  let computed: [BoundExpression]
  let seed: HashSeed
  let needs: [Need]
  /// The needs that are also totalled over all rows: what shares are shares of.
  let totalled: [Int]

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
    let shares = measures.filter { if case .share = $0.function { true } else { false } }
    totalled = needs.indices.filter { place in
      shares.contains {
        $0.argument == needs[place].argument && $0.condition == needs[place].condition
      } && [.counts, .sums].contains(needs[place].kind)
    }
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    AggregationWorker(self, resources)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    try check()
    let states = try workers.map { worker in
      guard let worker = worker as? AggregationWorker else { throw OperatorMessages.wrongColumn }
      return worker
    }
    let rows = states.reduce(0) { $0 + $1.rows }
    if states.contains(where: { $0.spilled != nil }) {
      let (source, groups) = try SpilledGroups(self, states, resources).sorted()
      account(rows, groups, &tally)
      return source
    }
    let whole = states.first ?? AggregationWorker(self, resources)
    for other in states.dropFirst() { try whole.merge(other) }
    if keys.isEmpty, whole.index.count == 0 {
      for accumulator in whole.accumulators { accumulator.grow(to: 1) }
      (tally.rowsOut, tally.made) = (tally.rowsOut + 1, [RowWay.emptyGroup: 1])
      let columns = try measures.map { try result($0, 1, whole, try totals([whole])).column() }
      return GatheredRows(FlatTable(columns: columns, count: 1), order: [0])
    }
    account(rows, whole.index.count, &tally)
    return try output(whole, try totals([whole]))
  }

  private func account(_ rows: Int, _ groups: Int, _ tally: inout Tally) {
    tally.rowsIn += rows
    tally.rowsOut += groups
    tally.left[RowWay.folded, default: 0] += rows - groups
  }

  private func check() throws {
    guard keys.allSatisfy(types.indices.contains),
      measures.allSatisfy({ $0.argument.map(types.indices.contains) ?? true })
    else { throw OperatorMessages.wrongColumn }
    for measure in measures
    where measure.function.resultType(measure.argument.map { types[$0] }) == nil {
      throw OperatorMessages.notApplicable(measure.function.name, measure.name)
    }
  }

  /// A worker's groups in the order of their keys, with the measures' values.
  /// - Parameter totals: over the groups of all workers, in the order of `needs`.
  func output(
    _ state: AggregationWorker, _ totals: [(any Accumulator)?]
  ) throws -> GatheredRows {
    let groups = state.index.count
    for accumulator in state.accumulators { accumulator.grow(to: groups) }
    var columns = try state.index.keys()
    for measure in measures { columns.append(try result(measure, groups, state, totals).column()) }
    return GatheredRows(
      FlatTable(columns: columns, count: groups), order: state.index.order())
  }

  /// What shares are shares of, as one group, in the order of `needs`; nil where none is needed.
  func totals(_ states: [AggregationWorker]) throws -> [(any Accumulator)?] {
    var totals = needs.map { _ in nil as (any Accumulator)? }
    for need in totalled {
      let total = makeAccumulator(needs[need])
      total.grow(to: 1)
      for state in states {
        let groups = state.accumulators[need]
        groups.grow(to: state.index.count)
        try total.merge(groups, Array(repeating: 0, count: state.index.count))
        if let spilled = state.totals[need] { try total.merge(spilled, [0]) }
      }
      totals[need] = total
    }
    return totals
  }

  func makeAccumulator(_ need: Need) -> any Accumulator {
    let type = need.argument.flatMap { types.indices.contains($0) ? types[$0] : nil }
    return need.kind.make(type ?? .integer, seed)
  }

  private func result(
    _ measure: Measure, _ groups: Int, _ state: AggregationWorker,
    _ totals: [(any Accumulator)?]
  ) -> MeasureResult {
    func place(_ kind: AccumulatorKind) -> Int? {
      needs.firstIndex(
        of: Need(kind: kind, argument: measure.argument, condition: measure.condition))
    }
    return MeasureResult(
      measure: measure, argument: measure.argument.map { types[$0] }, groups: groups,
      find: { kind in place(kind).map { state.accumulators[$0] } },
      total: { kind in place(kind).flatMap { totals[$0] } })
  }
}
