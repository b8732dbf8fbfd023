/// What an expression can start with: literals, names, calls, `case`, `cast`.
extension Parser {
  mutating func prefix(_ minimum: Int) throws(ExpressionError) -> SyntaxNode {
    let token = peek
    let start = token.span.offset
    switch token.kind {
    case .number(let value):
      advance()
      return SyntaxNode(.literal(value), token.span)
    case .text(let text):
      advance()
      return SyntaxNode(.literal(.text(text)), token.span)
    case .parameter(let name):
      advance()
      return SyntaxNode(.parameter(name), token.span)
    case .quotedName(let name):
      advance()
      return SyntaxNode(.field(name), token.span)
    case .symbol(.minus), .symbol(.plus): return try signed()
    case .symbol(.open):
      advance()
      let inner = try expression(Binding.lowest)
      try expect(.close)
      return inner
    case .word(let word): return try wordForm(word, minimum, from: start)
    case .symbol, .end: throw unexpected(SyntaxMessages.aValue)
    }
  }

  /// A sign directly before a number belongs to the number, so that the smallest integer can be
  /// written.
  private mutating func signed() throws(ExpressionError) -> SyntaxNode {
    let start = peek.span.offset
    let isMinus = advance().isSymbol(.minus)
    if case .number(let value) = peek.kind, !peek(1).isSymbol(.cast) {
      advance()
      return SyntaxNode(.literal(isMinus ? value.negated : value), span(from: start))
    }
    let operand = try expression(Binding.sign)
    return isMinus ? try node(.negate(operand), from: start) : operand
  }

  private mutating func wordForm(
    _ word: String, _ minimum: Int, from start: Int
  ) throws(ExpressionError) -> SyntaxNode {
    let keyword = word.lowercased()
    switch keyword {
    case "null": return SyntaxNode(.literal(.null), advance().span)
    case "true": return SyntaxNode(.literal(.boolean(true)), advance().span)
    case "false": return SyntaxNode(.literal(.boolean(false)), advance().span)
    case "not":
      guard minimum <= Binding.not else {
        throw ExpressionError(.syntax, SyntaxMessages.notNeedsParentheses, at: peek.span)
      }
      advance()
      let operand = try expression(Binding.not)
      return try node(.not(operand), from: start)
    case "case": return try choose(from: start)
    case "date", "timestamp":
      if case .text(let text) = peek(1).kind { return try instant(text, keyword, from: start) }
    case "cast", "try_cast":
      if peek(1).isSymbol(.open) { return try cast(isTry: keyword == "try_cast", from: start) }
    default:
      if Keywords.reserved.contains(keyword) { throw unexpected(SyntaxMessages.aValue) }
    }
    if peek(1).isSymbol(.open) { return try call(keyword, from: start) }
    advance()
    return SyntaxNode(.field(word), span(from: start))
  }

  /// `date '2026-01-31'` and `timestamp '2026-01-31 14:05:00+01:00'`.
  private mutating func instant(
    _ text: String, _ keyword: String, from start: Int
  ) throws(ExpressionError) -> SyntaxNode {
    advance()
    advance()
    let bytes = Array(text.utf8)
    if keyword == "date" {
      guard let days = IsoText.date(bytes.span) else {
        throw ExpressionError(
          .badLiteral, SyntaxMessages.badDate, at: span(from: start),
          remedy: SyntaxMessages.dateRemedy)
      }
      return SyntaxNode(.literal(.date(days)), span(from: start))
    }
    guard let (micros, zoned) = IsoText.datetime(bytes.span) else {
      throw ExpressionError(
        .badLiteral, SyntaxMessages.badTimestamp, at: span(from: start),
        remedy: SyntaxMessages.timestampRemedy)
    }
    return SyntaxNode(.literal(.datetime(micros, zoned: zoned)), span(from: start))
  }

  private mutating func cast(isTry: Bool, from start: Int) throws(ExpressionError) -> SyntaxNode {
    advance()
    try expect(.open)
    let operand = try expression(Binding.lowest)
    try expect("as")
    let type = try typeName()
    try expect(.close)
    return try node(.cast(operand, type, isTry: isTry), from: start)
  }

  private mutating func choose(from start: Int) throws(ExpressionError) -> SyntaxNode {
    advance()
    let operand: SyntaxNode? =
      if peek.keyword == "when" || peek.keyword == "end" {
        nil
      } else {
        try expression(Binding.lowest)
      }
    var whens: [SyntaxNode.When] = []
    while accept("when") {
      let condition = try expression(Binding.lowest)
      try expect("then")
      whens.append(.init(condition: condition, result: try expression(Binding.lowest)))
    }
    if whens.isEmpty {
      throw ExpressionError(.syntax, SyntaxMessages.noWhen, at: span(from: start))
    }
    let otherwise: SyntaxNode? =
      if accept("else") { try expression(Binding.lowest) } else { nil }
    try expect("end")
    return try node(.choose(operand: operand, whens, otherwise: otherwise), from: start)
  }

  /// `name(a, b)`, `count(*)`, `count(distinct x)`, each with `filter (where …)` or not.
  private mutating func call(_ name: String, from start: Int) throws(ExpressionError) -> SyntaxNode
  {
    var call = SyntaxNode.Call(name: name, nameSpan: advance().span, arguments: [])
    try expect(.open)
    if peek.isSymbol(.times), peek(1).isSymbol(.close) {
      advance()
      call.isStar = true
    } else if peek.keyword == "distinct", !peek(1).isSymbol(.close), !peek(1).isSymbol(.comma) {
      advance()
      call.isDistinct = true
    }
    if !accept(.close) { call.arguments = try list() }
    if peek.keyword == "filter", peek(1).isSymbol(.open) {
      advance()
      advance()
      try expect("where")
      call.filter = try expression(Binding.lowest)
      try expect(.close)
    }
    return try node(.call(call), from: start)
  }

  // MARK: Types

  mutating func typeName() throws(ExpressionError) -> SyntaxNode.TypeName {
    let token = peek
    guard let name = token.keyword else { throw unexpected(SyntaxMessages.aType) }
    guard let type = TypeNames.type(name) else {
      let near = Suggestion.nearest(to: name, among: TypeNames.all)
      throw ExpressionError(
        .unknownType, SyntaxMessages.unknownType(name), at: token.span,
        remedy: near.map { SyntaxMessages.didYouMean($0) }
          ?? SyntaxMessages.typesAre(TypeNames.main))
    }
    advance()
    if name == "double" { _ = accept("precision") }
    var written = SyntaxNode.TypeName(type: type)
    guard type == .decimal, accept(.open) else { return written }
    written.precision = try size(1...38)
    written.scale = accept(.comma) ? try size(0...DecimalValues.maximumScale) : 0
    try expect(.close)
    return written
  }

  private mutating func size(_ allowed: ClosedRange<Int>) throws(ExpressionError) -> Int {
    guard case .number(.integer(let value)) = peek.kind, let size = Int(exactly: value),
      allowed.contains(size)
    else {
      throw ExpressionError(.unknownType, SyntaxMessages.precision, at: peek.span)
    }
    advance()
    return size
  }
}

/// The names of types in casts: ours, and those of other SQL dialects.
enum TypeNames {
  static let main = [
    "text", "boolean", "integer", "decimal", "double", "date", "datetime", "datetimez",
  ]

  private static let known: [String: DataType] = [
    "text": .text, "string": .text, "varchar": .text,
    "boolean": .boolean, "bool": .boolean,
    "integer": .integer, "int": .integer, "bigint": .integer,
    "decimal": .decimal, "numeric": .decimal,
    "double": .double,
    "date": .date,
    "datetime": .datetime(zoned: false), "timestamp": .datetime(zoned: false),
    "datetimez": .datetime(zoned: true), "timestamptz": .datetime(zoned: true),
  ]

  static let all = known.keys.sorted()

  static func type(_ name: String) -> DataType? { known[name] }
}

extension Value {
  /// The number with its sign turned; other values as they are.
  var negated: Value {
    switch self {
    case .integer(let value):
      // Literals are not negative, so that this cannot overflow.
      .integer(0 &- value)
    case .decimal(let value):
      // 9223372036854775808 is a decimal because of its missing minus.
      if value.scale == 0, value.digits == -Int128(Int64.min) {
        .integer(Int64.min)
      } else {
        .decimal(Decimal(digits: -value.digits, scale: value.scale))
      }
    case .double(let value): .double(-value)
    case .null, .text, .boolean, .date, .datetime: self
    }
  }
}
