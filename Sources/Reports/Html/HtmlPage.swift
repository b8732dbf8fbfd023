import Tabular

/// A whole page that needs nothing else: no script, no request, its style in itself. Light or dark
/// as the reader's system is, and for A4 when printed.
public enum HtmlPage {
  /// - Parameter body: what stands in the page's `main`.
  public static func markup(
    title: String, _ language: Language, _ body: [HtmlNode]
  ) -> String {
    markup(title: title, language, style: style, body: [.element(.main, [], body)], script: "")
  }

  /// - Parameters:
  ///   - style, script: of the house; nothing of a reader's or an author's is in them.
  static func markup(
    title: String, _ language: Language, style: String, body: [HtmlNode], script: String
  ) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>\(HtmlText.escaped(title))</title>
    <style>
    \(style)</style>
    </head>
    <body>
    \(body.map(\.markup).joined())\(script)</body>
    </html>

    """
  }

  /// A table with its caption, in a part of its own that scrolls when the window is narrow.
  /// - Parameters:
  ///   - id: of the caption; unique in the page.
  ///   - numbers: which columns hold numbers.
  public static func table(
    id: String, caption: String, columns: [String], numbers: Set<Int>, rows: [[HtmlNode]]
  ) -> HtmlNode {
    func style(_ column: Int) -> [HtmlAttribute] {
      numbers.contains(column) ? [.style(.number)] : []
    }
    let head = columns.enumerated().map { column, name in
      HtmlNode.of(.th, [.columnHeader] + style(column), name)
    }
    let body = rows.map { row in
      HtmlNode.element(
        .tr, [],
        row.enumerated().map { column, cell in
          column == 0
            ? .of(.th, [.rowHeader] + style(0), cell) : .of(.td, style(column), cell)
        })
    }
    return .of(
      .div, HtmlAttribute.scrolls(namedBy: id),
      .of(
        .table, [],
        .of(.caption, [.id(id)], caption),
        .of(.thead, [], .element(.tr, [], head)),
        .element(.tbody, [], body)))
  }

  private static let style = """
    :root {
      color-scheme: light dark;
      --ink: #1b1f24; --quiet: #55606e; --paper: #ffffff; --line: #c9d1da; --band: #f3f5f8;
      --mark: #0b5394; --warn: #8a3b00;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e8ebef; --quiet: #a9b4c0; --paper: #14181d; --line: #3a444f; --band: #1d232a;
        --mark: #8ec5ff; --warn: #ffb27a;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif;
    }
    main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: .75rem;
      border-top: 2px solid var(--line); }
    p { max-width: 44rem; margin: .5rem 0; }
    .lead { font-size: 1.0625rem; }
    .quiet { color: var(--quiet); }
    .warning { border-left: 4px solid var(--warn); padding-left: .75rem; }
    .figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; padding: 0; }
    .figures div { flex: 1 1 8rem; background: var(--band); border: 1px solid var(--line);
      border-radius: .5rem; padding: .75rem 1rem; }
    .figures dt { color: var(--quiet); font-size: .875rem; }
    .figures dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
    .scroll { overflow-x: auto; margin: 1rem 0; }
    .scroll:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--quiet); padding: .25rem 0 .5rem; }
    th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0;
      border-bottom: 1px solid var(--line); }
    thead th { font-size: .875rem; border-bottom: 2px solid var(--line); }
    tbody th { font-weight: 600; }
    td ul { margin: 0; padding-left: 1.125rem; }
    a { color: var(--mark); }
    .number { text-align: right; white-space: nowrap; }
    code { font: .875em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; }
    pre { background: var(--band); border: 1px solid var(--line); padding: .75rem 1rem;
      overflow-x: auto; }
    .digest { overflow-wrap: anywhere; }
    @page { size: A4; margin: 18mm 15mm; }
    @media print {
      :root { --ink: #000; --quiet: #333; --paper: #fff; --line: #999; --band: #fff; }
      main { max-width: none; padding: 0; }
      .scroll { overflow: visible; }
      h2 { break-after: avoid; }
      tr { break-inside: avoid; }
    }

    """
}
