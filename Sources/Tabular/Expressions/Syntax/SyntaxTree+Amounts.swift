/// Whether sums of an expression's results tell a size, or for how many something holds.
extension SyntaxTree {
  /// Functions of amounts and days that decide nothing.
  private static let measuring: Set<String> = ["days_between", "year"]

  /// Whether the result is an amount: it grows and shrinks with the amounts that it reads. A
  /// comparison, a `case`, a rest, a rounding (of what was divided before) or an absolute value
  /// (`abs(x - 64) - abs(x - 65)`) may make of them 1 for those for whom something holds, and 0 for
  /// the others, whose sum is their number.
  /// - Parameters:
  ///   - told: whether a field may be told row by row, so that nothing made of it counts.
  ///   - amount: whether a field holds amounts or days.
  public func isAmount(told: (String) -> Bool, amount: (String) -> Bool) -> Bool {
    func fields(_ node: SyntaxNode) -> Set<String> {
      Set(SyntaxTree(root: node, text: "").fieldNames)
    }
    func isTold(_ node: SyntaxNode) -> Bool { fields(node).allSatisfy(told) }
    func isAmount(_ node: SyntaxNode) -> Bool {
      if isTold(node) { return true }
      switch node.kind {
      case .field(let name): return amount(name)
      case .negate(let inner): return isAmount(inner)
      case .arithmetic(let operation, let left, let right):
        // What is divided by itself is 1, for all who have any of it.
        let isRatio = operation == .divide && !isTold(right)
        let isSelf = isRatio && !fields(left).isDisjoint(with: fields(right))
        return operation != .remainder && !isSelf && isAmount(left) && isAmount(right)
      case .cast(let inner, let name, isTry: false):
        return [.decimal, .double].contains(name.type) && name.scale == nil && isAmount(inner)
      case .call(let call):
        return SyntaxTree.measuring.contains(call.name) && call.arguments.allSatisfy(isAmount)
      default: return false
      }
    }
    return isAmount(root)
  }

  /// Whether the result is chosen by what it reads: a `case`, a comparison, a value made empty.
  public var decides: Bool {
    var found = false
    root.walk { node in
      switch node.kind {
      case .choose, .compare, .and, .or, .not, .isNull, .isIn, .between, .like: found = true
      case .cast(_, _, isTry: true): found = true
      case .call(let call) where call.name == "nullif": found = true
      default: break
      }
    }
    return found
  }

  /// The condition of `case when … then … end`, where it is the only one and all else counts
  /// nothing: in its canonical writing.
  public var onlyCondition: String? {
    guard case .choose(nil, let whens, let otherwise) = root.kind, whens.count == 1 else {
      return nil
    }
    switch otherwise?.kind {
    case nil, .literal(.null), .literal(.integer(0)):
      return CanonicalWriter.text(whens[0].condition)
    default: return nil
    }
  }
}
