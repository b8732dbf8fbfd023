import Tabular

/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Hashable {
  public let message: Message
  public let position: JSONPosition

  /// For readers of a shape of JSON, whose faults are told like the parser's own.
  package init(message: Message, position: JSONPosition) {
    (self.message, self.position) = (message, position)
  }
}

/// Reads JSON (RFC 8259) strictly, keeping positions; duplicate keys are errors. For schemas and
/// other small documents.
public struct JSONParser {
  private static let deepest = 128

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0
  private var counted = 0
  private var line = 1
  private var column = 1

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The document in `bytes` (UTF-8, a byte order mark is passed over).
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONNode {
    try parse(bytes) { parser throws(JSONError) in try parser.value() }
  }

  /// A document read by whoever knows its shape, so that what is large in it need not become nodes.
  /// - Parameter read: takes the one value of the document.
  package static func parse<T>(
    _ bytes: [UInt8], _ read: (inout JSONParser) throws(JSONError) -> T
  ) throws(JSONError) -> T {
    var parser = JSONParser(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.at = 3 }
    if let invalid = parser.firstInvalidByte() {
      parser.at = invalid
      throw parser.error(Message(en: "the text is not UTF-8", fr: "le texte n’est pas en UTF-8"))
    }
    parser.skipBlanks()
    let result = try read(&parser)
    parser.skipBlanks()
    guard parser.at == bytes.count else {
      throw parser.error(
        Message(en: "text after the end of the document", fr: "du texte suit la fin du document"))
    }
    return result
  }

  private func firstInvalidByte() -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { valid += scalar.count }
    return valid
  }

  /// Where `at` stands; goes on from where it was asked for last.
  package mutating func position() -> JSONPosition {
    while counted < min(at, bytes.count) {
      if bytes[counted] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if bytes[counted] & 0xC0 != 0x80, !(counted < 3 && bytes[0] == 0xEF) {
        column += 1
      }
      counted += 1
    }
    return JSONPosition(line: line, column: column)
  }

  private mutating func error(_ message: Message) -> JSONError {
    JSONError(message: message, position: position())
  }

  private mutating func unexpected() -> JSONError {
    guard at < bytes.count else {
      return error(
        Message(en: "the document ends too early", fr: "le document s’arrête trop tôt"))
    }
    return error(
      Message(
        en: "this is not JSON: unexpected character", fr: "JSON invalide : caractère inattendu"))
  }

  /// The first byte of the value that comes next; nil at the end.
  package var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      at += 1
    }
  }

  /// The value that comes next.
  package mutating func value() throws(JSONError) -> JSONNode {
    let start = position()
    let content: JSONNode.Content
    switch current {
    case UInt8(ascii: "{"):
      var found: [JSONMember] = []
      try eachMember { parser, key, keyPosition throws(JSONError) in
        found.append(JSONMember(key: key, keyPosition: keyPosition, value: try parser.value()))
      }
      content = .object(found)
    case UInt8(ascii: "["):
      var found: [JSONNode] = []
      try eachElement { parser throws(JSONError) in found.append(try parser.value()) }
      content = .array(found)
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "t"): content = try word("true", .boolean(true))
    case UInt8(ascii: "f"): content = try word("false", .boolean(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    default: content = .number(try number())
    }
    return JSONNode(content: content, position: start)
  }

  private mutating func word(
    _ word: String, _ content: JSONNode.Content
  ) throws(JSONError) -> JSONNode.Content {
    guard bytes[at...].starts(with: word.utf8) else { throw unexpected() }
    at += word.utf8.count
    return content
  }

  private mutating func descend() throws(JSONError) {
    depth += 1
    guard depth <= JSONParser.deepest else {
      throw error(Message(en: "nested too deeply", fr: "imbrication trop profonde"))
    }
    at += 1
    skipBlanks()
  }

  /// Goes through the object that comes next.
  /// - Parameter read: takes each key's value.
  package mutating func eachMember(
    _ read: (inout JSONParser, String, JSONPosition) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard current == UInt8(ascii: "{") else { throw unexpected() }
    try descend()
    defer { depth -= 1 }
    var keys: Set<String> = []
    if current == UInt8(ascii: "}") {
      at += 1
      return
    }
    repeat {
      skipBlanks()
      guard current == UInt8(ascii: "\"") else { throw unexpected() }
      let keyPosition = position()
      let key = try string()
      guard keys.insert(key).inserted else {
        throw JSONError(
          message: Message(en: "the key '\(key)' is repeated", fr: "la clé « \(key) » est répétée"),
          position: keyPosition)
      }
      skipBlanks()
      guard current == UInt8(ascii: ":") else { throw unexpected() }
      at += 1
      skipBlanks()
      try read(&self, key, keyPosition)
      skipBlanks()
    } while try another(closing: UInt8(ascii: "}"))
  }

  /// Goes through the array that comes next.
  /// - Parameter read: takes each element.
  package mutating func eachElement(
    _ read: (inout JSONParser) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard current == UInt8(ascii: "[") else { throw unexpected() }
    try descend()
    defer { depth -= 1 }
    if current == UInt8(ascii: "]") {
      at += 1
      return
    }
    repeat {
      skipBlanks()
      try read(&self)
      skipBlanks()
    } while try another(closing: UInt8(ascii: "]"))
  }

  private mutating func another(closing: UInt8) throws(JSONError) -> Bool {
    guard current == closing || current == UInt8(ascii: ",") else { throw unexpected() }
    at += 1
    return bytes[at - 1] != closing
  }

  /// The digits of the number that comes next, as written.
  package mutating func number() throws(JSONError) -> String {
    let start = at
    if current == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
      throw unexpected()
    }
    if current == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw unexpected() }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      at += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw unexpected() }
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = current, (0x30...0x39).contains(byte) { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    var text: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        at += 1
        text.append(contentsOf: try escape())
      case 0..<0x20:
        throw error(
          Message(
            en: "a control character stands in a string",
            fr: "un caractère de contrôle se trouve dans une chaîne"))
      default:
        text.append(byte)
        at += 1
      }
    }
    throw unexpected()
  }

  private mutating func escape() throws(JSONError) -> [UInt8] {
    guard let byte = current else { throw unexpected() }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
    default:
      at -= 1
      throw unexpected()
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800...0xDBFF).contains(first), bytes[at...].starts(with: "\\u".utf8) else {
      throw unexpected()
    }
    at += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw unexpected() }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw unexpected()
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
