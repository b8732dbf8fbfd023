/// The bytes of a file's texts: UTF-8, or one byte a character by a table.
public struct TextCoding: Sendable {
  /// UTF-8 of the characters 0x80…0xFF, the first byte lowest; nil when the file is UTF-8 already.
  let high: [UInt32]?

  /// The file is UTF-8 (checked elsewhere, byte by byte).
  public static let utf8 = TextCoding(high: nil)

  /// One byte a character.
  /// - Parameter high: the 128 characters of 0x80…0xFF, none past U+FFFF; nil where the encoding
  ///   has none.
  public static func singleByte(_ high: [Unicode.Scalar?]) -> TextCoding {
    TextCoding(
      high: (0..<128).map { index in
        let scalar = index < high.count ? high[index] ?? "\u{fffd}" : "\u{fffd}"
        let bytes = Array(String(Character(scalar.value > 0xFFFF ? "\u{fffd}" : scalar)).utf8)
        return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
      })
  }
}
