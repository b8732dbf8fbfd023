import Tabular

/// The documentation of a block of a pipeline's file, such as `indicators:`, made from its
/// declaration.
public struct BlockDocumentation: Sendable {
  public let name: String
  public let summary: Message
  /// The keys of a member.
  public let options: [OptionDeclaration]
  /// The tables that a member NAME gives, as NAME.scores.
  public let tables: [(name: String, summary: Message)]
  public let example: String

  public init(
    _ declaration: OptionDeclaration, options: [OptionDeclaration],
    tables: [(name: String, summary: Message)] = [], example: String
  ) {
    (name, summary) = (declaration.name, declaration.summary)
    (self.options, self.tables, self.example) = (options, tables, example)
  }

  static let kind = Message(en: "block", fr: "bloc")

  /// One line: name and summary, as those of stages.
  public func line(_ language: Language) -> String {
    let kind = Self.kind.text(language).padded(to: 12)
    return "\(name.padded(to: 14)) \(kind) \(summary.text(language))"
  }

  /// The whole page, as plain text.
  public func page(_ language: Language) -> String {
    var lines = [
      "\(name) (\(Self.kind.text(language)))", "", summary.text(language), "",
      Message(en: "Keys of each", fr: "Clés de chacun").text(language),
    ]
    lines += OptionDocumentation(language).rows(of: options)
    if !tables.isEmpty {
      lines += ["", Message(en: "Tables", fr: "Tables").text(language)]
      let prefix = Message(en: "NAME", fr: "NOM").text(language)
      lines += tables.map {
        "  \("\(prefix).\($0.name)".padded(to: 20)) \($0.summary.text(language))"
      }
    }
    lines += ["", Message(en: "Example", fr: "Exemple").text(language)]
    lines += example.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }
}
