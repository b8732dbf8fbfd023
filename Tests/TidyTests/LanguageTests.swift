import Foundation
import TestSupport
import Testing

/// Two languages: a message has both, and French looks like French.
@Suite struct LanguageTests {
  /// Every `Message(en: …, fr: …)` in the sources, and every `told(en: …, fr: …)` of the
  /// command's help, with its two texts as written.
  static func messages(in file: SourceFile) -> [(offset: Int, en: String, fr: String)] {
    pairs("Message(", in: file) + pairs("told(", in: file)
  }

  private static func pairs(
    _ opening: String, in file: SourceFile
  ) -> [(offset: Int, en: String, fr: String)] {
    var found: [(Int, String, String)] = []
    var rest = file.text[...]
    while let start = rest.range(of: opening) {
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

  /// Whether a literal holds nothing; one of several lines begins with three quotes.
  private static func isEmpty(_ literal: String) -> Bool {
    let text = literal.trimmingCharacters(in: .whitespacesAndNewlines)
    return text.hasPrefix("\"\"") && !text.hasPrefix("\"\"\"")
  }

  @Test func noMessageLacksALanguage() {
    var count = 0
    for file in Repository.files(in: "Sources", extension: "swift") {
      for message in Self.messages(in: file) {
        count += 1
        #expect(
          !Self.isEmpty(message.en), "\(file.path):\(message.offset): the English text is empty")
        #expect(
          !Self.isEmpty(message.fr), "\(file.path):\(message.offset): the French text is empty")
      }
    }
    #expect(count > 20, "the test reads the messages")
  }

  /// No command gives ArgumentParser a text in one language. `HelpTests` reads what users do.
  @Test func helpIsAlwaysAPair() {
    let files = Repository.files(in: "Sources/octroi-cli", extension: "swift")
    #expect(files.reduce(0) { $0 + Self.pairs("told(", in: $1).count } > 100)
    for file in files where !file.path.hasSuffix("HelpText.swift") {
      let alone = /\b(help|abstract|discussion|title|usage):\s*("|ArgumentHelp\(|\.init\()/
      for found in file.text.matches(of: alone) {
        let line = file.text[..<found.range.lowerBound].count { $0 == "\n" } + 1
        Issue.record("\(file.path):\(line): help is told(en: …, fr: …)")
      }
    }
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
