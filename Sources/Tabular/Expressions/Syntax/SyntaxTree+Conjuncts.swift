/// What must hold for a condition to hold: read off the text, for findings and facts.
extension SyntaxTree {
  /// The conditions that `and` joins at the top: all must be true for the whole to be true.
  public var conjuncts: [SyntaxTree] {
    func flat(_ node: SyntaxNode) -> [SyntaxNode] {
      if case .and(let nodes) = node.kind { nodes.flatMap(flat) } else { [node] }
    }
    return flat(root).map { SyntaxTree(root: $0, text: text) }
  }

  /// The field, where the whole expression is nothing but a field.
  public var onlyField: String? { SyntaxTree.fieldName(root) }

  /// The field whose presence the whole expression asks for: `x is not null`.
  public var fieldAskedFor: String? {
    guard case .isNull(let operand, negated: true) = root.kind else { return nil }
    return SyntaxTree.fieldName(operand)
  }

  /// The fields whose values matter, other than by being there or not: `x` in `x > 1`, but not in
  /// `x is null`.
  public var fieldsByValue: Set<String> {
    var found: Set<String> = []
    func walk(_ node: SyntaxNode) {
      if case .isNull(let operand, _) = node.kind, SyntaxTree.fieldName(operand) != nil { return }
      if let name = SyntaxTree.fieldName(node) { found.insert(name) }
      node.children.forEach(walk)
    }
    walk(root)
    return found
  }

  /// Fields that hold a value wherever this condition is true.
  public var fieldsProvenPresent: Set<String> { SyntaxTree.present(where: true, root) }

  /// What a field is at least wherever this condition is true: of `n >= 11`, `10 < n`,
  /// `n between 11 and 20`, `n = 12` (whole numbers and decimals, parameters resolved).
  /// - Returns: nil for any other form; `isStrict` when the bound itself is excluded.
  public func lowerBound(
    _ parameters: [String: Value]
  ) -> (field: String, bound: Decimal, isStrict: Bool)? {
    lowerBound(parameters, of: SyntaxTree.fieldName)
  }

  /// What the difference of two fields is at least wherever this condition is true: of
  /// `n - m >= 11` and the like.
  /// - Returns: as `lowerBound`.
  public func lowerBoundOfDifference(
    _ parameters: [String: Value]
  ) -> (field: (from: String, less: String), bound: Decimal, isStrict: Bool)? {
    lowerBound(parameters) { node in
      guard case .arithmetic(.subtract, let left, let right) = node.kind,
        let from = SyntaxTree.fieldName(left), let less = SyntaxTree.fieldName(right)
      else { return nil }
      return (from, less)
    }
  }

  private func lowerBound<Subject>(
    _ parameters: [String: Value], of subject: (SyntaxNode) -> Subject?
  ) -> (field: Subject, bound: Decimal, isStrict: Bool)? {
    func bound(_ node: SyntaxNode, _ other: SyntaxNode, _ comparison: SyntaxNode.Comparison)
      -> (field: Subject, bound: Decimal, isStrict: Bool)?
    {
      guard let field = subject(node), let value = SyntaxTree.number(other, parameters)
      else { return nil }
      switch comparison {
      case .greater: return (field, value, true)
      case .greaterOrEqual, .equal: return (field, value, false)
      case .unequal, .less, .lessOrEqual, .distinct, .notDistinct: return nil
      }
    }
    switch root.kind {
    case .compare(let comparison, let left, let right):
      return bound(left, right, comparison) ?? bound(right, left, comparison.mirrored)
    case .between(let subject, let low, _, negated: false):
      return bound(subject, low, .greaterOrEqual)
    default: return nil
    }
  }

  private static func fieldName(_ node: SyntaxNode) -> String? {
    if case .field(let name) = node.kind { name } else { nil }
  }

  private static func number(_ node: SyntaxNode, _ parameters: [String: Value]) -> Decimal? {
    switch node.kind {
    case .literal(let value): value.asDecimal
    case .parameter(let name): parameters[name]?.asDecimal
    default: nil
    }
  }

  /// Fields that hold a value wherever a condition is true, or wherever it is false.
  private static func present(where outcome: Bool, _ node: SyntaxNode) -> Set<String> {
    switch node.kind {
    case .not(let operand): return present(where: !outcome, operand)
    case .and(let nodes), .or(let nodes):
      let each = nodes.map { present(where: outcome, $0) }
      // True of `and` is true of all; of `or` it may be any. For false, the other way round.
      let isOfAll = if case .and = node.kind { outcome } else { !outcome }
      guard let first = each.first else { return [] }
      return each.dropFirst().reduce(first) { isOfAll ? $0.union($1) : $0.intersection($1) }
    case .isNull(let operand, let negated): return negated == outcome ? known(operand) : []
    case .between(let subject, let low, let high, let negated) where negated != outcome:
      return known(subject).union(known(low)).union(known(high))
    default: return known(node)
    }
  }

  /// Fields that hold a value wherever the node is not null.
  private static func known(_ node: SyntaxNode) -> Set<String> {
    switch node.kind {
    case .field(let name): [name]
    case .negate(let operand), .not(let operand), .cast(let operand, _, isTry: false):
      known(operand)
    case .arithmetic(_, let left, let right), .concatenate(let left, let right):
      known(left).union(known(right))
    case .compare(.distinct, _, _), .compare(.notDistinct, _, _): []
    case .compare(_, let left, let right): known(left).union(known(right))
    // One bound or item can decide without the others.
    case .isIn(let subject, _, _), .between(let subject, _, _, _): known(subject)
    case .like(let like): known(like.subject).union(known(like.pattern))
    case .and(let nodes), .or(let nodes):
      nodes.dropFirst().reduce(nodes.first.map(known) ?? []) { $0.intersection(known($1)) }
    default: []
    }
  }
}
