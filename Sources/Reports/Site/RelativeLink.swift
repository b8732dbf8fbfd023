import Tabular

/// A link from a page of the site to another file on the same disk. Everything in it that is not a
/// letter, a digit or one of `-._~` is written as `%XX`: no name is taken for an address, a query
/// or a place in a page.
public struct RelativeLink: Sendable, Hashable {
  /// Segments set apart by `/`.
  let text: String

  /// - Parameters:
  ///   - folder: where the page lies, absolute.
  ///   - path: of the file, absolute.
  public init(from folder: String, to path: String) {
    let (start, end) = (folder.split(separator: "/"), path.split(separator: "/"))
    var shared = 0
    while shared < min(start.count, end.count - 1), start[shared] == end[shared] { shared += 1 }
    let up = Array(repeating: "..", count: start.count - shared)
    let down = end.dropFirst(shared).map { RdfAddress.escaped(String($0)) }
    text = (up + down).joined(separator: "/")
  }

  /// A page beside the page.
  public init(page name: String) { text = RdfAddress.escaped(name) }
}

extension HtmlAttribute {
  static func link(_ link: RelativeLink) -> HtmlAttribute {
    HtmlAttribute(name: "href", value: link.text)
  }

  /// The link of the page that is shown.
  static let isThisPage = HtmlAttribute(name: "aria-current", value: "page")
}
