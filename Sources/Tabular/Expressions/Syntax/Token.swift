/// A word of an expression's text.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    /// A plain identifier or keyword, as written.
    case word(String)
    /// An identifier in double quotes, without them.
    case quotedName(String)
    /// A text in single quotes, without them.
    case text(String)
    /// An integer, decimal or (with an exponent) double.
    case number(Value)
    /// `:name`.
    case parameter(String)
    case symbol(Symbol)
    case end
  }

  enum Symbol: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case concatenate = "||"
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case open = "("
    case close = ")"
    case comma = ","
    case cast = "::"
  }

  let kind: Kind
  let span: ExpressionError.Span

  /// The keyword that this is, if it is an unquoted word.
  var keyword: String? {
    guard case .word(let word) = kind else { return nil }
    return word.lowercased()
  }

  func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}

/// Words that name nothing unless they stand in double quotes.
enum Keywords {
  static let reserved: Set<String> = [
    "and", "or", "not", "is", "null", "true", "false", "case", "when", "then", "else", "end",
    "in", "between", "like", "ilike", "escape",
  ]
}
