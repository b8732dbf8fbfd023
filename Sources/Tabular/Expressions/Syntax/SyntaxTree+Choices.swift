/// What an expression does to the rows that it reads: whether it picks some of them.
extension SyntaxTree {
  /// Whether the result is chosen by what it reads: a `case`, a comparison, a value made empty.
  public var decides: Bool {
    var found = false
    root.walk { node in
      switch node.kind {
      case .choose, .compare, .and, .or, .not, .isNull, .isIn, .between, .like: found = true
      case .cast(_, _, isTry: true): found = true
      case .call(let call) where ["nullif", "try_to_date"].contains(call.name): found = true
      default: break
      }
    }
    return found
  }

  /// Functions that write the same text otherwise.
  private static let spelling: Set<String> = [
    "lower", "upper", "unaccent", "nfc", "trim", "ltrim", "rtrim", "concat",
  ]

  /// Whether the result is nothing but texts of what it reads, one after the other: as many as
  /// there are different ones of these.
  public var isTuple: Bool {
    var isTuple = true
    root.walk { node in
      switch node.kind {
      case .field, .literal, .concatenate: break
      case .cast(_, let name, isTry: false) where name.type == .text: break
      case .call(let call) where SyntaxTree.spelling.contains(call.name): break
      default: isTuple = false
      }
    }
    return isTuple
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
