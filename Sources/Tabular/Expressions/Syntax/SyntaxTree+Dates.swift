/// What an expression does to dates: read off the text, for facts.
extension SyntaxTree {
  /// The unit of `date_trunc('month', x)`, where that is the whole expression.
  public var dateUnit: String? { SyntaxTree.truncation(root) }

  fileprivate static func truncation(_ node: SyntaxNode) -> String? {
    guard case .call(let call) = node.kind, call.name == "date_trunc",
      let unit = call.arguments.first, case .literal(.text(let name)) = unit.kind
    else { return nil }
    return name.lowercased()
  }

  /// How finely the result tells of dates; nil where it tells nothing of them but whether a
  /// condition holds, or how far two different ones are apart.
  /// - Parameters:
  ///   - field: how finely a field does, by name.
  ///   - unit: a unit by its name, as `date_trunc` takes it.
  ///   - areApart: whether the dates of two sets of fields are different ones.
  public func dateFineness<Unit: Comparable>(
    _ field: (String) -> Unit?, unit: (String) -> Unit?,
    areApart: (Set<String>, Set<String>) -> Bool
  ) -> Unit? {
    func names(_ node: SyntaxNode) -> Set<String> {
      Set(SyntaxTree(root: node, text: "").fieldNames)
    }
    func finest(_ nodes: some Sequence<SyntaxNode>) -> Unit? {
      nodes.compactMap(fineness).min()
    }
    func fineness(_ node: SyntaxNode) -> Unit? {
      switch node.kind {
      case .literal, .parameter, .compare, .and, .or, .not, .isNull, .isIn, .between, .like:
        return nil
      case .field(let name): return field(name)
      case .negate, .arithmetic, .concatenate, .cast: return finest(node.children)
      case .choose(_, let whens, let otherwise):
        return finest(whens.map(\.result) + (otherwise.map { [$0] } ?? []))
      case .call(let call):
        guard let inner = finest(call.arguments) else { return nil }
        if call.name == "days_between", call.arguments.count == 2,
          areApart(names(call.arguments[0]), names(call.arguments[1]))
        {
          return nil
        }
        let named = ["year", "month"].contains(call.name) ? call.name : SyntaxTree.truncation(node)
        return named.flatMap(unit).map { max(inner, $0) } ?? inner
      }
    }
    return fineness(root)
  }
}
