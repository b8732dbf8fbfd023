/// Calls of functions that expressions do not know, taken out for whoever computes them.
extension SyntaxTree {
  /// A call that was taken out.
  public struct TakenCall: Sendable {
    /// In lower case.
    public let name: String
    public let arguments: [SyntaxTree]
    /// The field that stands in its place; no author can write it.
    public let field: String
    /// Where the name stands, in UTF-8 bytes of the text.
    public let offset: Int
  }

  /// Takes the outermost calls of some functions out of the expression.
  /// - Parameter names: in lower case.
  /// - Returns: the expression with a field in the place of each call, and the calls. Calls that
  ///   are written alike share a field.
  public func taking(_ names: Set<String>) -> (outer: SyntaxTree, calls: [TakenCall]) {
    var calls: [TakenCall] = []
    var known: [String: String] = [:]
    let outer = root.replacing { node in
      guard case .call(let call) = node.kind, names.contains(call.name) else { return nil }
      let written = CanonicalWriter.text(node)
      let field = known[written] ?? "\u{1}\(calls.count)"
      if known.updateValue(field, forKey: written) == nil {
        calls.append(
          TakenCall(
            name: call.name, arguments: call.arguments.map { SyntaxTree(root: $0, text: text) },
            field: field, offset: call.nameSpan.offset))
      }
      return SyntaxNode(.field(field), node.span)
    }
    return (SyntaxTree(root: outer, text: text), calls)
  }
}

extension SyntaxNode {
  /// The tree with some nodes replaced, the outermost first.
  /// - Parameter replacement: nil to look further down.
  fileprivate func replacing(_ replacement: (SyntaxNode) -> SyntaxNode?) -> SyntaxNode {
    if let other = replacement(self) { return other }
    func inside(_ node: SyntaxNode) -> SyntaxNode { node.replacing(replacement) }
    let kind: Kind =
      switch kind {
      case .literal, .field, .parameter: kind
      case .negate(let operand): .negate(inside(operand))
      case .not(let operand): .not(inside(operand))
      case .isNull(let operand, let negated): .isNull(inside(operand), negated: negated)
      case .cast(let operand, let type, let isTry): .cast(inside(operand), type, isTry: isTry)
      case .arithmetic(let operation, let left, let right):
        .arithmetic(operation, inside(left), inside(right))
      case .concatenate(let left, let right): .concatenate(inside(left), inside(right))
      case .compare(let comparison, let left, let right):
        .compare(comparison, inside(left), inside(right))
      case .and(let nodes): .and(nodes.map(inside))
      case .or(let nodes): .or(nodes.map(inside))
      case .isIn(let subject, let items, let negated):
        .isIn(inside(subject), items.map(inside), negated: negated)
      case .between(let subject, let low, let high, let negated):
        .between(inside(subject), inside(low), inside(high), negated: negated)
      case .like(var like): .like(like.replacing(inside))
      case .choose(let operand, let whens, let otherwise):
        .choose(
          operand: operand.map(inside),
          whens.map { When(condition: inside($0.condition), result: inside($0.result)) },
          otherwise: otherwise.map(inside))
      case .call(var call): .call(call.replacing(inside))
      }
    return SyntaxNode(kind, span)
  }
}

extension SyntaxNode.Like {
  fileprivate mutating func replacing(_ inside: (SyntaxNode) -> SyntaxNode) -> Self {
    (subject, pattern, escape) = (inside(subject), inside(pattern), escape.map(inside))
    return self
  }
}

extension SyntaxNode.Call {
  fileprivate mutating func replacing(_ inside: (SyntaxNode) -> SyntaxNode) -> Self {
    (arguments, filter) = (arguments.map(inside), filter.map(inside))
    return self
  }
}
