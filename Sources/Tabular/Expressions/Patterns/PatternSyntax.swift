/// A regular expression as a tree.
indirect enum PatternNode: Sendable {
  enum Assertion: Sendable, Hashable {
    case textStart
    case textEnd
    case lineStart
    case lineEnd
    case wordBoundary
    case noWordBoundary
  }

  case empty
  case set(ScalarSet)
  case assertion(Assertion)
  case capture(PatternNode, Int)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// - `most`: nil without a limit.
  case repeated(PatternNode, least: Int, most: Int?, lazy: Bool)
}

/// Parses the syntax that Perl, Java, Python and RE2 have in common.
struct PatternParser {
  private struct Flags {
    var ignoresCase = false
    var dotTakesNewline = false
    var isMultiline = false
  }

  static let maximumDepth = 100
  static let maximumRepeat = 1000

  private let scalars: [Unicode.Scalar]
  /// The byte at which each scalar starts, and the end.
  private let offsets: [Int]
  private var position = 0
  private var depth = 0
  private var flags = Flags()
  private(set) var captureCount = 0

  init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
    var offsets = [0]
    for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    self.offsets = offsets
  }

  mutating func parse() throws(PatternError) -> PatternNode {
    let node = try alternatives()
    if position < scalars.count { throw error(PatternMessages.strayClose, from: position) }
    return node
  }

  private func error(_ message: Message, from start: Int) -> PatternError {
    let end = min(max(position, start + 1), scalars.count)
    let offset = offsets[min(start, scalars.count)]
    return PatternError(message: message, offset: offset, length: offsets[end] - offset)
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private mutating func accept(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard position + wanted.count <= scalars.count,
      Array(scalars[position..<position + wanted.count]) == wanted
    else { return false }
    position += wanted.count
    return true
  }

  private mutating func alternatives() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    if depth > PatternParser.maximumDepth { throw error(PatternMessages.tooLarge, from: position) }
    // A flag such as (?i) holds to the end of its group.
    let saved = flags
    defer { flags = saved }
    var branches = [try sequence()]
    while accept("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var items: [PatternNode] = []
    while let next = peek, next != "|", next != ")" {
      guard let atom = try atom() else { continue }
      items.append(try repetition(of: atom))
    }
    return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
  }

  // MARK: Repetition

  private mutating func repetition(of atom: PatternNode) throws(PatternError) -> PatternNode {
    let start = position
    guard let (least, most) = try quantifier() else { return atom }
    let lazy = accept("?")
    let again = position
    let next = try quantifier()
    if next != nil {
      throw error(PatternMessages.doubleRepeat, from: again)
    }
    if max(least, most ?? 0) > PatternParser.maximumRepeat || most.map({ $0 < least }) ?? false {
      throw error(PatternMessages.badRepeat, from: start)
    }
    return .repeated(atom, least: least, most: most, lazy: lazy)
  }

  private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
    if accept("*") { return (0, nil) }
    if accept("+") { return (1, nil) }
    if accept("?") { return (0, 1) }
    // A brace that is no quantifier is a character.
    let start = position
    guard accept("{"), let least = number() else {
      position = start
      return nil
    }
    if accept("}") { return (least, least) }
    guard accept(",") else {
      position = start
      return nil
    }
    if accept("}") { return (least, nil) }
    guard let most = number(), accept("}") else {
      position = start
      return nil
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = peek, scalar.isASCII, UInt8(truncatingIfNeeded: scalar.value).isDigit {
      value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
      position += 1
    }
    return value
  }

  // MARK: Atoms

  /// Nil for what stands for nothing, such as `(?i)`.
  private mutating func atom() throws(PatternError) -> PatternNode? {
    let start = position
    guard let scalar = peek else { return nil }
    position += 1
    switch scalar {
    case "(": return try group(from: start)
    case "[": return .set(try bracket(from: start))
    case ".":
      return .set(flags.dotTakesNewline ? .any : ScalarSet.newline.inverted)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "*", "+", "?": throw error(PatternMessages.nothingToRepeat, from: start)
    case "\\": return try escape(from: start)
    default: return literal(scalar.value)
    }
  }

  private func literal(_ scalar: UInt32) -> PatternNode {
    let set = ScalarSet(scalar)
    return .set(flags.ignoresCase ? set.ignoringCase : set)
  }

  private mutating func group(from start: Int) throws(PatternError) -> PatternNode? {
    var capture: Int?
    if accept("?") {
      if accept("=") || accept("!") || accept("<=") || accept("<!") || accept(">") {
        throw error(PatternMessages.unsupported, from: start)
      }
      if accept("P<") || accept("<") {
        while let scalar = peek, scalar != ">" {
          guard scalar == "_" || scalar.properties.isAlphabetic || scalar.isASCII,
            scalar != ")", scalar != "("
          else { throw error(PatternMessages.unclosedGroup, from: start) }
          position += 1
        }
        guard accept(">") else { throw error(PatternMessages.unclosedGroup, from: start) }
        captureCount += 1
        capture = captureCount
      } else if !accept(":") {
        let outer = flags
        try readFlags(from: start)
        if accept(")") { return nil }
        guard accept(":") else { throw error(PatternMessages.unknownFlag, from: start) }
        let inner = try closed(from: start)
        flags = outer
        return inner
      }
    } else {
      captureCount += 1
      capture = captureCount
    }
    let inner = try closed(from: start)
    return capture.map { .capture(inner, $0) } ?? inner
  }

  /// The rest of a group, up to its parenthesis.
  private mutating func closed(from start: Int) throws(PatternError) -> PatternNode {
    let inner = try alternatives()
    guard accept(")") else {
      throw PatternError(
        message: PatternMessages.unclosedGroup, offset: offsets[start], length: 1)
    }
    return inner
  }

  private mutating func readFlags(from start: Int) throws(PatternError) {
    var value = true
    while let scalar = peek, scalar != ")", scalar != ":" {
      position += 1
      switch scalar {
      case "-" where value: value = false
      case "i": flags.ignoresCase = value
      case "s": flags.dotTakesNewline = value
      case "m": flags.isMultiline = value
      default: throw error(PatternMessages.unknownFlag, from: start)
      }
    }
  }

  private mutating func escape(from start: Int) throws(PatternError) -> PatternNode {
    guard let scalar = peek else { throw error(PatternMessages.endsInBackslash, from: start) }
    switch scalar {
    case "b", "B", "A", "z", "Z":
      position += 1
      switch scalar {
      case "b": return .assertion(.wordBoundary)
      case "B": return .assertion(.noWordBoundary)
      case "A": return .assertion(.textStart)
      default: return .assertion(.textEnd)
      }
    case "1"..."9": throw error(PatternMessages.unsupported, from: start)
    default: break
    }
    if let set = try classEscape(from: start) { return .set(set) }
    return literal(try scalarEscape(from: start))
  }

  // MARK: Classes

  /// `\d`, `\w`, `\s`, `\p{L}` and their opposites; nil when it is another escape.
  private mutating func classEscape(from start: Int) throws(PatternError) -> ScalarSet? {
    guard let scalar = peek else { return nil }
    let set: ScalarSet
    switch scalar {
    case "d", "D": set = .digit
    case "w", "W": set = .word
    case "s", "S": set = .blank
    case "p", "P":
      position += 1
      set = try property(from: start)
      return scalar == "P" ? set.inverted : flags.ignoresCase ? set.ignoringCase : set
    default: return nil
    }
    position += 1
    return scalar.properties.isUppercase ? set.inverted : set
  }

  private mutating func property(from start: Int) throws(PatternError) -> ScalarSet {
    var name = ""
    if accept("{") {
      while let scalar = peek, scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard accept("}") else { throw error(PatternMessages.unknownProperty, from: start) }
    } else if let scalar = peek {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    switch name {
    case "L", "Letter", "Alphabetic", "IsAlphabetic": return .letter
    case "Lu": return .upper
    case "Ll": return .lower
    case "M": return .mark
    case "N": return .number
    case "Nd": return .decimal
    case "P": return .punctuation
    case "S": return .symbol
    case "Z", "Zs": return .separator
    default: throw error(PatternMessages.unknownProperty, from: start)
    }
  }

  /// `\n`, `\x41`, `\u00E9`, `\.`.
  private mutating func scalarEscape(from start: Int) throws(PatternError) -> UInt32 {
    guard let scalar = peek else { throw error(PatternMessages.endsInBackslash, from: start) }
    position += 1
    switch scalar {
    case "n": return 0x0A
    case "t": return 0x09
    case "r": return 0x0D
    case "f": return 0x0C
    case "v": return 0x0B
    case "0": return 0
    case "x": return try hexadecimal(2, from: start)
    case "u": return try hexadecimal(4, from: start)
    default:
      // Every other letter may come to mean something.
      if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        throw error(PatternMessages.unknownEscape, from: start)
      }
      return scalar.value
    }
  }

  /// So many digits, or any number of them in braces.
  private mutating func hexadecimal(_ width: Int, from start: Int) throws(PatternError) -> UInt32 {
    var digits = ""
    let braced = accept("{")
    while let scalar = peek, scalar.isASCII, scalar.properties.isASCIIHexDigit,
      digits.utf8.count < (braced ? 6 : width)
    {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    guard !braced || accept("}"), braced || digits.utf8.count == width,
      let value = UInt32(digits, radix: 16), Unicode.Scalar(value) != nil
    else { throw error(PatternMessages.unknownEscape, from: start) }
    return value
  }

  private mutating func bracket(from start: Int) throws(PatternError) -> ScalarSet {
    let isInverted = accept("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let scalar = peek else {
        throw PatternError(
          message: PatternMessages.unclosedClass, offset: offsets[start], length: 1)
      }
      // A bracket that comes first is a member.
      if scalar == "]", !isFirst { break }
      isFirst = false
      let itemStart = position
      if scalar == "[", let named = namedClass() {
        ranges += named.ranges
        continue
      }
      if scalar == "\\" {
        position += 1
        if let set = try classEscape(from: itemStart) {
          ranges += set.ranges
          continue
        }
        position -= 1
      }
      let low = try member(from: itemStart)
      guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        ranges.append(low...low)
        continue
      }
      position += 1
      let high = try member(from: itemStart)
      guard low <= high else { throw error(PatternMessages.emptyRange, from: itemStart) }
      ranges.append(low...high)
    }
    position += 1
    var set = ScalarSet(ranges)
    if flags.ignoresCase { set = set.ignoringCase }
    return isInverted ? set.inverted : set
  }

  private mutating func member(from start: Int) throws(PatternError) -> UInt32 {
    guard let scalar = peek else { throw error(PatternMessages.unclosedClass, from: start) }
    position += 1
    guard scalar == "\\" else { return scalar.value }
    if accept("b") { return 0x08 }
    return try scalarEscape(from: start)
  }

  /// `[:alpha:]` and the like.
  private mutating func namedClass() -> ScalarSet? {
    if accept("[:alpha:]") { return .letter }
    if accept("[:digit:]") { return .digit }
    if accept("[:alnum:]") { return ScalarSet.letter.union(.digit) }
    if accept("[:space:]") { return .blank }
    if accept("[:upper:]") { return .upper }
    if accept("[:lower:]") { return .lower }
    if accept("[:punct:]") { return ScalarSet.punctuation.union(.symbol) }
    return nil
  }
}
