/// A Pratt parser: one loop, and a table of how tightly each operator binds.
///
/// From loosest to tightest: `or`, `and`, `not`, `is`, comparisons (which do not chain),
/// `in between like`, `+ - ||`, `* / %`, unary minus, `::`.
struct Parser {
  static let maximumDepth = 200

  enum Binding {
    static let lowest = 0
    static let or = 10
    static let and = 20
    static let not = 30
    static let isTest = 40
    static let comparison = 50
    static let membership = 60
    static let sum = 70
    static let product = 80
    static let sign = 90
    static let cast = 100
  }

  private let text: [UInt8]
  private let tokens: [Token]
  private var index = 0
  private var depth = 0

  private init(_ text: String) throws(ExpressionErrors) {
    self.text = Array(text.utf8)
    tokens = try Lexer.tokens(of: text)
  }

  /// The tree of a text.
  static func parse(_ text: String) throws(ExpressionErrors) -> SyntaxNode {
    var parser = try Parser(text)
    do throws(ExpressionError) {
      if parser.peek.kind == .end {
        throw ExpressionError(.syntax, SyntaxMessages.empty, at: parser.peek.span)
      }
      let node = try parser.expression(Binding.lowest)
      guard parser.peek.kind == .end else {
        throw parser.unexpected(SyntaxMessages.anOperator)
      }
      return node
    } catch {
      throw ExpressionErrors([error])
    }
  }

  // MARK: Tokens

  var peek: Token { tokens[min(index, tokens.count - 1)] }

  func peek(_ ahead: Int) -> Token {
    tokens[min(index + ahead, tokens.count - 1)]
  }

  @discardableResult
  mutating func advance() -> Token {
    let token = peek
    if index < tokens.count - 1 { index += 1 }
    return token
  }

  mutating func accept(_ symbol: Token.Symbol) -> Bool {
    guard peek.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func accept(_ keyword: String) -> Bool {
    guard peek.keyword == keyword else { return false }
    advance()
    return true
  }

  @discardableResult
  mutating func expect(_ symbol: Token.Symbol) throws(ExpressionError) -> Token {
    guard peek.isSymbol(symbol) else {
      throw unexpected(SyntaxMessages.symbol(symbol.rawValue))
    }
    return advance()
  }

  mutating func expect(_ keyword: String) throws(ExpressionError) {
    guard accept(keyword) else { throw unexpected(SyntaxMessages.symbol(keyword)) }
  }

  /// The end of the last token taken.
  var previousEnd: Int { index > 0 ? tokens[index - 1].span.end : 0 }

  func span(from start: Int) -> ExpressionError.Span {
    .init(offset: start, length: previousEnd - start)
  }

  func unexpected(_ expected: Message) -> ExpressionError {
    let token = peek
    if token.kind == .end {
      return ExpressionError(
        .syntax, SyntaxMessages.unexpected(nil, expected: expected), at: token.span)
    }
    let found = String(decoding: text[token.span.offset..<token.span.end].prefix(40), as: UTF8.self)
    var remedy: Message?
    if let keyword = token.keyword, Keywords.reserved.contains(keyword) {
      remedy = SyntaxMessages.reservedWord(found)
    } else if token.isSymbol(.comma), index > 0, case .number = tokens[index - 1].kind,
      case .number = peek(1).kind
    {
      remedy = SyntaxMessages.decimalPoint
    }
    return ExpressionError(
      .syntax, SyntaxMessages.unexpected(found, expected: expected), at: token.span,
      remedy: remedy)
  }

  /// Makes a node, refusing trees that would be too deep to walk.
  func node(_ kind: SyntaxNode.Kind, from start: Int) throws(ExpressionError) -> SyntaxNode {
    let node = SyntaxNode(kind, span(from: start))
    guard node.depth <= Parser.maximumDepth else {
      throw ExpressionError(
        .tooComplex, SyntaxMessages.tooDeep, at: node.span, remedy: SyntaxMessages.deepRemedy)
    }
    return node
  }

  // MARK: Expressions

  mutating func expression(_ minimum: Int) throws(ExpressionError) -> SyntaxNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.maximumDepth else {
      throw ExpressionError(
        .tooComplex, SyntaxMessages.tooDeep, at: peek.span, remedy: SyntaxMessages.deepRemedy)
    }
    let start = peek.span.offset
    var left = try prefix(minimum)
    var compared = false
    while let binding = infixBinding, binding > minimum {
      if binding == Binding.comparison {
        guard !compared else {
          throw ExpressionError(
            .syntax, SyntaxMessages.chained, at: peek.span, remedy: SyntaxMessages.chainedRemedy)
        }
        compared = true
      }
      left = try infix(left, binding, from: start)
    }
    return left
  }

  /// How tightly the operator at the position binds, if one stands there.
  private var infixBinding: Int? {
    switch peek.kind {
    case .symbol(let symbol):
      switch symbol {
      case .plus, .minus, .concatenate: return Binding.sum
      case .times, .divide, .remainder: return Binding.product
      case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual:
        return Binding.comparison
      case .cast: return Binding.cast
      case .open, .close, .comma: return nil
      }
    case .word:
      switch peek.keyword {
      case "or": return Binding.or
      case "and": return Binding.and
      case "is": return Binding.isTest
      case "in", "between", "like", "ilike": return Binding.membership
      case "not":
        switch peek(1).keyword {
        case "in", "between", "like", "ilike": return Binding.membership
        default: return nil
        }
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func infix(
    _ left: SyntaxNode, _ binding: Int, from start: Int
  ) throws(ExpressionError) -> SyntaxNode {
    switch binding {
    case Binding.or: return try chain(left, "or", binding, from: start) { .or($0) }
    case Binding.and: return try chain(left, "and", binding, from: start) { .and($0) }
    case Binding.isTest: return try isTest(left, from: start)
    case Binding.membership: return try membership(left, from: start)
    case Binding.cast:
      advance()
      let type = try typeName()
      return try node(.cast(left, type, isTry: false), from: start)
    default:
      guard case .symbol(let symbol) = advance().kind else {
        throw unexpected(SyntaxMessages.anOperator)
      }
      let right = try expression(binding)
      if let comparison = SyntaxNode.Comparison(rawValue: symbol.rawValue) {
        return try node(.compare(comparison, left, right), from: start)
      }
      if let arithmetic = SyntaxNode.Arithmetic(rawValue: symbol.rawValue) {
        return try node(.arithmetic(arithmetic, left, right), from: start)
      }
      return try node(.concatenate(left, right), from: start)
    }
  }

  /// `a and b and c` is one node, so that long conditions are not deep ones.
  private mutating func chain(
    _ first: SyntaxNode, _ keyword: String, _ binding: Int, from start: Int,
    _ make: ([SyntaxNode]) -> SyntaxNode.Kind
  ) throws(ExpressionError) -> SyntaxNode {
    var operands = [first]
    while accept(keyword) { operands.append(try expression(binding)) }
    return try node(make(operands), from: start)
  }

  private mutating func isTest(
    _ left: SyntaxNode, from start: Int
  ) throws(ExpressionError) -> SyntaxNode {
    advance()
    let negated = accept("not")
    if accept("null") { return try node(.isNull(left, negated: negated), from: start) }
    let comparison: SyntaxNode.Comparison = negated ? .distinct : .notDistinct
    for (word, value) in [("true", true), ("false", false)] where peek.keyword == word {
      let literal = SyntaxNode(.literal(.boolean(value)), advance().span)
      return try node(.compare(comparison, left, literal), from: start)
    }
    guard accept("distinct") else {
      throw unexpected(
        Message(
          en: "`null`, `true`, `false` or `distinct from`",
          fr: "`null`, `true`, `false` ou `distinct from`"))
    }
    try expect("from")
    let right = try expression(Binding.comparison)
    return try node(
      .compare(negated ? .notDistinct : .distinct, left, right), from: start)
  }

  private mutating func membership(
    _ left: SyntaxNode, from start: Int
  ) throws(ExpressionError) -> SyntaxNode {
    let negated = accept("not")
    let word = advance().keyword
    switch word {
    case "in":
      try expect(.open)
      let items = try list()
      return try node(.isIn(left, items, negated: negated), from: start)
    case "between":
      let low = try expression(Binding.membership)
      try expect("and")
      let high = try expression(Binding.membership)
      return try node(.between(left, low, high, negated: negated), from: start)
    default:
      let pattern = try expression(Binding.membership)
      let escape: SyntaxNode? =
        if accept("escape") { try expression(Binding.membership) } else { nil }
      return try node(
        .like(
          .init(
            subject: left, pattern: pattern, escape: escape, ignoresCase: word == "ilike",
            negated: negated)),
        from: start)
    }
  }

  /// Expressions up to the closing parenthesis, at least one.
  mutating func list() throws(ExpressionError) -> [SyntaxNode] {
    var items: [SyntaxNode] = []
    repeat { items.append(try expression(Binding.lowest)) } while accept(.comma)
    try expect(.close)
    return items
  }
}
