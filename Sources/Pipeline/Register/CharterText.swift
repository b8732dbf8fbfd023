import StageKit
import Tabular

/// What people have written in a charter, as lines of text.
enum CharterText {
  /// A line for each thing that a node says; none where it says nothing, or where somebody has
  /// still to write.
  static func lines(_ node: SpecNode?) -> [Message] {
    guard let node else { return [] }
    if let items = node.items { return items.flatMap { lines($0) } }
    return line(node).map { [$0] } ?? []
  }

  /// A node as one line; nil for a node that says nothing.
  static func line(_ node: SpecNode?) -> Message? {
    guard let node else { return nil }
    if let items = node.items { return joined(items.compactMap { line($0) }) }
    guard let entries = node.entries, !isSpoken(entries) else {
      return node.message.flatMap { isSaid($0) ? $0 : nil }
    }
    return joined(entries.compactMap { line($0.value) })
  }

  /// Whether a mapping is one text in two languages.
  private static func isSpoken(_ entries: [SpecNode.Entry]) -> Bool {
    entries.contains { $0.key == "fr" || $0.key == "en" }
  }

  private static func isSaid(_ message: Message) -> Bool {
    [message.en, message.fr].allSatisfy { text in
      !text.allSatisfy(\.isWhitespace) && !PurposeCheck.isMarked(text)
    }
  }

  private static func joined(_ parts: [Message]) -> Message? {
    guard !parts.isEmpty else { return nil }
    return Message(
      en: parts.map(\.en).joined(separator: ", "), fr: parts.map(\.fr).joined(separator: ", "))
  }

  /// The words for the codes that a charter uses.
  static func worded(_ message: Message, _ key: String) -> Message {
    guard message.en == message.fr, let words = codes[key]?[message.en.lowercased()] else {
      return message
    }
    return words
  }

  private static let none = Message(en: "None", fr: "Aucun")

  private static let codes: [String: [String: Message]] = [
    "transfers": ["none": none, "aucun": none, "aucune": none, "no": none, "non": none],
    "processors": ["none": none, "aucun": none],
    "joint_controllers": ["none": none, "aucun": none],
    "dpia": [
      "none": Message(en: "None", fr: "Aucune"), "aucune": Message(en: "None", fr: "Aucune"),
    ],
    "authorisation": [
      "none": Message(en: "None", fr: "Aucune"), "aucune": Message(en: "None", fr: "Aucune"),
    ],
    "origin": [
      "own-service": Message(en: "own service", fr: "service de la collectivité"),
      "delegated": Message(en: "delegated service", fr: "service délégué"),
      "third-party": Message(en: "third party", fr: "tiers"),
    ],
    "access": [
      "public": Message(en: "public", fr: "public"),
      "restricted": Message(en: "restricted", fr: "restreint"),
      "non_public": Message(en: "not public", fr: "non public"),
    ],
  ]

  /// `P24M` as people say it; what is written otherwise stays as it is.
  static func period(_ text: String) -> Message {
    let units: [Character: (en: String, fr: String)] = [
      "Y": ("year", "an"), "M": ("month", "mois"), "W": ("week", "semaine"), "D": ("day", "jour"),
    ]
    var (english, french, digits): ([String], [String], String) = ([], [], "")
    guard text.first == "P", text.count > 2 else { return Message(en: text, fr: text) }
    for character in text.dropFirst() {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if let unit = units[character], let count = Int(digits) {
        english.append("\(count) \(unit.en)" + (count == 1 ? "" : "s"))
        french.append("\(count) \(unit.fr)" + (count < 2 || unit.fr == "mois" ? "" : "s"))
        digits = ""
      } else {
        return Message(en: text, fr: text)
      }
    }
    guard digits.isEmpty else { return Message(en: text, fr: text) }
    return Message(
      en: english.joined(separator: " "), fr: french.joined(separator: " "))
  }
}
