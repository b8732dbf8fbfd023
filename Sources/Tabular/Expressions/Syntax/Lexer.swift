/// Cuts an expression's text into tokens. Every stray character is reported, not only the first.
struct Lexer {
  /// Longer texts are refused: they are not written by people, and cost accordingly.
  static let maximumLength = 65_536

  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []
  private var errors: [ExpressionError] = []

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The tokens of a text, ending with `.end`.
  static func tokens(of text: String) throws(ExpressionErrors) -> [Token] {
    var lexer = Lexer(text)
    guard lexer.bytes.count <= maximumLength else {
      throw ExpressionErrors([
        ExpressionError(.tooComplex, SyntaxMessages.tooLong, offset: maximumLength, length: 0)
      ])
    }
    while lexer.next() {}
    if !lexer.errors.isEmpty { throw ExpressionErrors(lexer.errors) }
    return lexer.tokens
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  private mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(kind: kind, span: .init(offset: start, length: position - start)))
  }

  private mutating func fail(
    _ message: Message, from start: Int, remedy: Message? = nil,
    code: ExpressionError.Code = .syntax
  ) {
    errors.append(
      ExpressionError(
        code, message, offset: start, length: position - start, remedy: remedy))
  }

  /// - Returns: whether there may be more.
  private mutating func next() -> Bool {
    skipBlanks()
    let start = position
    guard position < bytes.count else {
      add(.end, from: start)
      return false
    }
    switch byte() {
    case UInt8(ascii: "'"):
      if let text = quoted(UInt8(ascii: "'")) { add(.text(text), from: start) }
    case UInt8(ascii: "\""):
      guard let name = quoted(UInt8(ascii: "\"")) else { return true }
      if name.isEmpty { fail(SyntaxMessages.emptyName, from: start) }
      add(.quotedName(name), from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: ".") where byte(1).isDigit: number()
    case UInt8(ascii: ":") where byte(1) != UInt8(ascii: ":"): parameter()
    default:
      if let word = identifier() {
        add(.word(word), from: start)
      } else {
        symbol()
      }
    }
    return true
  }

  /// Blanks include the no-break spaces that French keyboards and word processors put in.
  private mutating func skipBlanks() {
    while position < bytes.count {
      switch byte() {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case 0xC2 where byte(1) == 0xA0: position += 2
      case 0xE2 where byte(1) == 0x80 && byte(2) == 0xAF: position += 3
      default: return
      }
    }
  }

  /// The scalar at the position with its length in bytes; the text is valid UTF-8.
  private func scalar() -> (Unicode.Scalar, Int)? {
    let lead = byte()
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard position + length <= bytes.count else { return nil }
    var code = lead < 0x80 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<max(length, 1) { code = code << 6 | UInt32(byte(index) & 0x3F) }
    return Unicode.Scalar(code).map { ($0, length) }
  }

  private mutating func identifier() -> String? {
    let start = position
    while position < bytes.count {
      let first = position == start
      if byte() < 0x80 {
        guard byte().isLetter || byte() == UInt8(ascii: "_") || (!first && byte().isDigit)
        else { break }
        position += 1
      } else {
        guard let (scalar, length) = scalar(),
          first ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
        else { break }
        position += length
      }
    }
    if position == start { return nil }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func parameter() {
    let start = position
    position += 1
    if let name = identifier() {
      add(.parameter(name), from: start)
    } else {
      fail(SyntaxMessages.parameterName, from: start)
    }
  }

  /// A text or name in quotes, a doubled quote standing for one.
  private mutating func quoted(_ quote: UInt8) -> String? {
    let start = position
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      if byte() == quote {
        guard byte(1) == quote else {
          position += 1
          return String(decoding: content, as: UTF8.self)
        }
        position += 1
      }
      content.append(byte())
      position += 1
    }
    errors.append(
      ExpressionError(
        .syntax, SyntaxMessages.unclosed(quote == UInt8(ascii: "'")), offset: start, length: 1,
        remedy: SyntaxMessages.doubleTheQuote(quote == UInt8(ascii: "'"))))
    return nil
  }

  private mutating func number() {
    let start = position
    while byte().isDigit { position += 1 }
    var isPlain = true
    if byte() == UInt8(ascii: "."), byte(1).isDigit || position > start {
      isPlain = false
      position += 1
      while byte().isDigit { position += 1 }
    }
    let mantissaEnd = position
    var hasExponent = false
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+") ? 1 : 0
      if byte(1 + sign).isDigit {
        hasExponent = true
        position += 1 + sign
        while byte().isDigit { position += 1 }
      }
    }
    if byte().isLetter || byte() == UInt8(ascii: "_") || byte() >= 0x80 {
      let wordStart = position
      if identifier() != nil {
        fail(
          SyntaxMessages.numberThenLetters, from: start, remedy: SyntaxMessages.quoteTheName)
        return
      }
      position = wordStart
    }
    let text = bytes[start..<(hasExponent ? position : mantissaEnd)]
    if hasExponent {
      if let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite {
        return add(.number(.double(value)), from: start)
      }
    } else if let decimal = NumberText.decimal(text.span) {
      if isPlain, let integer = Int64(exactly: decimal.digits) {
        return add(.number(.integer(integer)), from: start)
      }
      return add(.number(.decimal(decimal)), from: start)
    }
    fail(SyntaxMessages.numberTooLarge, from: start, code: .badLiteral)
  }

  private mutating func symbol() {
    let start = position
    let two = String(decoding: bytes[position..<min(position + 2, bytes.count)], as: UTF8.self)
    if two == "--" {
      position += 2
      fail(SyntaxMessages.comment, from: start, remedy: SyntaxMessages.commentRemedy)
      position = bytes.count
      return
    }
    if let known = Self.wrongSymbols[two] {
      position += 2
      return fail(
        SyntaxMessages.wrongSymbol(two), from: start, remedy: SyntaxMessages.write(known))
    }
    if two == "!=" {
      position += 2
      return add(.symbol(.unequal), from: start)
    }
    if let symbol = Token.Symbol(rawValue: two), two.utf8.count == 2 {
      position += 2
      return add(.symbol(symbol), from: start)
    }
    if byte() < 0x80, let symbol = Token.Symbol(rawValue: String(Unicode.Scalar(byte()))) {
      position += 1
      return add(.symbol(symbol), from: start)
    }
    guard let (scalar, length) = scalar() else {
      position = bytes.count
      return
    }
    position += length
    fail(
      SyntaxMessages.strayCharacter(String(scalar)), from: start,
      remedy: Self.wrongScalars[scalar].map { SyntaxMessages.write($0) })
  }

  /// What other languages write.
  private static let wrongSymbols = ["==": "=", "&&": "and", "=>": ">=", "=<": "<=", "**": "*"]
  /// What word processors and keyboards put in.
  private static let wrongScalars: [Unicode.Scalar: String] = [
    "’": "'", "‘": "'", "“": "'", "”": "'", "«": "'", "»": "'", "`": "\"", "≠": "<>", "≤": "<=",
    "≥": ">=", "−": "-", "–": "-", "×": "*", "÷": "/", "!": "not", "|": "or", "&": "and",
  ]
}

extension UInt8 {
  /// Whether this is `0`…`9` in ASCII.
  @inline(__always) var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// Whether this is `A`…`Z` or `a`…`z` in ASCII.
  @inline(__always) var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
}
