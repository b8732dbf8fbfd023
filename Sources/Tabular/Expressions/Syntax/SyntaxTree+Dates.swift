/// What an expression does to dates: read off the text, for facts.
extension SyntaxTree {
  /// The unit of `date_trunc('month', x)`, where that is the whole expression.
  public var dateUnit: String? {
    guard case .call(let call) = root.kind, call.name == "date_trunc",
      let unit = call.arguments.first, case .literal(.text(let name)) = unit.kind
    else { return nil }
    return name.lowercased()
  }
}
