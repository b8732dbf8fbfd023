/// A piece of an HTML page. Text can only get in as text: every character that could be markup is
/// escaped when the page is written, and tags and attributes come from closed lists.
public indirect enum HtmlNode: Sendable, Hashable {
  case text(String)
  case element(HtmlTag, [HtmlAttribute], [HtmlNode])

  /// An element with other pieces in it.
  public static func of(
    _ tag: HtmlTag, _ attributes: [HtmlAttribute] = [], _ children: HtmlNode...
  ) -> HtmlNode { .element(tag, attributes, children) }

  /// An element with text in it.
  public static func of(
    _ tag: HtmlTag, _ attributes: [HtmlAttribute] = [], _ text: String
  ) -> HtmlNode { .element(tag, attributes, [.text(text)]) }

  /// The markup, one line a block.
  public var markup: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += HtmlText.escaped(content)
    case .element(let tag, let attributes, let children):
      text += "<" + tag.rawValue
      for attribute in attributes {
        text += " \(attribute.name)=\"\(HtmlText.escaped(attribute.value))\""
      }
      text += ">"
      for child in children { child.write(to: &text) }
      text += "</" + tag.rawValue + ">"
      if tag.isBlock { text += "\n" }
    }
  }
}

/// The elements that reports are made of.
public enum HtmlTag: String, Sendable, Hashable {
  case main, header, footer, section, div, span, p, h1, h2, h3, ul, li, dl, dt, dd, strong, code
  case pre
  case table, caption, thead, tbody, tr, th, td

  var isBlock: Bool {
    switch self {
    case .span, .strong, .code: false
    default: true
    }
  }
}

/// The attributes that reports need; none of them can hold a script or an address elsewhere.
public struct HtmlAttribute: Sendable, Hashable {
  let name: String
  let value: String

  public static func id(_ value: String) -> HtmlAttribute {
    HtmlAttribute(name: "id", value: value)
  }

  /// A class of the page's own style sheet.
  public static func style(_ name: Style) -> HtmlAttribute {
    HtmlAttribute(name: "class", value: name.rawValue)
  }

  /// What a table's header cell heads.
  public static let columnHeader = HtmlAttribute(name: "scope", value: "col")
  public static let rowHeader = HtmlAttribute(name: "scope", value: "row")
  /// A part that scrolls and can therefore be reached by keyboard; named by another element.
  public static func scrolls(namedBy id: String) -> [HtmlAttribute] {
    [
      HtmlAttribute(name: "class", value: "scroll"), HtmlAttribute(name: "role", value: "region"),
      HtmlAttribute(name: "aria-labelledby", value: id),
      HtmlAttribute(name: "tabindex", value: "0"),
    ]
  }

  public enum Style: String, Sendable {
    case figures, number, lead, quiet, digest, warning
  }
}

/// Text within markup.
enum HtmlText {
  /// Characters that mean something in markup as references; control characters, which HTML has
  /// not, as the replacement character.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
