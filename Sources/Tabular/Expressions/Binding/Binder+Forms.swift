/// Forms with rules of their own: `in`, `like`, `cast`, calls.
extension Binder {
  func isIn(
    _ subject: SyntaxNode, _ items: [SyntaxNode], _ negated: Bool, _ span: ExpressionError.Span
  ) -> BoundNode? {
    guard let operands = unified([subject] + items), let first = operands.first else { return nil }
    var tests: [BoundNode] = []
    for item in operands.dropFirst() {
      tests.append(
        make(Comparing(comparison: .equal), [first, item], type: .boolean, at: span))
    }
    let any = make(Connective(isOr: true), tests, type: .boolean, at: span)
    return negated ? make(Negation(), [any], type: .boolean, at: span) : any
  }

  func like(_ like: SyntaxNode.Like, _ span: ExpressionError.Span) -> BoundNode? {
    report(.unknownFunction, BindingMessages.unknownFunction("like"), at: span)
    return nil
  }

  func cast(
    _ operand: SyntaxNode, to name: SyntaxNode.TypeName, isTry: Bool, _ span: ExpressionError.Span
  ) -> BoundNode? {
    guard let bound = bind(operand) else { return nil }
    return coerced(bound, to: name.type)
  }

  func call(_ call: SyntaxNode.Call, _ node: SyntaxNode) -> BoundNode? {
    if let function = AggregateFunction.named[call.name] { return aggregate(function, call, node) }
    report(.unknownFunction, BindingMessages.unknownFunction(call.name), at: call.nameSpan)
    return nil
  }
}

struct CastKernel {
  static func exists(from: DataType, to: DataType) -> Bool { true }
}
