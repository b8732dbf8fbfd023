/// One character of a text in UTF-8, as far as finding words and numbers asks for it.
struct TextScalar {
  enum Kind: UInt8 {
    case small, capital
    /// A letter of a script without capitals, or of which nobody knows.
    case letter
    case digit
    /// Continues what is before it: an accent by itself, a joiner.
    case mark
    case blank, hyphen, point, slash, apostrophe, comma, parenthesis, other
    case line

    var isLetter: Bool { rawValue <= Kind.letter.rawValue }
  }

  let kind: Kind
  let value: UInt32
  /// Bytes.
  let length: Int

  /// The digit that it is.
  var digit: UInt8 {
    switch value {
    case 0x30...0x39: UInt8(truncatingIfNeeded: value - 0x30)
    case 0x660...0x669: UInt8(truncatingIfNeeded: value - 0x660)
    case 0x6F0...0x6F9: UInt8(truncatingIfNeeded: value - 0x6F0)
    default: 0
    }
  }

  /// Bytes that are no UTF-8 count one by one, and are no letters.
  init(_ text: Span<UInt8>, at place: Int) {
    let first = text[place]
    if first < 0x80 {
      (kind, value, length) = (TextScalar.ascii[Int(first)], UInt32(first), 1)
      return
    }
    let size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard size > 1, place + size <= text.count else {
      (kind, value, length) = (.other, 0xFFFD, 1)
      return
    }
    var scalar = UInt32(first) & (size == 2 ? 0x1F : size == 3 ? 0x0F : 0x07)
    for next in 1..<size {
      let byte = text[place + next]
      guard byte & 0xC0 == 0x80 else {
        (kind, value, length) = (.other, 0xFFFD, 1)
        return
      }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    (kind, value, length) = (TextScalar.kind(scalar), scalar, size)
  }

  private static let ascii: [Kind] = (0..<128).map { byte in
    switch UInt8(byte) {
    case 0x30...0x39: .digit
    case 0x41...0x5A: .capital
    case 0x61...0x7A: .small
    case 0x20, 0x09: .blank
    case 0x0A, 0x0D: .line
    case UInt8(ascii: "-"): .hyphen
    case UInt8(ascii: "."): .point
    case UInt8(ascii: "/"): .slash
    case UInt8(ascii: "'"): .apostrophe
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: "("), UInt8(ascii: ")"): .parenthesis
    default: .other
    }
  }

  private static func kind(_ value: UInt32) -> Kind {
    switch value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .blank
    case 0x85, 0x2028, 0x2029: .line
    case 0x2010...0x2014, 0xAD, 0x2212: .hyphen
    case 0x2018, 0x2019, 0x2BC: .apostrophe
    case 0x60C: .comma
    case 0xAA, 0xB5, 0xBA: .letter
    case 0x80...0xBF, 0xD7, 0xF7: .other
    case 0xC0...0xDE: .capital
    case 0xDF...0xFF: .small
    case 0x100...0x17F:
      // Capitals are even up to U+0137 and from U+014A on, odd between them.
      ((0x139...0x148).contains(value) || value > 0x178) == (value & 1 == 1) ? .capital : .small
    case 0x300...0x36F, 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x200B...0x200F, 0x2060,
      0xFEFF, 0xFE00...0xFE0F:
      .mark
    case 0x660...0x669, 0x6F0...0x6F9: .digit
    case 0x391...0x3A9, 0x400...0x42F: .capital
    case 0x3AC...0x3CE, 0x430...0x45F: .small
    case 0x600...0x60F, 0x61B...0x61F, 0x66A...0x66D, 0x6D4: .other
    case 0x2000...0x2BFF, 0x3001...0x303F, 0xFFF0...: .other
    default: .letter
    }
  }
}

/// A word folded into one number: small letters without accents, up to 16 bytes of them.
package struct WordKey {
  /// What no shorter word is.
  private static let long = UInt128.max
  /// Base letters of U+00C0…U+00FF in the order of the block; `_` stands for what is no letter.
  private static let bases = Array(
    "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty".utf8)

  private(set) var value: UInt128 = 0
  private var length = 0

  init() {}

  private mutating func add(_ byte: UInt8) {
    length += 1
    value = length > 16 ? WordKey.long : value << 8 | UInt128(byte)
  }

  mutating func add(_ scalar: TextScalar) {
    switch scalar.value {
    case 0...0x7F: add(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
    case 0xC0...0xFF: add(WordKey.bases[Int(scalar.value) - 0xC0])
    case 0x152, 0x153:
      add(UInt8(ascii: "o"))
      add(UInt8(ascii: "e"))
    // Alifs are written with a hamza or without.
    case 0x622, 0x623, 0x625, 0x671: addArabic(0x627)
    case 0x649: addArabic(0x64A)
    case 0x629: addArabic(0x647)
    case 0x100...0x7FF: addArabic(scalar.kind == .capital ? scalar.value + 1 : scalar.value)
    default:
      addArabic(scalar.value >> 12)
      addArabic(scalar.value & 0xFFF)
    }
  }

  private mutating func addArabic(_ value: UInt32) {
    add(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
    add(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
  }

  /// The keys of words, each of letters alone.
  package static func set(_ words: some Sequence<some StringProtocol>) -> Set<UInt128> {
    Set(words.map { of(String($0)) })
  }

  /// The key of a word.
  package static func of(_ word: String) -> UInt128 {
    let bytes = Array(word.utf8)
    var key = WordKey()
    var place = 0
    while place < bytes.count {
      let scalar = TextScalar(bytes.span, at: place)
      if scalar.kind.isLetter { key.add(scalar) }
      place += scalar.length
    }
    return key.value
  }
}
