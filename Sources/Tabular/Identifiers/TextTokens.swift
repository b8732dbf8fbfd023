/// Words and numbers of a text, in order, with what stands between them.
struct TextTokens {
  /// What stands between a token and the one before it.
  enum Gap: UInt8 {
    case none, blank, hyphen, point, slash, apostrophe
    /// A comma, with blanks or without.
    case comma
    /// Up to four of blanks, hyphens, points, slashes and parentheses.
    case loose
    case other
    /// Among others, the end of a line.
    case line
  }

  struct Token {
    var start: Int
    var end: Int
    let isNumber: Bool
    let gap: Gap
    /// Of a number: its digits' places in `digits`.
    var digits: Range<Int>
    /// Of a word: folded.
    var key: UInt128
    /// What a word tells of others.
    var classes: WordClasses = []
    var letters = 0
    var capitals = 0
    var beginsCapital = false

    var count: Int { digits.count }
    /// Begins with a capital, or is of a script that has none.
    var isCapitalised: Bool { !isNumber && beginsCapital }
    var isAllCapitals: Bool { !isNumber && letters > 0 && capitals == letters }
  }

  private let lexicon = Lexicon.all
  private(set) var tokens: [Token] = []
  /// Of all numbers, as values.
  private(set) var digits: [UInt8] = []

  var count: Int { tokens.count }
  subscript(place: Int) -> Token { tokens[place] }

  /// Replaces what was there by the tokens of a text.
  mutating func read(_ text: Span<UInt8>) {
    tokens.removeAll(keepingCapacity: true)
    digits.removeAll(keepingCapacity: true)
    var gap = GapReading()
    var place = 0
    while place < text.count {
      let scalar = TextScalar(text, at: place)
      if scalar.kind == .digit {
        place = readNumber(text, place, gap.result)
        gap = GapReading()
      } else if scalar.kind.isLetter {
        place = readWord(text, place, gap.result)
        gap = GapReading()
      } else {
        if scalar.kind != .mark { gap.add(scalar.kind) }
        place += scalar.length
      }
    }
  }

  /// - Returns: where it ends.
  private mutating func readNumber(_ text: Span<UInt8>, _ start: Int, _ gap: Gap) -> Int {
    let first = digits.count
    var end = start
    while end < text.count {
      let scalar = TextScalar(text, at: end)
      guard scalar.kind == .digit || scalar.kind == .mark else { break }
      if scalar.kind == .digit { digits.append(scalar.digit) }
      end += scalar.length
    }
    tokens.append(
      Token(start: start, end: end, isNumber: true, gap: gap, digits: first..<digits.count, key: 0))
    return end
  }

  private mutating func readWord(_ text: Span<UInt8>, _ start: Int, _ gap: Gap) -> Int {
    var token = Token(start: start, end: start, isNumber: false, gap: gap, digits: 0..<0, key: 0)
    var key = WordKey()
    token.beginsCapital = TextScalar(text, at: start).kind != .small
    var end = start
    while end < text.count {
      let scalar = TextScalar(text, at: end)
      if scalar.kind.isLetter {
        token.letters += 1
        if scalar.kind == .capital { token.capitals += 1 }
        key.add(scalar)
      } else if scalar.kind != .mark {
        break
      }
      end += scalar.length
    }
    token.end = end
    token.key = key.value
    token.classes = lexicon[key.value]
    tokens.append(token)
    return end
  }

  /// A number of few digits.
  func value(_ token: Token) -> Int {
    guard token.isNumber, token.count <= 9 else { return Int.max }
    return token.digits.reduce(0) { $0 * 10 + Int(digits[$1]) }
  }

  /// Whether a token ends where no letter or digit follows at once.
  func endsFreely(_ place: Int) -> Bool { place + 1 >= count || tokens[place + 1].gap != .none }

  /// Whether no letter or digit stands at once before a token.
  func startsFreely(_ place: Int) -> Bool { place == 0 || tokens[place].gap != .none }
}

/// Tells what stands between two tokens.
private struct GapReading {
  private var first: TextScalar.Kind?
  private var length = 0
  private var isBlank = true
  private var isLoose = true
  private var commas = 0
  private var hasLine = false
  private var hasOther = false

  mutating func add(_ kind: TextScalar.Kind) {
    if length == 0 { first = kind }
    length += 1
    switch kind {
    case .blank: break
    case .hyphen, .point, .slash, .parenthesis: isBlank = false
    case .comma:
      commas += 1
      isLoose = false
    case .line: hasLine = true
    default: hasOther = true
    }
    if kind != .blank && kind != .comma { hasOther = hasOther || commas > 0 }
  }

  var result: TextTokens.Gap {
    guard let first else { return .none }
    if hasLine { return .line }
    if length == 1 {
      switch first {
      case .blank: return .blank
      case .hyphen: return .hyphen
      case .point: return .point
      case .slash: return .slash
      case .apostrophe: return .apostrophe
      case .comma: return .comma
      case .parenthesis: return .loose
      default: return .other
      }
    }
    if hasOther { return .other }
    if commas == 1 { return isBlank ? .comma : .other }
    if commas > 1 { return .other }
    if isBlank { return length <= 2 ? .blank : .other }
    return isLoose && length <= 4 ? .loose : .other
  }
}
