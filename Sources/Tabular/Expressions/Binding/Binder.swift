/// Checks a tree against a scope. Every error is collected: a node that is wrong gives nil, and
/// its neighbours are still looked at.
class Binder {
  let scope: ExpressionScope
  private let text: [UInt8]
  private let isInsideAggregate: Bool
  private(set) var errors: [ExpressionError] = []

  init(_ scope: ExpressionScope, text: String, isInsideAggregate: Bool = false) {
    self.scope = scope
    self.isInsideAggregate = isInsideAggregate
    self.text = Array(text.utf8)
  }

  func report(
    _ code: ExpressionError.Code, _ message: Message, at span: ExpressionError.Span,
    remedy: Message? = nil
  ) {
    errors.append(ExpressionError(code, message, at: span, remedy: remedy))
  }

  /// The part of the text that a node covers, shortened for messages.
  func source(_ span: ExpressionError.Span) -> BoundNode.Source {
    let range = min(span.offset, text.count)..<min(span.end, text.count)
    let whole = String(decoding: text[range], as: UTF8.self)
    return .init(span: span, text: whole.count <= 60 ? whole : whole.prefix(57) + "…")
  }

  /// The bytes that a node covers.
  func text(at span: ExpressionError.Span) -> ArraySlice<UInt8> {
    text[min(span.offset, text.count)..<min(span.end, text.count)]
  }

  /// The node of a kernel over bound operands; computed now where all of them are constant.
  func make(
    _ kernel: any Kernel, _ operands: [BoundNode], type: DataType, decimals: Int? = nil,
    at span: ExpressionError.Span
  ) -> BoundNode {
    let source = source(span)
    let node = BoundNode(
      .kernel(kernel), operands, type: type, decimals: decimals, source: source)
    guard operands.allSatisfy({ $0.constant != nil }),
      // What fails is left to the run: the rows may never ask for it.
      let value = try? node.evaluate(
        Frame(batch: Batch(columns: [], rowCount: 1, sequence: 0)))
    else { return node }
    return BoundNode(.constant(value.column), type: type, decimals: decimals, source: source)
  }

  // MARK: Nodes

  func bind(_ node: SyntaxNode) -> BoundNode? {
    switch node.kind {
    case .literal(let value): return literal(value, node.span)
    case .field(let name): return field(name, node.span)
    case .parameter(let name): return parameter(name, node.span)
    case .negate(let operand):
      guard let bound = number(operand) else { return nil }
      return make(
        SignChange(kind: .negate, type: bound.type), [bound], type: bound.type,
        decimals: bound.decimals, at: node.span)
    case .not(let operand):
      guard let bound = bind(operand, as: .boolean) else { return nil }
      return make(Negation(), [bound], type: .boolean, at: node.span)
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, node.span)
    case .concatenate:
      // One kernel for a whole chain.
      guard let operands = all(Binder.concatenated(node), as: .text) else { return nil }
      return make(Concatenation(), operands, type: .text, at: node.span)
    case .compare(let comparison, let left, let right):
      return compare(comparison, left, right, node.span)
    case .and(let operands): return connective(operands, isOr: false, node.span)
    case .or(let operands): return connective(operands, isOr: true, node.span)
    case .isNull(let operand, let negated):
      guard let bound = bind(operand) else { return nil }
      return make(NullTest(negated: negated), [bound], type: .boolean, at: node.span)
    case .isIn(let operand, let items, let negated):
      return isIn(operand, items, negated, node.span)
    case .between(let operand, let low, let high, let negated):
      guard let operands = unified([operand, low, high]) else { return nil }
      return make(BetweenTest(negated: negated), operands, type: .boolean, at: node.span)
    case .like(let like): return self.like(like, node.span)
    case .cast(let operand, let type, let isTry):
      return cast(operand, to: type, isTry: isTry, node.span)
    case .choose(let operand, let whens, let otherwise):
      return choose(operand, whens, otherwise, node.span)
    case .call(let call): return self.call(call, node)
    }
  }

  private static func concatenated(_ node: SyntaxNode) -> [SyntaxNode] {
    var parts: [SyntaxNode] = []
    var rest = node
    while case .concatenate(let left, let right) = rest.kind {
      parts.append(right)
      rest = left
    }
    return [rest] + parts.reversed()
  }

  private func literal(_ value: Value, _ span: ExpressionError.Span) -> BoundNode? {
    let type = value.type ?? .text
    guard let column = Column([value], type: type) else { return nil }
    var decimals: Int?
    if case .decimal(let decimal) = value { decimals = decimal.scale }
    return BoundNode(
      .constant(column), type: type, decimals: decimals, isUntyped: value == .null,
      source: source(span))
  }

  func field(_ name: String, _ span: ExpressionError.Span) -> BoundNode? {
    guard let position = scope.positions[name] else {
      let names = scope.fields.map(\.name)
      let near = Suggestion.nearest(to: name, among: names)
      report(
        .unknownField, BindingMessages.unknownField(name), at: span,
        remedy: near.map { SyntaxMessages.didYouMean($0) } ?? BindingMessages.fieldsAre(names))
      return nil
    }
    let field = scope.fields[position]
    return BoundNode(
      .field(position), type: field.type, decimals: field.decimals, source: source(span))
  }

  private func parameter(_ name: String, _ span: ExpressionError.Span) -> BoundNode? {
    guard let value = scope.parameters[name],
      let type = scope.parameterTypes[name] ?? value.type,
      let column = Column([value], type: type)
    else {
      let near = Suggestion.nearest(to: name, among: scope.parameters.keys.sorted())
      report(
        .unknownParameter, BindingMessages.unknownParameter(name), at: span,
        remedy: near.map { SyntaxMessages.didYouMean(":" + $0) }
          ?? BindingMessages.declareParameter)
      return nil
    }
    return BoundNode(.constant(column), type: type, source: source(span))
  }

  private func connective(
    _ operands: [SyntaxNode], isOr: Bool, _ span: ExpressionError.Span
  ) -> BoundNode? {
    guard let bound = all(operands, as: .boolean) else { return nil }
    return make(Connective(isOr: isOr), bound, type: .boolean, at: span)
  }

  private func compare(
    _ comparison: SyntaxNode.Comparison, _ left: SyntaxNode, _ right: SyntaxNode,
    _ span: ExpressionError.Span
  ) -> BoundNode? {
    guard let operands = unified([left, right]) else { return nil }
    switch comparison {
    case .distinct, .notDistinct:
      let test = DistinctTest(negated: comparison == .notDistinct)
      return make(test, operands, type: .boolean, at: span)
    default:
      return make(Comparing(comparison: comparison), operands, type: .boolean, at: span)
    }
  }

  private func choose(
    _ operand: SyntaxNode?, _ whens: [SyntaxNode.When], _ otherwise: SyntaxNode?,
    _ span: ExpressionError.Span
  ) -> BoundNode? {
    let subject = operand.map { bind($0) }
    let conditions = whens.map {
      operand == nil ? bind($0.condition, as: .boolean) : bind($0.condition)
    }
    let results = unified(whens.map(\.result) + (otherwise.map { [$0] } ?? []))
    var tests = conditions.compactMap { $0 }
    guard tests.count == whens.count, let results, let type = knownType(results, at: span)
    else { return nil }
    var operands: [BoundNode] = []
    if let subject {
      // Bound and computed once, whatever the number of branches.
      guard let subject, let alike = unified([subject] + tests) else { return nil }
      operands.append(alike[0])
      tests = Array(alike.dropFirst())
    }
    for (test, result) in zip(tests, results) { operands += [test, result] }
    if otherwise != nil, let last = results.last { operands.append(last) }
    return make(
      CaseKernel(type: type, hasSubject: operand != nil), operands, type: type,
      decimals: commonDecimals(results), at: span)
  }

  /// An aggregate call; only measures have them.
  func aggregate(
    _ function: AggregateFunction, _ call: SyntaxNode.Call, _ node: SyntaxNode
  ) -> BoundNode? {
    if isInsideAggregate {
      report(.misplacedAggregate, BindingMessages.nestedAggregate, at: call.nameSpan)
    } else {
      report(
        .misplacedAggregate, BindingMessages.misplaced(call.name), at: call.nameSpan,
        remedy: BindingMessages.aggregateStage)
    }
    return nil
  }
}
