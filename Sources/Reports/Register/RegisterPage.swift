import Tabular

/// A register as a page that needs nothing else, to be read, printed and handed over.
public struct RegisterPage {
  private let sheet: RegisterSheet

  public init(_ register: ProcessingRegister, _ language: Language) {
    sheet = RegisterSheet(register: register, language: language)
  }

  public var html: String {
    let nodes = sheet.blocks.enumerated().map { node($1, place: $0) }
    return HtmlPage.markup(
      title: sheet.title + " – " + PlainLine.text(sheet.register.city), sheet.language, nodes)
  }

  private func node(_ block: RegisterBlock, place: Int) -> HtmlNode {
    switch block {
    case .heading(let level, let text, let id):
      let tag: HtmlTag = level == 1 ? .h1 : level == 2 ? .h2 : .h3
      return .of(tag, id.isEmpty ? [] : [.id(id)], text)
    case .paragraph(let text): return .of(.p, [], text)
    case .warning(let text): return .of(.p, [.style(.warning)], text)
    case .contents(let links):
      return .of(
        .nav, [.labelledBy("activites")],
        .element(.ul, [], links.map { .of(.li, [], .of(.a, [.link(to: $0.id)], $0.text)) }))
    case .list(let items): return .element(.ul, [], items.map { .of(.li, [], $0) })
    case .facts(let caption, let columns, let rows):
      return HtmlPage.table(
        id: "t\(place)", caption: caption, columns: columns, numbers: [],
        rows: rows.map { [.text($0.label), Self.cell($0.lines)] })
    case .table(let caption, let columns, let rows):
      return HtmlPage.table(
        id: "t\(place)", caption: caption, columns: columns, numbers: [],
        rows: rows.map { $0.map(Self.cell) })
    }
  }

  private static func cell(_ lines: [RegisterBlock.Line]) -> HtmlNode {
    let told = lines.map { line -> [HtmlNode] in
      let owners = line.owners.map { HtmlNode.of(.span, [.style(.quiet)], " – " + $0) }
      let text: HtmlNode = line.isGap ? .of(.strong, [], line.text) : .text(line.text)
      return [text] + (owners.map { [$0] } ?? [])
    }
    guard told.count != 1 else { return .element(.span, [], told[0]) }
    return .element(.ul, [], told.map { .element(.li, [], $0) })
  }

  private static func cell(_ cell: RegisterBlock.Cell) -> HtmlNode {
    switch cell {
    case .text(let text): return .text(text)
    case .code(let lines):
      let shown = lines.filter { !$0.isEmpty }.map {
        HtmlNode.of(.code, [.style(.digest)], PlainLine.text($0))
      }
      guard shown.count > 1 else { return shown.first ?? .text("") }
      return .element(.ul, [], shown.map { .of(.li, [], $0) })
    }
  }
}
