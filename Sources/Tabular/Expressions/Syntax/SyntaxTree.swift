/// An expression as its author wrote it: syntax only, no types. What can be read off it needs no
/// schema.
public struct SyntaxTree: Sendable {
  let root: SyntaxNode
  /// As written.
  public let text: String

  init(root: SyntaxNode, text: String) { (self.root, self.text) = (root, text) }

  /// The same expression in one fixed writing: lower-case keywords, single blanks, only the
  /// parentheses that are needed. Parsing it gives the same tree.
  public var canonical: String { CanonicalWriter.text(root) }

  /// A mention of a field.
  public struct FieldReference: Sendable, Hashable {
    public let name: String
    /// In UTF-8 bytes of `text`.
    public let offset: Int
    public let length: Int
  }

  /// Every mention of a field, in the order of the text.
  public var fieldReferences: [FieldReference] {
    var found: [FieldReference] = []
    root.walk { node in
      if case .field(let name) = node.kind {
        found.append(
          FieldReference(name: name, offset: node.span.offset, length: node.span.length))
      }
    }
    return found
  }

  /// The names of the fields mentioned, each once, in the order of their first mention.
  public var fieldNames: [String] {
    var seen: Set<String> = []
    return fieldReferences.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The names of the parameters mentioned, each once, in the order of their first mention.
  public var parameterNames: [String] {
    var names: [String] = []
    root.walk { node in
      if case .parameter(let name) = node.kind, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A field held against constants: `age >= 18`, `nom in ('A', 'B')`, `nom like 'M%'`.
  public struct FieldComparison: Sendable, Hashable {
    public let field: FieldReference
    /// As SQL writes it: `=`, `<>`, `in`, `not in`, `between`, `like`, `is distinct from`…
    public let comparison: String
    /// The literals; parameters are not among them.
    public let constants: [Value]
  }

  /// Every place where a field is compared with literals, in the order of the text.
  public var fieldComparisons: [FieldComparison] {
    var found: [FieldComparison] = []
    root.walk { node in
      if let comparison = SyntaxTree.comparison(node) { found.append(comparison) }
    }
    return found
  }

  private static func comparison(_ node: SyntaxNode) -> FieldComparison? {
    func against(
      _ subject: SyntaxNode, _ others: [SyntaxNode], _ word: String
    ) -> FieldComparison? {
      guard let field = reference(subject) else { return nil }
      let constants = others.compactMap { other -> Value? in
        if case .literal(let value) = other.kind { value } else { nil }
      }
      guard !constants.isEmpty else { return nil }
      return FieldComparison(field: field, comparison: word, constants: constants)
    }
    switch node.kind {
    case .compare(let comparison, let left, let right):
      return against(left, [right], comparison.rawValue)
        ?? against(right, [left], comparison.mirrored.rawValue)
    case .isIn(let subject, let items, let negated):
      return against(subject, items, negated ? "not in" : "in")
    case .between(let subject, let low, let high, let negated):
      return against(subject, [low, high], negated ? "not between" : "between")
    case .like(let like):
      let word = like.ignoresCase ? "ilike" : "like"
      return against(like.subject, [like.pattern], like.negated ? "not " + word : word)
    default: return nil
    }
  }

  private static func reference(_ node: SyntaxNode) -> FieldReference? {
    guard case .field(let name) = node.kind else { return nil }
    return FieldReference(name: name, offset: node.span.offset, length: node.span.length)
  }

  /// Fields of conditions that must hold for a row to pass and that say what a field is *not*
  /// (`statut <> 'test'`, `nom not in (…)`, `not (x = 1)`…): where such a field is empty the row
  /// is dropped too, which authors seldom mean.
  public var inequalityConjuncts: [FieldReference] {
    let conjuncts: [SyntaxNode] = if case .and(let nodes) = root.kind { nodes } else { [root] }
    return conjuncts.flatMap(SyntaxTree.inequality)
  }

  private static func inequality(_ node: SyntaxNode) -> [FieldReference] {
    switch node.kind {
    case .and(let nodes): return nodes.flatMap(inequality)
    case .compare(.unequal, let left, let right):
      return [left, right].compactMap(reference)
    case .isIn(let subject, _, negated: true), .between(let subject, _, _, negated: true):
      return [subject].compactMap(reference)
    case .like(let like): return like.negated ? [like.subject].compactMap(reference) : []
    case .not(let inner):
      switch inner.kind {
      case .compare(.equal, let left, let right): return [left, right].compactMap(reference)
      case .isIn(let subject, _, negated: false), .between(let subject, _, _, negated: false):
        return [subject].compactMap(reference)
      case .like(let like): return like.negated ? [] : [like.subject].compactMap(reference)
      default: return []
      }
    default: return []
    }
  }
}

extension SyntaxNode.Comparison {
  /// The comparison that holds when the sides are swapped.
  var mirrored: Self {
    switch self {
    case .equal, .unequal, .distinct, .notDistinct: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
