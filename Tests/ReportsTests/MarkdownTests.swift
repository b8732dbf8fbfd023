import Foundation
import Tabular
import Testing

import Reports

/// What authors write in Markdown, and that nothing of it becomes markup.
@Suite struct MarkdownTests {
  private func markup(_ text: String) -> String {
    Markdown.nodes(text, level: 3, .fr).map(\.markup).joined()
      .replacingOccurrences(of: "\n", with: "")
  }

  @Test func letters() {
    #expect(
      markup("# Titre\n\nUn **gros** et *fin* `code`.")
        == "<h3>Titre</h3><p>Un <strong>gros</strong> et <em>fin</em> <code>code</code>.</p>")
    #expect(
      markup("- un\n- deux\n\n1. trois\n2. quatre")
        == "<ul><li>un</li><li>deux</li></ul><ol><li>trois</li><li>quatre</li></ol>")
    #expect(
      markup("une\nphrase\n\n> dite") == "<p>une phrase</p><blockquote><p>dite</p></blockquote>")
    #expect(
      markup("[ici](https://exemple.fr/a?b=1&c=2)")
        == "<p><a href=\"https://exemple.fr/a?b=1&amp;c=2\">ici</a></p>")
    #expect(markup("pas \\*fort\\*") == "<p>pas *fort*</p>")
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
    "[a](data:text/html,<script>)", "**<b>**", "# <h1>", "- <li>", "`</code><script>`",
    "[<i>](https://e.fr/\"onclick=\"x)", "![i](https://e.fr/i.png)",
  ])
  func textStaysText(_ text: String) {
    let tags = markup(text).split(separator: "<").dropFirst().map {
      $0.prefix { $0 != ">" && $0 != " " }
    }
    let known = [
      "p", "/p", "strong", "/strong", "h3", "/h3", "ul", "/ul", "li", "/li", "code", "/code", "a",
      "/a",
    ]
    #expect(tags.allSatisfy { known.contains(String($0)) }, "\(markup(text))")
    #expect(!markup(text).contains("javascript:alert(1)\"") && !markup(text).contains("\"onclick"))
  }
}
