@_spi(_Unicode) import Swift

/// `lower`, `upper`, `unaccent` and `nfc`.
struct LetterMapping: StrictKernel {
  enum Kind: Sendable {
    case lower
    case upper
    case unaccent
    case nfc
  }

  let kind: Kind
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard inputs.count == 1 else { throw .misplaced }
    if let whole = try ascii(inputs[0]) { return whole }
    let mapping = TextMapping(subject: inputs[0], others: [], frame: frame)
    switch kind {
    case .lower: return try mapping.run { text, _, out in CaseTable.lower.map(text, to: &out) }
    case .upper: return try mapping.run { text, _, out in CaseTable.upper.map(text, to: &out) }
    case .unaccent: return try mapping.run { text, _, out in Accents.remove(text, to: &out) }
    case .nfc: return try mapping.run { text, _, out in Normalisation.nfc(text, to: &out) }
    }
  }

  /// The whole pool at once, where it is all ASCII: entries keep their places.
  private func ascii(_ input: Vector) throws(KernelFault) -> Vector? {
    var texts = try input.texts()
    guard Utf8.isAscii(texts.bytes.span) else { return nil }
    switch kind {
    case .lower: texts.bytes = Loop.map(texts.bytes) { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    case .upper: texts.bytes = Loop.map(texts.bytes) { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }
    case .unaccent, .nfc: break
    }
    return Vector(
      Column(.text(texts), validity: input.column.validity), isConstant: input.isConstant)
  }
}

/// Unicode's full case mappings without those that depend on language or place: `ß` becomes `SS`.
struct CaseTable: Sendable {
  static let lower = CaseTable { $0.properties.lowercaseMapping }
  static let upper = CaseTable { $0.properties.uppercaseMapping }

  /// For scalars below U+0800, all of Latin, Greek, Cyrillic and Arabic: the mapping where it is
  /// a single scalar, else 0.
  private let near: [UInt32]
  private let mapping: @Sendable (Unicode.Scalar) -> String

  private init(_ mapping: @escaping @Sendable (Unicode.Scalar) -> String) {
    self.mapping = mapping
    near = (0..<0x800).map { code in
      guard let scalar = Unicode.Scalar(UInt32(code)) else { return 0 }
      let mapped = mapping(scalar).unicodeScalars
      return mapped.count == 1 ? mapped.first?.value ?? 0 : 0
    }
  }

  func map(_ text: Span<UInt8>, to out: inout [UInt8]) {
    // The ASCII start in place, which is often all of it.
    let start = out.count
    out.append(text)
    var position = 0
    while position < text.count, text[position] < 0x80 {
      out[start + position] = UInt8(truncatingIfNeeded: near[Int(text[position])])
      position += 1
    }
    if position == text.count { return }
    out.removeLast(text.count - position)
    while position < text.count {
      let (scalar, next) = Utf8.scalar(text, position)
      position = next
      if scalar < 0x800, scalar == 0 || near[Int(scalar)] != 0 {
        Utf8.append(near[Int(scalar)], to: &out)
      } else if let scalar = Unicode.Scalar(scalar) {
        out.append(contentsOf: mapping(scalar).utf8)
      }
    }
  }

  /// The scalar's mapping where it is a single one, else the scalar.
  func single(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x800 { return near[Int(scalar)] == 0 ? scalar : near[Int(scalar)] }
    guard let known = Unicode.Scalar(scalar) else { return scalar }
    let mapped = mapping(known).unicodeScalars
    return mapped.count == 1 ? mapped.first?.value ?? scalar : scalar
  }
}

/// Latin letters without their accents, and ligatures taken apart: `Œuvre` becomes `OEuvre`.
enum Accents {
  /// What has no decomposition in Unicode.
  private static let special: [Unicode.Scalar: String] = [
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D",
    "ð": "d", "Ł": "L", "ł": "l", "ß": "ss", "ẞ": "SS", "Þ": "TH", "þ": "th", "Ħ": "H", "ħ": "h",
    "ı": "i", "Ŋ": "N", "ŋ": "n", "Ŧ": "T", "ŧ": "t", "ﬁ": "fi", "ﬂ": "fl",
  ]

  /// Latin-1 to Latin Extended-B, and Latin Extended Additional.
  private static let near = table(0xC0...0x24F)
  private static let far = table(0x1E00...0x1EFF)

  private static func table(_ range: ClosedRange<UInt32>) -> [[UInt8]] {
    range.map { code in
      guard let scalar = Unicode.Scalar(code) else { return [] }
      if let replacement = special[scalar] { return Array(replacement.utf8) }
      var base = String.UnicodeScalarView()
      for part in String(scalar)._nfd where part.properties.generalCategory != .nonspacingMark {
        base.append(part)
      }
      return Array(String(base).utf8)
    }
  }

  static func remove(_ text: Span<UInt8>, to out: inout [UInt8]) {
    if Utf8.isAscii(text) { return out.append(text) }
    var position = 0
    while position < text.count {
      let (scalar, next) = Utf8.scalar(text, position)
      switch scalar {
      case 0xC0...0x24F: out.append(contentsOf: near[Int(scalar - 0xC0)])
      case 0x1E00...0x1EFF: out.append(contentsOf: far[Int(scalar - 0x1E00)])
      // Combining marks of Latin.
      case 0x300...0x36F: break
      case 0xFB01: out.append(contentsOf: "fi".utf8)
      case 0xFB02: out.append(contentsOf: "fl".utf8)
      default: out.append(text.extracting(position..<next))
      }
      position = next
    }
  }
}

/// Normalisation form C of Unicode: an `é` in one piece.
public enum Normalisation {
  /// Appends the text in NFC.
  public static func nfc(_ text: Span<UInt8>, to out: inout [UInt8]) {
    if isPlain(text) { return out.append(text) }
    var bytes: [UInt8] = []
    bytes.append(text)
    for scalar in String(decoding: bytes, as: UTF8.self)._nfc {
      Utf8.append(scalar.value, to: &out)
    }
  }

  /// Whether the text is in NFC for the simple reason that nothing in it ever composes: all
  /// scalars below U+0300 are so. False tells nothing.
  public static func isPlain(_ text: Span<UInt8>) -> Bool {
    for index in 0..<text.count where text[index] >= 0xCC { return false }
    return true
  }
}
