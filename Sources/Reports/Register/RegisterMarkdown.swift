import Tabular

/// A register as Markdown.
public struct RegisterMarkdown {
  private let sheet: RegisterSheet

  public init(_ register: ProcessingRegister, _ language: Language) {
    sheet = RegisterSheet(register: register, language: language)
  }

  public var markdown: String {
    sheet.blocks.map(text).joined(separator: "\n")
  }

  private var colon: String { sheet.language == .fr ? "\u{a0}:" : ":" }

  private func text(_ block: RegisterBlock) -> String {
    switch block {
    case .heading(let level, let text, _):
      return String(repeating: "#", count: level) + " " + MarkdownText.escaped(text) + "\n"
    case .paragraph(let text): return MarkdownText.line(text) + "\n"
    case .warning(let text): return "> " + MarkdownText.line(text) + "\n"
    case .contents(let links): return Self.list(links.map(\.text))
    case .list(let items): return Self.list(items)
    case .facts(let caption, _, let rows):
      return MarkdownText.line(caption) + "\n\n" + rows.map(facts).joined()
    case .table(let caption, let columns, let rows):
      let lines =
        [columns.map(MarkdownText.escaped), columns.map { _ in "---" }]
        + rows.map { $0.map(Self.cell) }
      return MarkdownText.line(caption) + "\n\n"
        + lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }
  }

  private static func list(_ items: [String]) -> String {
    items.map { "- " + MarkdownText.line($0) + "\n" }.joined()
  }

  private func facts(_ row: (label: String, lines: [RegisterBlock.Line])) -> String {
    let label = "- **" + MarkdownText.escaped(row.label) + "**" + colon
    let escaped = row.lines.count > 1 ? MarkdownText.line : MarkdownText.escaped
    let lines = row.lines.map { line in
      let text = escaped(line.text)
      return (line.isGap ? "**" + text + "**" : text)
        + (line.owners.map { " – " + MarkdownText.escaped($0) } ?? "")
    }
    guard lines.count > 1 else { return label + " " + (lines.first ?? "") + "\n" }
    return label + "\n" + lines.map { "  - " + $0 + "\n" }.joined()
  }

  private static func cell(_ cell: RegisterBlock.Cell) -> String {
    switch cell {
    case .text(let text): MarkdownText.escaped(text)
    case .code(let lines):
      lines.filter { !$0.isEmpty }.map(MarkdownText.escaped).joined(separator: ", ")
    }
  }
}
