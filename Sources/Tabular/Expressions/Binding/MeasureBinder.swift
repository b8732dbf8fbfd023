/// Checks a measure: what stands inside aggregate calls against the input, what stands around
/// them against the groups.
final class MeasureBinder: Binder {
  private let input: Binder
  private let inputScope: ExpressionScope
  private let condition: BoundNode?
  private let conditionText: String?
  private let keyCount: Int
  private(set) var calls: [AggregateCall] = []

  /// - Parameters:
  ///   - condition: the measure's `where`, bound against the input.
  ///   - groupKeys: fields of the input, known to it.
  init(
    _ scope: ExpressionScope, groupKeys: [String], condition: BoundNode?, conditionText: String?,
    text: String
  ) {
    let keys = groupKeys.compactMap { name in scope.positions[name].map { scope.fields[$0] } }
    input = Binder(scope, text: text, isInsideAggregate: true)
    inputScope = scope
    keyCount = keys.count
    (self.condition, self.conditionText) = (condition, conditionText)
    super.init(
      ExpressionScope(
        keys, parameters: scope.parameters, parameterTypes: scope.parameterTypes), text: text)
  }

  var allErrors: [ExpressionError] { errors + input.errors }

  override func field(_ name: String, _ span: ExpressionError.Span) -> BoundNode? {
    if scope.positions[name] == nil, inputScope.positions[name] != nil {
      report(
        .notGrouped, BindingMessages.notGrouped(name), at: span,
        remedy: BindingMessages.groupIt(name))
      return nil
    }
    return super.field(name, span)
  }

  override func aggregate(
    _ function: AggregateFunction, _ call: SyntaxNode.Call, _ node: SyntaxNode
  ) -> BoundNode? {
    let filter = call.filter.map { input.bind($0, as: .boolean) }
    guard let (function, argument) = arguments(function, call, node) else { return nil }
    if case .some(.none) = filter { return nil }
    guard let type = function.resultType(argument?.type) else {
      if let argument {
        reportNotNumber(argument)
      }
      return nil
    }
    let decimals: Int? =
      switch function {
      case .sum, .min, .max, .first, .last: argument?.decimals
      default: nil
      }
    let made = AggregateCall(
      function: function,
      argument: argument.map { bound in
        BoundExpression(bound, text: call.arguments.first.map { CanonicalWriter.text($0) } ?? "")
      },
      condition: conjunction(filter ?? nil, call.filter), type: type, decimals: decimals,
      text: CanonicalWriter.text(node), offset: node.span.offset, length: node.span.length)
    // The measure's `where` is the same for all its calls, so that equal texts are equal calls.
    let index = calls.firstIndex { $0.text == made.text } ?? calls.count
    if index == calls.count { calls.append(made) }
    return BoundNode(
      .field(keyCount + index), type: type, decimals: decimals, source: source(node.span))
  }

  /// The call's argument, bound against the input; nil after an error.
  private func arguments(
    _ function: AggregateFunction, _ call: SyntaxNode.Call, _ node: SyntaxNode
  ) -> (AggregateFunction, BoundNode?)? {
    var function = function
    if call.isStar || call.isDistinct {
      guard function == .count else {
        report(.wrongArguments, BindingMessages.starOrDistinct, at: node.span)
        return nil
      }
      if call.isDistinct { function = .countDistinct }
    }
    let isQuantile = if case .quantile = function { true } else { false }
    guard function.arity.contains(call.arguments.count), !call.isDistinct || !call.arguments.isEmpty
    else {
      report(
        .wrongArguments, BindingMessages.arguments(function.usage, call.arguments.count),
        at: node.span)
      return nil
    }
    var argument: BoundNode?
    if let first = call.arguments.first {
      argument = input.bind(first)
      if let bound = argument, bound.isUntyped {
        report(
          .wrongType, BindingMessages.untypedNull, at: first.span,
          remedy: BindingMessages.castTheNull)
        argument = nil
      }
      guard argument != nil else { return nil }
    }
    if isQuantile, let second = call.arguments.last {
      guard let bound = input.bind(second) else { return nil }
      guard let part = bound.constant?.value(0).asDecimal else {
        report(
          .notConstant,
          BindingMessages.constant(Message(en: "the quantile", fr: "le quantile")),
          at: second.span)
        return nil
      }
      guard part >= Decimal(digits: 0, scale: 0), part <= Decimal(digits: 1, scale: 0) else {
        report(.wrongArguments, BindingMessages.quantileRange, at: second.span)
        return nil
      }
      function = .quantile(part)
    }
    return (function, argument)
  }

  private func conjunction(_ filter: BoundNode?, _ written: SyntaxNode?) -> BoundExpression? {
    let filterText = written.map { CanonicalWriter.text($0) }
    guard let condition, let conditionText else {
      return filter.map { BoundExpression($0, text: filterText ?? "") }
    }
    guard let filter, let filterText else {
      return BoundExpression(condition, text: conditionText)
    }
    let both = input.make(
      Connective(isOr: false), [condition, filter], type: .boolean, at: filter.source.span)
    return BoundExpression(both, text: "(\(conditionText)) and (\(filterText))")
  }
}

extension Expression {
  /// A measure of an aggregate, checked.
  /// - Parameters:
  ///   - text: an expression over aggregate calls, parameters and group keys.
  ///   - condition: the measure's `where`: a condition on the input's rows, for every call.
  ///   - scope: the fields of the aggregate's input.
  ///   - groupKeys: the names of the fields grouped by, all in `scope`.
  /// - Throws: all that is wrong in both texts, at once.
  public static func bindMeasure(
    _ text: String, where condition: String?, in scope: ExpressionScope, groupKeys: [String]
  ) throws(ExpressionErrors) -> BoundMeasure {
    var errors: [ExpressionError] = []
    var bound: BoundExpression?
    if let condition {
      do throws(ExpressionErrors) {
        bound = try bind(condition, in: scope, expecting: .boolean)
      } catch {
        errors += error.errors.map {
          var moved = $0
          moved.part = .condition
          return moved
        }
      }
    }
    do throws(ExpressionErrors) {
      let tree = try parse(text)
      let binder = MeasureBinder(
        scope, groupKeys: groupKeys, condition: bound?.root, conditionText: bound?.text,
        text: text)
      let root = binder.bind(tree.root)
      if let root, root.isUntyped {
        binder.report(
          .wrongType, BindingMessages.untypedNull, at: root.source.span,
          remedy: BindingMessages.castTheNull)
      }
      errors += binder.allErrors
      if let root, errors.isEmpty {
        return BoundMeasure(
          calls: binder.calls, outer: BoundExpression(root, text: tree.canonical))
      }
    } catch {
      errors += error.errors
    }
    throw ExpressionErrors(errors)
  }
}
