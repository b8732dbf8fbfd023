/// What the upper half of each single-byte encoding stands for, after the WHATWG's tables: bytes
/// without a character of their own are C1 controls.
enum SingleByteTable {
  /// The characters of bytes 0x80…0xFF.
  static func upperHalf(_ encoding: TextEncoding) -> [Unicode.Scalar] {
    switch encoding {
    case .windows1252: replacing(latin1, at: 0x80, with: windows1252)
    case .windows1256: replacing(latin1, at: 0x80, with: windows1256)
    case .iso8859x15: latin9
    case .iso8859x1, .utf8, .utf16LittleEndian, .utf16BigEndian: latin1
    }
  }

  private static let latin1: [Unicode.Scalar] = (0x80...0xFF).compactMap { Unicode.Scalar($0) }

  private static let latin9: [Unicode.Scalar] = {
    var table = latin1
    let changed: [(Int, Unicode.Scalar)] = [
      (0xA4, "€"), (0xA6, "Š"), (0xA8, "š"), (0xB4, "Ž"), (0xB8, "ž"), (0xBC, "Œ"), (0xBD, "œ"),
      (0xBE, "Ÿ"),
    ]
    for (byte, scalar) in changed { table[byte - 0x80] = scalar }
    return table
  }()

  /// 0x80…0x9F.
  private static let windows1252: [Unicode.Scalar] = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  /// 0x80…0xFF.
  private static let windows1256: [Unicode.Scalar] = Array(
    ("€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200C}\u{200D}ں"
      + "\u{A0}،¢£¤¥¦§¨©ھ«¬\u{AD}®¯°±²³´µ¶·¸¹؛»¼½¾؟"
      + "ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقكàلâمنهوçèéêëىيîï"
      + "\u{64B}\u{64C}\u{64D}\u{64E}ô\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}ے")
      .unicodeScalars)

  private static func replacing(
    _ table: [Unicode.Scalar], at byte: Int, with scalars: [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    var table = table
    let start = byte - 0x80
    for (offset, scalar) in scalars.enumerated() where start + offset < table.count {
      table[start + offset] = scalar
    }
    return table
  }
}
