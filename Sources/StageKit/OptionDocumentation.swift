import Tabular

/// The keys of a declaration for people, with the keys of those that hold keys themselves.
struct OptionDocumentation {
  private let language: Language

  init(_ language: Language) { self.language = language }

  func rows(of options: [OptionDeclaration]) -> [String] {
    var told: Set<[String]> = []
    return rows(of: options, indent: 2, &told)
  }

  /// - Parameter told: the keys of records that have been told, each by what they are called: trees
  ///   have the same at every level.
  private func rows(
    of options: [OptionDeclaration], indent: Int, _ told: inout Set<[String]>
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for option in options {
      var head = margin + option.name.padded(to: 14) + " "
      head += OptionShape.description(option.type).text(language)
      if option.required {
        head += Message(en: " (required)", fr: " (obligatoire)").text(language)
      } else if let text = option.defaultText {
        head += Message(en: " (default \(text))", fr: " (par défaut \(text))").text(language)
      }
      lines.append(head)
      lines.append(margin + "    " + option.summary.text(language))
      for nested in Self.records(in: option.type) {
        if nested.count > 3, !told.insert(nested.map(\.name)).inserted {
          let again = Message(en: "(keys as above)", fr: "(clés comme ci-dessus)")
          lines.append(margin + "      " + again.text(language))
        } else {
          lines += rows(of: nested, indent: indent + 6, &told)
        }
      }
    }
    return lines
  }

  /// The records that an option's type holds, so that their keys are told too.
  private static func records(in type: OptionType) -> [[OptionDeclaration]] {
    switch type {
    case .record(let options): [options]
    case .list(let element): records(in: element)
    case .map(_, let value): records(in: value)
    case .either(let alternatives): alternatives.flatMap { records(in: $0) }
    default: []
    }
  }
}
