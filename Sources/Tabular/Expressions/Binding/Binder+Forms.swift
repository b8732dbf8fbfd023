/// Forms with rules of their own: `in`, `like`, `cast`, calls.
extension Binder {
  func isIn(
    _ subject: SyntaxNode, _ items: [SyntaxNode], _ negated: Bool, _ span: ExpressionError.Span
  ) -> BoundNode? {
    guard let operands = unified([subject] + items), let first = operands.first
    else { return nil }
    let list = operands.dropFirst()
    let constants = list.compactMap(\.constant)
    if constants.count == list.count, let kernel = MembershipKernel(constants, negated: negated) {
      return make(kernel, [first], type: .boolean, at: span)
    }
    return make(AnyOfKernel(negated: negated), operands, type: .boolean, at: span)
  }

  func like(_ like: SyntaxNode.Like, _ span: ExpressionError.Span) -> BoundNode? {
    let subject = bind(like.subject, as: .text)
    let pattern = bind(like.pattern, as: .text)
    let escape = like.escape.map { bind($0, as: .text) }
    guard let subject, let pattern else { return nil }
    guard let constant = pattern.constant else {
      report(
        .notConstant,
        BindingMessages.constant(Message(en: "the pattern of `like`", fr: "le motif de `like`")),
        at: pattern.source.span, remedy: BindingMessages.likeRemedy)
      return nil
    }
    // As in Spark and PostgreSQL.
    var mark: Unicode.Scalar? = "\\"
    if let escape {
      guard let escape else { return nil }
      guard case .text(let text) = escape.constant?.value(0), text.unicodeScalars.count <= 1 else {
        report(.notConstant, BindingMessages.escape, at: escape.source.span)
        return nil
      }
      mark = text.unicodeScalars.first
    }
    guard case .text(let text) = constant.value(0) else {
      return BoundNode(
        .constant(.nulls(.boolean, count: 1)), type: .boolean, source: source(span))
    }
    guard
      let kernel = LikeKernel(
        text, escape: mark, ignoresCase: like.ignoresCase, negated: like.negated)
    else {
      report(.badPattern, BindingMessages.badEscape, at: pattern.source.span)
      return nil
    }
    return make(kernel, [subject], type: .boolean, at: span)
  }

  func cast(
    _ operand: SyntaxNode, to name: SyntaxNode.TypeName, isTry: Bool, _ span: ExpressionError.Span
  ) -> BoundNode? {
    guard let bound = bind(operand) else { return nil }
    if bound.isUntyped { return coerced(bound, to: name.type) }
    if bound.type == name.type, name.precision == nil { return bound }
    guard CastKernel.exists(from: bound.type, to: name.type) else {
      report(.wrongType, BindingMessages.noCast(bound.type, name.type), at: span)
      return nil
    }
    let kernel = CastKernel(
      from: bound.type, to: name.type, precision: name.precision, scale: name.scale,
      decimals: bound.decimals, isTry: isTry)
    let decimals =
      name.type != .decimal
      ? nil
      : name.scale ?? (bound.type == .integer ? 0 : bound.type == .decimal ? bound.decimals : nil)
    return make(kernel, [bound], type: name.type, decimals: decimals, at: span)
  }

  func call(_ call: SyntaxNode.Call, _ node: SyntaxNode) -> BoundNode? {
    if let function = AggregateFunction.named[call.name] { return aggregate(function, call, node) }
    let arguments = call.arguments.map { bind($0) }
    if let filter = call.filter {
      _ = bind(filter, as: .boolean)
      report(.wrongArguments, BindingMessages.filterOnAggregate, at: filter.span)
      return nil
    }
    guard let function = FunctionDeclaration.named[call.name] else {
      let known = FunctionDeclaration.named.keys.sorted() + AggregateFunction.named.keys.sorted()
      let near = Suggestion.nearest(to: call.name, among: known)
      report(
        .unknownFunction, BindingMessages.unknownFunction(call.name), at: call.nameSpan,
        remedy: near.map { SyntaxMessages.didYouMean($0) })
      return nil
    }
    if call.isStar || call.isDistinct {
      report(.wrongArguments, BindingMessages.starOrDistinct, at: node.span)
      return nil
    }
    guard function.arity.contains(arguments.count) else {
      report(
        .wrongArguments, BindingMessages.arguments(function.usage, arguments.count), at: node.span)
      return nil
    }
    let bound = arguments.compactMap { $0 }
    guard bound.count == arguments.count else { return nil }
    return function.bind(
      FunctionCall(binder: self, name: call.name, arguments: bound, span: node.span))
  }

  /// The common type of nodes; nil after an error when all of them are bare nulls.
  func knownType(_ nodes: [BoundNode], at span: ExpressionError.Span) -> DataType? {
    if nodes.allSatisfy(\.isUntyped) {
      report(
        .wrongType, BindingMessages.untypedNull, at: span, remedy: BindingMessages.castTheNull)
      return nil
    }
    return nodes.first?.type
  }

  /// Reports an error of a pattern at its place in the literal, where quotes inside count twice.
  func report(_ error: PatternError, in node: BoundNode) {
    let literal = text(at: node.source.span)
    var span = node.source.span
    if literal.first == UInt8(ascii: "'"), error.length > 0 {
      var raw = 1
      var offset = 0
      while offset < error.offset, raw < literal.count {
        raw += literal[literal.startIndex + raw] == UInt8(ascii: "'") ? 2 : 1
        offset += 1
      }
      span = .init(
        offset: span.offset + raw, length: min(error.length, max(0, literal.count - raw)))
    }
    report(.badPattern, error.message, at: span)
  }
}
