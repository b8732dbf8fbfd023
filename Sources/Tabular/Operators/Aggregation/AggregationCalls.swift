extension Aggregation {
  /// An aggregation of calls as expressions bind them; calls over the same expression share what
  /// is accumulated.
  ///
  /// Output: the key columns, then a column per call.
  /// - Parameters:
  ///   - keys: positions of the columns to group by.
  ///   - calls: all bound to the input; their texts name them in messages.
  ///   - inputTypes: the types of all input columns.
  ///   - seed: for hashing; no result depends on it.
  public init(
    keys: [Int], calls: [AggregateCall], inputTypes: [DataType], seed: HashSeed = .run
  ) {
    var expressions: [BoundExpression] = []
    /// The position of the expression's result, behind the input's columns.
    func place(_ expression: BoundExpression) -> Int {
      let known = expressions.firstIndex { $0.text == expression.text }
      if known == nil { expressions.append(expression) }
      return inputTypes.count + (known ?? expressions.count - 1)
    }
    let measures = calls.map { call in
      Measure(
        call.function, of: call.argument.map(place), where: call.condition.map(place),
        name: call.text)
    }
    self.init(
      keys: keys, measures: measures, inputTypes: inputTypes + expressions.map(\.type),
      computed: expressions, seed: seed)
  }
}
