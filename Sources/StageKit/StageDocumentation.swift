import Tabular

/// A stage's documentation, made from its declaration.
public struct StageDocumentation: Sendable {
  public let declaration: StageDeclaration

  public init(_ declaration: StageDeclaration) { self.declaration = declaration }

  /// One line: name, kind and summary.
  public func line(_ language: Language) -> String {
    let name = declaration.name.padded(to: 14)
    let kind = kindName.text(language).padded(to: 12)
    return "\(name) \(kind) \(declaration.summary.text(language))"
  }

  /// The whole page, as plain text.
  public func page(_ language: Language) -> String {
    let names = ([declaration.name] + declaration.otherNames)
      .joined(separator: Message(en: " or ", fr: " ou ").text(language))
    var lines = [
      "\(names) (\(kindName.text(language)))", "",
      declaration.summary.text(language), "",
    ]
    lines += [Message(en: "Options", fr: "Options").text(language)]
    lines += OptionDocumentation(language).rows(of: declaration.options)
    lines += ["", Message(en: "Privacy", fr: "Vie privée").text(language)]
    lines += ["  " + declaration.privacy.text(language)]
    if let promise = declaration.promise { lines += Self.lines(promise, language) }
    if !declaration.ways.isEmpty {
      lines += [
        "",
        Message(en: "Rows leave or appear as", fr: "Les lignes partent ou arrivent comme").text(
          language),
      ]
      for way in declaration.ways {
        lines.append("  \(way.id.padded(to: 18)) \(way.meaning.text(language))")
      }
    }
    lines += ["", Message(en: "Example", fr: "Exemple").text(language)]
    lines += declaration.example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ promise: StagePromise, _ language: Language) -> [String] {
    let parts = [
      (Message(en: "Guarantee", fr: "Garantie"), promise.guarantee),
      (Message(en: "Assumes", fr: "Suppose"), promise.assumes),
      (Message(en: "Does not protect", fr: "Ne protège pas"), promise.leaves),
    ]
    return parts.flatMap { ["", $0.0.text(language), "  " + $0.1.text(language)] }
  }

  /// In words, for people.
  public var kindName: Message {
    switch declaration.kind {
    case .rowLocal: Message(en: "row-local", fr: "par ligne")
    case .breaker: Message(en: "breaker", fr: "bloquante")
    case .twoPass: Message(en: "two-pass", fr: "deux passes")
    }
  }
}

extension String {
  /// The text, filled up with blanks to a width.
  func padded(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }
}
