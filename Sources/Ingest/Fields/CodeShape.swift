import Tabular

/// What spreadsheets do to codes.
enum CodeShape {
  /// `2,02501E+11`: digits, a mark, digits, an exponent.
  static func isScientific(_ text: ArraySlice<UInt8>) -> Bool {
    guard (5...24).contains(text.count), let first = text.first, (0x30...0x39).contains(first)
    else { return false }
    var at = text.startIndex + 1
    if text[at] == UInt8(ascii: ",") || text[at] == UInt8(ascii: ".") { at += 1 }
    while at < text.endIndex, (0x30...0x39).contains(text[at]) { at += 1 }
    guard at + 2 < text.endIndex, text[at] == UInt8(ascii: "E") || text[at] == UInt8(ascii: "e"),
      text[at + 1] == UInt8(ascii: "+")
    else { return false }
    return text[(at + 2)...].allSatisfy { (0x30...0x39).contains($0) }
  }

  static func isDigits(_ text: ArraySlice<UInt8>) -> Bool {
    !text.isEmpty && text.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Characters (Unicode scalars) of a UTF-8 text.
  static func length(_ text: ArraySlice<UInt8>) -> Int {
    text.count { $0 & 0xC0 != 0x80 }
  }

  /// Whether a text of digits would match a pattern with zeros in front.
  static func lostZeros(_ text: ArraySlice<UInt8>, _ pattern: Pattern) -> Bool {
    guard isDigits(text), text.count < 20 else { return false }
    var padded = Array(text)
    for _ in 0..<8 {
      padded.insert(UInt8(ascii: "0"), at: 0)
      if pattern.matches(padded.span, anchored: true) { return true }
    }
    return false
  }
}
