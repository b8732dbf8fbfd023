import StageKit
import Tabular

/// How a window runs: arguments become columns, calls are computed over all rows, and what stands
/// around the calls is computed last.
struct WindowPlan: Sendable {
  let input: Facts
  let by: [String]
  let ordering: Ordering
  let measures: [WindowMeasure]

  /// Names of the new fields that tell a row's place and no other row's value.
  var ownRows: Set<String> {
    Set(
      measures.filter { measure in measure.calls.allSatisfy { $0.argument == nil } }
        .map(\.field.name))
  }

  func needs(_ wanted: Set<String>) -> Set<String> {
    var needed = wanted.intersection(input.names).union(by).union(ordering.names)
    for measure in measures where wanted.contains(measure.field.name) {
      needed.formUnion(measure.reads)
    }
    return needed
  }

  func breaker(wanted: Set<String>) -> any Breaker {
    let width = input.fields.count
    let computed = measures.filter { wanted.contains($0.field.name) }
    var arguments: [Derive.Derivation] = []
    var calls: [Window.Call] = []
    for measure in computed {
      for call in measure.calls {
        var position: Int?
        if let argument = call.argument {
          position = width + arguments.count
          arguments.append(Derive.Derivation(argument))
        }
        calls.append(Window.Call(call.function, of: position, name: measure.field.name))
      }
    }
    let types = input.fields.map(\.type) + arguments.map(\.expression.type)
    let window = Window(
      partition: by.compactMap { input.index(of: $0) }, order: ordering.keys, calls: calls,
      inputTypes: types)
    // After the window: input, arguments, results of calls.
    var after: [any RowOperator] = []
    var first = types.count
    let results = types.count + calls.count
    for measure in computed {
      let own = Array(0..<width) + Array(first..<first + measure.calls.count)
      after.append(ComputeBeside(measure.outer, of: own))
      first += measure.calls.count
    }
    var places = (0..<width).map { Arrange.Place.column($0) }
    for measure in measures {
      if let index = computed.firstIndex(where: { $0.field.name == measure.field.name }) {
        places.append(.column(results + index))
      } else {
        places.append(.absent(measure.field.type))
      }
    }
    return SurroundedBreaker(
      before: Derive(arguments), window, after: RowChain(after + [Arrange(places)]))
  }
}

/// Appends an expression over some of the columns, at the end.
struct ComputeBeside: RowOperator {
  private let expression: BoundExpression
  private let columns: [Int]

  /// - Parameter columns: positions of the columns that the expression's scope has, in its order.
  init(_ expression: BoundExpression, of columns: [Int]) {
    (self.expression, self.columns) = (expression, columns)
  }

  func makeWorker() -> any RowWorker { Worker(expression, columns) }

  private final class Worker: RowWorker {
    private let expression: BoundExpression
    private let columns: [Int]
    private(set) var tally = Tally()

    init(_ expression: BoundExpression, _ columns: [Int]) {
      (self.expression, self.columns) = (expression, columns)
    }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      let own = Batch(
        columns: columns.map { batch.columns[$0] }, rowCount: batch.rowCount,
        sequence: batch.sequence)
      var result = batch
      result.columns.append(try expression.evaluate(own))
      return result
    }
  }
}
