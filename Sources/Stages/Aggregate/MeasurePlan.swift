import Tabular

/// How measures are computed: arguments and conditions become columns on the way in, each
/// different call is aggregated once, and what stands around the calls is computed on the way out.
struct MeasurePlan {
  /// The types of the input's columns.
  let input: [DataType]
  /// Positions of the group keys.
  let keys: [Int]
  let measures: [NamedMeasure]
  let wanted: Set<String>

  var breaker: any Breaker {
    var derivations = Columns(first: input.count)
    var calls: [Aggregation.Measure] = []
    var known: [String: Int] = [:]
    var results: [MeasureResults.Result] = []
    for measure in measures {
      guard wanted.contains(measure.name) else {
        results.append(.absent(measure.bound.type))
        continue
      }
      let places = measure.bound.calls.map { call in
        let identity = "\(call.text)\u{0}\(call.condition?.text ?? "")"
        if let place = known[identity] { return place }
        calls.append(
          Aggregation.Measure(
            call.function, of: call.argument.map { derivations.position(of: $0) },
            where: call.condition.map { derivations.position(of: $0) }, name: measure.name))
        known[identity] = calls.count - 1
        return calls.count - 1
      }
      results.append(.computed(measure.bound.outer, calls: places))
    }
    let aggregation = Aggregation(
      keys: keys, measures: calls, inputTypes: input + derivations.expressions.map(\.type))
    return SurroundedBreaker(
      before: Derive(derivations.expressions.map { Derive.Derivation($0) }), aggregation,
      after: MeasureResults(keyCount: keys.count, results: results))
  }

  /// Columns to be appended, each different expression once.
  private struct Columns {
    let first: Int
    var expressions: [BoundExpression] = []

    init(first: Int) { self.first = first }

    mutating func position(of expression: BoundExpression) -> Int {
      if let known = expressions.firstIndex(where: { $0.text == expression.text }) {
        return first + known
      }
      expressions.append(expression)
      return first + expressions.count - 1
    }
  }
}

/// Keys and results of calls → keys and measures.
struct MeasureResults: RowOperator {
  enum Result: Sendable {
    case computed(BoundExpression, calls: [Int])
    case absent(DataType)
  }

  let keyCount: Int
  let results: [Result]

  func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: MeasureResults
    private(set) var tally = Tally()

    init(_ plan: MeasureResults) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      let keys = Array(batch.columns.prefix(plan.keyCount))
      let calls = Array(batch.columns.dropFirst(plan.keyCount))
      let measures = try plan.results.map { result in
        switch result {
        case .absent(let type): return Column(.absent(type, count: batch.rowCount))
        case .computed(let expression, let places):
          let own = Batch(
            columns: keys + places.map { calls[$0] }, rowCount: batch.rowCount,
            sequence: batch.sequence)
          return try expression.evaluate(own)
        }
      }
      return Batch(columns: keys + measures, rowCount: batch.rowCount, sequence: batch.sequence)
    }
  }
}
