/// Text that Markdown takes as text, on one line.
package enum MarkdownText {
  /// Within a line.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in PlainLine.text(text) {
      if "\\`*_[]<>|#~&".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// At the beginning of one, where signs and numbers would begin lists, rules and headings.
  package static func line(_ text: String) -> String {
    let inner = escaped(text)
    guard let first = inner.first else { return "" }
    if "-+=".contains(first) { return "\\" + inner }
    let digits = inner.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, let sign = inner.dropFirst(digits.count).first, ".)".contains(sign) {
      return String(digits) + "\\" + String(inner.dropFirst(digits.count))
    }
    return inner
  }
}
