import Tabular

/// The part of Markdown that people write in letters: headings, paragraphs, lists, quotations,
/// emphasis, code and links. What it gives are nodes, so that no text becomes markup.
public enum Markdown {
  /// - Parameter level: of headings with one `#`, 2…4.
  package static func nodes(_ text: String, level: Int, _ language: Language) -> [HtmlNode] {
    var nodes: [HtmlNode] = []
    var paragraph: [String] = []
    var items: [String] = []
    var isOrdered = false
    func flush() {
      if !paragraph.isEmpty {
        nodes.append(.element(.p, [], inline(paragraph.joined(separator: " "), language)))
      }
      if !items.isEmpty {
        nodes.append(
          .element(
            isOrdered ? .ol : .ul, [], items.map { .element(.li, [], inline($0, language)) }))
      }
      (paragraph, items) = ([], [])
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.drop { $0 == " " }
      if content.isEmpty {
        flush()
      } else if let heading = heading(content) {
        flush()
        let tags: [HtmlTag] = [.h2, .h3, .h4]
        let place = min(max(level - 2 + heading.depth - 1, 0), 2)
        nodes.append(.element(tags[place], [], inline(heading.text, language)))
      } else if content.hasPrefix("> ") {
        flush()
        nodes.append(
          .of(.blockquote, [], .element(.p, [], inline(String(content.dropFirst(2)), language))))
      } else if let item = item(content) {
        if !paragraph.isEmpty || (!items.isEmpty && item.isOrdered != isOrdered) { flush() }
        isOrdered = item.isOrdered
        items.append(item.text)
      } else if !items.isEmpty, line.hasPrefix("  ") {
        items[items.count - 1] += " " + content
      } else {
        if !items.isEmpty { flush() }
        paragraph.append(String(content))
      }
    }
    flush()
    return nodes
  }

  private static func heading(_ line: Substring) -> (depth: Int, text: String)? {
    let marks = line.prefix { $0 == "#" }.count
    guard (1...3).contains(marks), line.dropFirst(marks).hasPrefix(" ") else { return nil }
    return (marks, String(line.dropFirst(marks + 1)))
  }

  private static func item(_ line: Substring) -> (isOrdered: Bool, text: String)? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return (false, String(line.dropFirst(2))) }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count < 4, line.dropFirst(digits.count).hasPrefix(". ") else {
      return nil
    }
    return (true, String(line.dropFirst(digits.count + 2)))
  }

  /// Emphasis, code and links within a line.
  static func inline(_ text: String, _ language: Language) -> [HtmlNode] {
    var nodes: [HtmlNode] = []
    var plain = ""
    var rest = text[...]
    func flush() {
      if !plain.isEmpty { nodes.append(.text(Typography.text(plain, language))) }
      plain = ""
    }
    while let first = rest.first {
      if first == "\\", let next = rest.dropFirst().first, "\\*_`[]()#>-".contains(next) {
        plain.append(next)
        rest = rest.dropFirst(2)
      } else if let found = spanned(rest, "**") {
        flush()
        nodes.append(.element(.strong, [], inline(String(found.inner), language)))
        rest = found.rest
      } else if let found = spanned(rest, "*") {
        flush()
        nodes.append(.element(.em, [], inline(String(found.inner), language)))
        rest = found.rest
      } else if let found = spanned(rest, "`") {
        flush()
        nodes.append(.of(.code, [], String(found.inner)))
        rest = found.rest
      } else if let found = link(rest) {
        flush()
        nodes.append(.element(.a, [found.target], inline(found.text, language)))
        rest = found.rest
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    flush()
    return nodes
  }

  private static func spanned(
    _ text: Substring, _ mark: String
  ) -> (inner: Substring, rest: Substring)? {
    guard text.hasPrefix(mark) else { return nil }
    let after = text.dropFirst(mark.count)
    guard let start = after.first, start != " ", let end = after.firstRange(of: mark),
      end.lowerBound > after.startIndex
    else { return nil }
    return (after[..<end.lowerBound], after[end.upperBound...])
  }

  private static func link(
    _ text: Substring
  ) -> (text: String, target: HtmlAttribute, rest: Substring)? {
    guard text.first == "[", let close = text.firstRange(of: "]("),
      let end = text[close.upperBound...].firstIndex(of: ")"),
      let target = HtmlAttribute.link(outside: String(text[close.upperBound..<end]))
    else { return nil }
    let inner = text[text.index(after: text.startIndex)..<close.lowerBound]
    guard !inner.contains("["), !inner.isEmpty else { return nil }
    return (String(inner), target, text[text.index(after: end)...])
  }
}
