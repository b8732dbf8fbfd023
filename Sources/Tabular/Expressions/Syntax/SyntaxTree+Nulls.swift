/// Whether an expression may be null, read off its text.
extension SyntaxTree {
  /// Whether the result may be null; true where that is not known.
  /// - Parameters:
  ///   - fields: names of the fields that may be null.
  ///   - parameters: names of the parameters that are null.
  public func mayBeNull(fields: Set<String>, parameters: Set<String>) -> Bool {
    Nullness(fields: fields, parameters: parameters).mayBeNull(root)
  }
}

private struct Nullness {
  let fields: Set<String>
  let parameters: Set<String>

  /// Functions that are null only where an argument is.
  private static let strict: Set<String> = [
    "lower", "upper", "unaccent", "nfc", "trim", "replace", "substr", "substring", "length",
    "concat", "abs", "round", "floor", "ceil", "ceiling", "year", "month", "day", "hour",
    "weekday", "iso_week", "date_trunc", "days_between", "add_days", "to_date",
  ]

  /// Functions that are null only where all arguments are.
  private static let lenient: Set<String> = ["coalesce", "greatest", "least"]

  func mayBeNull(_ node: SyntaxNode) -> Bool {
    switch node.kind {
    case .literal(let value): value == .null
    case .field(let name): fields.contains(name)
    case .parameter(let name): parameters.contains(name)
    case .isNull, .compare(.distinct, _, _), .compare(.notDistinct, _, _): false
    case .negate, .not, .arithmetic, .concatenate, .compare, .and, .or, .isIn, .between, .like,
      .cast(_, _, isTry: false):
      node.children.contains(where: mayBeNull)
    case .cast: true
    case .choose(_, let whens, let otherwise):
      otherwise.map(mayBeNull) ?? true || whens.contains { mayBeNull($0.result) }
    case .call(let call):
      if Nullness.strict.contains(call.name) {
        call.arguments.contains(where: mayBeNull)
      } else if Nullness.lenient.contains(call.name) {
        call.arguments.allSatisfy(mayBeNull)
      } else {
        true
      }
    }
  }
}
