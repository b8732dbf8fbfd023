/// SQL scalar expressions: from text to a tree, to a checked tree, to columns.
public enum Expression {
  /// The tree of a text, not yet checked against any schema.
  public static func parse(_ text: String) throws(ExpressionErrors) -> SyntaxTree {
    SyntaxTree(root: try Parser.parse(text), text: text)
  }

  /// A text checked against a scope.
  /// - Parameter expecting: the type that the result must have or convert to by itself (integer
  ///   to decimal to double, date to datetime).
  /// - Throws: all that is wrong, at once.
  public static func bind(
    _ text: String, in scope: ExpressionScope, expecting: DataType? = nil
  ) throws(ExpressionErrors) -> BoundExpression {
    try bind(try parse(text), in: scope, expecting: expecting)
  }

  /// A tree checked against a scope.
  public static func bind(
    _ tree: SyntaxTree, in scope: ExpressionScope, expecting: DataType? = nil
  ) throws(ExpressionErrors) -> BoundExpression {
    let binder = Binder(scope, text: tree.text)
    var root = binder.bind(tree.root)
    if let expecting, let node = root { root = binder.coerced(node, to: expecting) }
    if let node = root, node.isUntyped {
      binder.report(
        .wrongType, BindingMessages.untypedNull, at: node.source.span,
        remedy: BindingMessages.castTheNull)
    }
    guard let root, binder.errors.isEmpty else { throw ExpressionErrors(binder.errors) }
    return BoundExpression(root, text: tree.canonical)
  }
}
