/// A node of an expression as written, with its place in the text.
struct SyntaxNode: Sendable {
  enum Comparison: String, Sendable {
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case distinct = "is distinct from"
    case notDistinct = "is not distinct from"
  }

  enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
  }

  /// A type as written in a cast.
  struct TypeName: Sendable, Hashable {
    var type: DataType
    /// For `decimal(p, s)`.
    var precision: Int?
    var scale: Int?
  }

  struct When: Sendable {
    var condition: SyntaxNode
    var result: SyntaxNode
  }

  struct Call: Sendable {
    /// In lower case: names of functions do not mind it.
    var name: String
    var nameSpan: ExpressionError.Span
    var arguments: [SyntaxNode]
    /// `count(*)`.
    var isStar = false
    /// `count(distinct x)`.
    var isDistinct = false
    /// `filter (where …)`.
    var filter: SyntaxNode?
  }

  indirect enum Kind: Sendable {
    case literal(Value)
    case field(String)
    case parameter(String)
    case negate(SyntaxNode)
    case not(SyntaxNode)
    case arithmetic(Arithmetic, SyntaxNode, SyntaxNode)
    case concatenate(SyntaxNode, SyntaxNode)
    case compare(Comparison, SyntaxNode, SyntaxNode)
    /// At least two operands.
    case and([SyntaxNode])
    case or([SyntaxNode])
    case isNull(SyntaxNode, negated: Bool)
    case isIn(SyntaxNode, [SyntaxNode], negated: Bool)
    case between(SyntaxNode, SyntaxNode, SyntaxNode, negated: Bool)
    case like(Like)
    case cast(SyntaxNode, TypeName, isTry: Bool)
    case choose(operand: SyntaxNode?, [When], otherwise: SyntaxNode?)
    case call(Call)
  }

  struct Like: Sendable {
    var subject: SyntaxNode
    var pattern: SyntaxNode
    var escape: SyntaxNode?
    var ignoresCase: Bool
    var negated: Bool
  }

  let kind: Kind
  let span: ExpressionError.Span
  /// The longest way down, so that recursion over a tree is bounded.
  let depth: Int

  init(_ kind: Kind, _ span: ExpressionError.Span) {
    (self.kind, self.span) = (kind, span)
    depth = 1 + SyntaxNode.children(of: kind).reduce(0) { max($0, $1.depth) }
  }

  /// The nodes directly below, in the order of the text.
  var children: [SyntaxNode] { SyntaxNode.children(of: kind) }

  private static func children(of kind: Kind) -> [SyntaxNode] {
    switch kind {
    case .literal, .field, .parameter: []
    case .negate(let node), .not(let node), .isNull(let node, _), .cast(let node, _, _): [node]
    case .arithmetic(_, let left, let right), .concatenate(let left, let right),
      .compare(_, let left, let right):
      [left, right]
    case .and(let nodes), .or(let nodes): nodes
    case .isIn(let node, let list, _): [node] + list
    case .between(let node, let low, let high, _): [node, low, high]
    case .like(let like): [like.subject, like.pattern] + (like.escape.map { [$0] } ?? [])
    case .choose(let operand, let whens, let otherwise):
      (operand.map { [$0] } ?? []) + whens.flatMap { [$0.condition, $0.result] }
        + (otherwise.map { [$0] } ?? [])
    case .call(let call): call.arguments + (call.filter.map { [$0] } ?? [])
    }
  }

  /// Calls `visit` for this node and all below it, in the order of the text.
  func walk(_ visit: (SyntaxNode) -> Void) {
    visit(self)
    for child in children { child.walk(visit) }
  }
}
