import Pipeline
import Testing

/// A page that asks for something, runs something or does not end where it should is no report.
@Suite struct PageCheckTests {
  private func isFine(_ body: String) -> Bool {
    PageCheck(Array("<!DOCTYPE html>\n<html lang=\"fr\"><body>\(body)</body></html>\n".utf8))
      .isSelfContained
  }

  @Test(arguments: [
    "<p>onclick= javascript: style= src=</p>", "<p title=\"on onload= src= javascript:\">a</p>",
    "<table><tr><td>1<th scope=\"row\">2</tr></table>", "<img src=\"data:image/png;base64,AA\">",
    "<a href=\"https://example.org/?a=b\">a</a>", "<svg><rect x=\"0%\"/><path d=\"M0,0\"/></svg>",
    "<style>a { b: c > d }</style><script>if (a < b) c();</script>",
    "<details open><p></p></details>",
  ])
  func ourOwnIsFine(_ body: String) { #expect(isFine(body)) }

  @Test(arguments: [
    "<p onclick=\"a()\">b</p>", "<p title=\"on\" onclick=\"a()\">b</p>", "<p\tONLOAD=\"a()\">b</p>",
    "<img src=\"https://example.org/a.png\">", "<img\nsrc=\"//example.org/a.png\">",
    "<img src=x>", "<a href=\" JavaScript:a()\">b</a>", "<p style=\"color: red\">b</p>",
    "<iframe></iframe>", "<object></object>", "<form></form>", "<p>a", "<p>a</div>", "<p/>a",
    "<img srcset=\"a\">", "<script></script><script></script>", "<p title=\"a>b</p>",
    "<svg><use href=\"#a\"/></svg>",
  ])
  func whatAsksOrRunsIsNot(_ body: String) { #expect(!isFine(body)) }
}
