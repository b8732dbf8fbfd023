import Reports
import Tabular

/// A piece of a document that is written as Markdown and as HTML.
enum BundlePiece: Sendable {
  case heading(Int, String)
  case paragraph(String)
  case list([String])
  /// - Parameter numbers: columns of numbers.
  case table(caption: String, columns: [String], numbers: Set<Int>, rows: [[String]])
  case code(language: String, String)
}

/// Writes documents.
enum BundleText {
  static func markdown(_ pieces: [BundlePiece]) -> String {
    pieces.map { piece in
      switch piece {
      case .heading(let level, let text):
        return String(repeating: "#", count: level) + " " + MarkdownText.escaped(text) + "\n"
      case .paragraph(let text): return MarkdownText.line(text) + "\n"
      case .list(let items): return items.map { "- " + MarkdownText.line($0) + "\n" }.joined()
      case .table(let caption, let columns, let numbers, let rows):
        let rule = columns.indices.map { numbers.contains($0) ? "---:" : "---" }
        let lines =
          [columns.map(MarkdownText.escaped), rule] + rows.map { $0.map(MarkdownText.escaped) }
        return MarkdownText.line(caption) + "\n\n"
          + lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
      case .code(let language, let text): return "```\(language)\n\(text)\n```\n"
      }
    }.joined(separator: "\n")
  }

  static func html(_ pieces: [BundlePiece], title: String, _ language: Language) -> String {
    let body = pieces.enumerated().map { place, piece -> HtmlNode in
      switch piece {
      case .heading(let level, let text):
        return .of(level == 1 ? .h1 : level == 2 ? .h2 : .h3, [], say(text, language))
      case .paragraph(let text): return .of(.p, [], say(text, language))
      case .list(let items):
        return .element(.ul, [], items.map { .of(.li, [], say($0, language)) })
      case .table(let caption, let columns, let numbers, let rows):
        return HtmlPage.table(
          id: "t\(place)", caption: say(caption, language), columns: columns, numbers: numbers,
          rows: rows.map { $0.map { .text($0) } })
      case .code(_, let text): return .of(.pre, [], .of(.code, [], text))
      }
    }
    return HtmlPage.markup(title: title, language, body)
  }

  /// For a terminal.
  static func plain(_ pieces: [BundlePiece], _ language: Language) -> String {
    pieces.map { piece in
      switch piece {
      case .heading(_, let text), .paragraph(let text): return shown(text, language) + "\n"
      case .list(let items): return items.map { "- " + shown($0, language) + "\n" }.joined()
      case .table(let caption, let columns, let numbers, let rows):
        var table = TextTable(rows: rows.count, cellWidth: 90)
        for (place, column) in columns.enumerated() {
          table.add(
            shown(column, language), rows.map { shown($0[place], language) },
            isRight: numbers.contains(place))
        }
        return shown(caption, language) + "\n\n" + table.text
      case .code(_, let text): return text + "\n"
      }
    }.joined(separator: "\n")
  }

  private static func shown(_ text: String, _ language: Language) -> String {
    TerminalText.safe(say(text, language))
  }

  private static func say(_ text: String, _ language: Language) -> String {
    Typography.text(text, language)
  }
}
