/// Text from data made fit for a terminal: nothing in it can move the cursor, colour, ring, or turn
/// the line around, and its width in columns is known.
public enum TerminalText {
  /// Control, format (bidirectional and zero-width ones too), private and unassigned characters
  /// become visible escapes such as `\n` or `\u001b`.
  public static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { !isPlain($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isPlain(scalar): result.unicodeScalars.append(scalar)
      default: result += escape(scalar)
      }
    }
    return result
  }

  /// JSON with every such character in its strings as `\uXXXX`: the same value, and safe to print.
  public static func safeJSON(_ json: String) -> String {
    var result = ""
    for scalar in json.unicodeScalars {
      if scalar == "\n" || isPlain(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 { result += "\\u" + hex(UInt32(unit), 4) }
      }
    }
    return result
  }

  /// Lines of which each is safe, all of them ended.
  static func safeLines(_ lines: [String]) -> String {
    lines.map { safe($0) + "\n" }.joined()
  }

  /// Columns that a safe text takes on a terminal: two for wide characters, none for combining
  /// marks.
  public static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// The text in at most so many columns, `…` at its end where something is left out.
  public static func cut(_ text: String, to columns: Int) -> String {
    guard width(text) > columns else { return text }
    var result = ""
    var taken = 0
    for character in text {
      let more = width(String(character))
      if taken + more > columns - 1 { break }
      result.append(character)
      taken += more
    }
    return result + "…"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x20, scalar.value < 0x7f { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    default: return true
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    scalar.value <= 0xffff
      ? "\\u" + hex(scalar.value, 4) : "\\u{" + hex(scalar.value, 1) + "}"
  }

  private static func hex(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// East Asian wide and full-width characters and pictographs (Unicode's EastAsianWidth, W and F,
  /// by blocks).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
    0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
    0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
    0x20000...0x3fffd,
  ]

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }
}
