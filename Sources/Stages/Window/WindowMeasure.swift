import StageKit
import Tabular

/// A measure of a window: calls over neighbouring rows, and an expression around them.
struct WindowMeasure: Sendable {
  /// A call with its argument, if it takes one.
  struct Call: Sendable {
    let function: WindowFunction
    let argument: BoundExpression?
  }

  let field: Field
  let calls: [Call]
  /// Over the input's fields and then the calls' results.
  let outer: BoundExpression
  /// Names of the input's fields that all of this reads.
  let reads: Set<String>

  private static let functions = Set([
    "lag", "lead", "difference", "rolling_sum", "rolling_mean", "rolling_min", "rolling_max",
    "cumulative_sum", "rank", "dense_rank", "row_number", "percent_of_total",
  ])

  /// Nil after diagnostics.
  /// - Parameter by: names of the fields that make the groups.
  init?(_ entry: SpecNode.Entry, by: [String], _ ordering: Ordering, _ binding: Binding) {
    guard let tree = binding.tree(entry.value) else { return nil }
    let (rest, taken) = tree.taking(Self.functions)
    let input = binding.input
    // Whose value stands beside whose tells of what the rows were grouped and ordered by.
    let around = Privacy.union((by + ordering.names).compactMap { input.field($0)?.privacy })
    var facts = input
    var calls: [Call] = []
    for call in taken {
      guard let bound = Self.bind(call, of: entry.value, binding) else { continue }
      let argument = bound.argument
      guard let type = bound.function.resultType(argument?.type) else {
        binding.diagnostics.error(
          "wrong-type", at: entry.value.position(utf8Offset: call.offset),
          Self.notApplicable(bound.function, argument?.type))
        continue
      }
      calls.append(bound)
      var result = Field(
        call.field, type,
        privacy: argument.map { input.privacy(of: $0).union(around.personal) } ?? around,
        decimals: bound.function.keepsDigits ? argument?.decimals : nil, nullable: argument != nil)
      // A place in an order tells no date.
      result.precision =
        argument == nil
        ? .coarsest : call.arguments.first?.onlyField.flatMap(input.field)?.precision
      facts.fields.append(result)
    }
    guard calls.count == taken.count,
      let outer = binding.expression(rest, of: entry.value, in: facts)
    else { return nil }
    (self.calls, self.outer) = (calls, outer)
    var field = facts.field(entry.key, computing: outer, written: rest, binding.parameters)
    field.nullable = rest.onlyField.flatMap { facts.field($0)?.nullable } ?? true
    self.field = field
    let arguments = calls.compactMap(\.argument).map { input.names(of: $0) }
    reads = arguments.reduce(input.names(of: outer)) { $0.union($1) }
  }

  private static func bind(
    _ call: SyntaxTree.TakenCall, of node: SpecNode, _ binding: Binding
  ) -> Call? {
    let place = node.position(utf8Offset: call.offset)
    let usage = Self.usage(call.name)
    guard usage.arity.contains(call.arguments.count) else {
      binding.diagnostics.error("wrong-arguments", at: place, Self.writeIt(usage.text))
      return nil
    }
    var argument: BoundExpression?
    if let first = call.arguments.first {
      guard let bound = binding.expression(first, of: node) else { return nil }
      argument = bound
    }
    var rows = 1
    if call.arguments.count > 1 {
      guard let bound = binding.expression(call.arguments[1], of: node, expecting: .integer)
      else { return nil }
      guard case .integer(let count) = bound.constant, (1...1_000_000).contains(count) else {
        binding.diagnostics.error(
          "wrong-arguments", at: place, Self.rowsMustBeConstant(call.name))
        return nil
      }
      rows = Int(count)
    }
    return Self.function(call.name, rows).map { Call(function: $0, argument: argument) }
  }

  private static func usage(_ name: String) -> (text: String, arity: ClosedRange<Int>) {
    switch name {
    case "rank", "dense_rank", "row_number": ("\(name)()", 0...0)
    case "cumulative_sum", "percent_of_total": ("\(name)(x)", 1...1)
    case "lag", "lead", "difference": ("\(name)(x[, n])", 1...2)
    default: ("\(name)(x, n)", 2...2)
    }
  }

  private static func function(_ name: String, _ rows: Int) -> WindowFunction? {
    switch name {
    case "lag": .lag(rows)
    case "lead": .lead(rows)
    case "difference": .difference(rows)
    case "rolling_sum": .rollingSum(rows)
    case "rolling_mean": .rollingMean(rows)
    case "rolling_min": .rollingMin(rows)
    case "rolling_max": .rollingMax(rows)
    case "cumulative_sum": .cumulativeSum
    case "rank": .rank
    case "dense_rank": .denseRank
    case "row_number": .rowNumber
    case "percent_of_total": .percentOfTotal
    default: nil
    }
  }

  private static func writeIt(_ usage: String) -> Message {
    Message(en: "this is written `\(usage)`", fr: "ceci s’écrit `\(usage)`")
  }

  private static func rowsMustBeConstant(_ name: String) -> Message {
    Message(
      en: "the number of rows of `\(name)` must be a constant from 1 to 1000000",
      fr: "le nombre de lignes de `\(name)` doit être une constante de 1 à 1000000")
  }

  private static func notApplicable(_ function: WindowFunction, _ type: DataType?) -> Message {
    Message(
      en: "`\(function.name)` does not apply to \(type?.name ?? "nothing")",
      fr: "`\(function.name)` ne s’applique pas au type \(type?.name ?? "vide")")
  }
}

extension WindowFunction {
  /// Whether results have no more digits after the point than arguments.
  fileprivate var keepsDigits: Bool {
    switch self {
    case .lag, .lead, .difference, .rollingSum, .rollingMin, .rollingMax, .cumulativeSum: true
    case .rollingMean, .rank, .denseRank, .rowNumber, .percentOfTotal: false
    }
  }
}
