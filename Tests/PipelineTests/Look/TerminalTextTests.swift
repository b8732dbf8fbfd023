import Foundation
import Pipeline
import Testing

/// Text from data on a terminal: seen, and powerless.
@Suite struct TerminalTextTests {
  @Test func nothingThatActsOnATerminalPasses() {
    let text = "a\u{1b}[31mb\u{7}\u{9b}2Jc\u{202e}d\u{200b}\r\n\t\u{7f}\u{feff}\u{e0001}"
    let safe = TerminalText.safe(text)
    #expect(
      safe == "a\\u001b[31mb\\u0007\\u009b2Jc\\u202ed\\u200b\\r\\n\\t\\u007f\\ufeff\\u{e0001}")
    #expect(
      TerminalText.safe("Émile, 王小明 – N° 3 «\u{a0}ok\u{202f}»")
        == "Émile, 王小明 – N° 3 «\u{a0}ok\u{202f}»")
  }

  /// Every scalar either stays or becomes plain ASCII, and no control or format character is left.
  @Test func everyScalarIsPlainOrEscaped() {
    for value in UInt32(0)...0x10ffff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let safe = TerminalText.safe(String(scalar))
      if safe == String(scalar) {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format && category != .unassigned)
      } else if !safe.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) {
        Issue.record("\(value) becomes \(safe)")
      }
    }
  }

  @Test func escapedJSONIsTheSameValue() throws {
    let text = "\u{9b}31m \u{7f} \u{202e} \u{e0001} é 王"
    let encoded = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
    let safe = TerminalText.safeJSON(encoded)
    #expect(safe.contains("\\u009b31m \\u007f \\u202e \\udb40\\udc01 é 王"))
    #expect(try JSONDecoder().decode([String].self, from: Data(safe.utf8)) == [text])
  }

  @Test func widthsAreColumnsOfATerminal() {
    #expect(TerminalText.width("abc é") == 5)
    #expect(TerminalText.width("e\u{301}") == 1)
    #expect(TerminalText.width("王小明") == 6)
    #expect(TerminalText.width("ｶﾅ") == 2)
    #expect(TerminalText.width("👍") == 2)
    #expect(TerminalText.width("") == 0)
  }

  @Test func longTextsAreCutWithinTheirColumns() {
    #expect(TerminalText.cut("abcdef", to: 6) == "abcdef")
    #expect(TerminalText.cut("abcdef", to: 4) == "abc…")
    // A wide character is not cut in two.
    #expect(TerminalText.cut("王小明", to: 4) == "王…")
    for columns in 1...8 {
      #expect(TerminalText.width(TerminalText.cut("王a小e\u{301}明b", to: columns)) <= columns)
    }
  }
}
