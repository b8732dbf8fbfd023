import Foundation
import TestSupport
import Testing

/// Two languages: a message has both, and French looks like French.
@Suite struct LanguageTests {
  /// Every `Message(en: …, fr: …)` in the sources with its two texts, as written.
  static func messages(in file: SourceFile) -> [(offset: Int, en: String, fr: String)] {
    var found: [(Int, String, String)] = []
    var rest = file.text[...]
    while let start = rest.range(of: "Message(") {
      rest = rest[start.upperBound...]
      guard let english = rest.range(of: "en:"),
        rest[..<english.lowerBound].allSatisfy(\.isWhitespace),
        let french = rest.range(of: "fr:")
      else { continue }
      let en = rest[english.upperBound..<french.lowerBound]
      let fr = rest[french.upperBound...].prefix(400)
      let line = file.text[..<start.lowerBound].count { $0 == "\n" } + 1
      found.append((line, String(en), String(fr)))
    }
    return found
  }

  @Test func noMessageLacksALanguage() {
    var count = 0
    for file in Repository.files(in: "Sources", extension: "swift") {
      for message in Self.messages(in: file) {
        count += 1
        let english = message.en.trimmingCharacters(in: .whitespacesAndNewlines)
        let french = message.fr.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(
          !english.hasPrefix("\"\""), "\(file.path):\(message.offset): the English text is empty")
        #expect(
          !french.hasPrefix("\"\""), "\(file.path):\(message.offset): the French text is empty")
      }
    }
    #expect(count > 20, "the test reads the messages")
  }

  /// French puts a space before `: ; ! ?` and uses « », so these endings are slips.
  @Test func frenchPunctuationIsSpaced() {
    for file in Repository.files(in: "Sources", extension: "swift") {
      for message in Self.messages(in: file) {
        let firstLiteral = message.fr.split(separator: "\"", maxSplits: 2).dropFirst().first ?? ""
        for slip in ["«\\", "\\)»"] {
          #expect(
            !firstLiteral.contains(slip),
            "\(file.path):\(message.offset): « and » take a space inside")
        }
      }
    }
  }

  @Test func theTwoReadmesTellTheSame() throws {
    let english = try Repository.text("README.md")
    let french = try Repository.text("LISEZMOI.md")
    let headings = { (text: String) in text.split(separator: "\n").filter { $0.hasPrefix("## ") } }
    #expect(headings(english).count == headings(french).count)
    let blocks = { (text: String) in text.components(separatedBy: "```").count / 2 }
    #expect(blocks(english) == blocks(french))
  }
}
