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
      text += "<"
      text += tag.rawValue
      for attribute in attributes {
        text += " "
        text += attribute.name
        text += "=\""
        text += HtmlText.escaped(attribute.value)
        text += "\""
      }
      if tag.isShape, children.isEmpty {
        text += "/>"
        return
      }
      text += ">"
      if !tag.isVoid {
        for child in children { child.write(to: &text) }
        if !tag.isEndedByNext { text += "</" + tag.rawValue + ">" }
      }
      if tag.isBlock { text += "\n" }
    }
  }
}

/// The elements that reports are made of.
public enum HtmlTag: String, Sendable, Hashable {
  case main, header, footer, nav, section, div, span, p, h1, h2, h3, h4, ul, ol, li, dl, dt, dd
  case strong, em, code, a, img, blockquote, figure, figcaption, details, summary, pre
  case table, caption, thead, tbody, tr, th, td
  // Of pictures.
  case svg, title, desc, g, path, rect, line, circle, polyline, text

  var isBlock: Bool {
    switch self {
    case .span, .strong, .em, .code, .a, .img, .rect, .line, .circle, .path, .polyline, .text,
      .title, .desc, .g, .td, .th:
      false
    default: true
    }
  }

  /// Whether its end is told by what follows, as HTML allows: there are thousands of cells.
  var isEndedByNext: Bool { self == .td || self == .th }

  /// Whether it is a part of a picture that may end in its own tag.
  var isShape: Bool {
    switch self {
    case .path, .rect, .line, .circle, .polyline: true
    default: false
    }
  }

  /// Whether it holds nothing and is not closed.
  var isVoid: Bool { self == .img }
}

/// Text within markup.
enum HtmlText {
  /// Characters that mean something in markup as references; control characters, which HTML has
  /// not, as the replacement character.
  static func escaped(_ text: String) -> String {
    // Most texts mean nothing in markup.
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
      // C2 begins the control characters past ASCII.
      case UInt8(ascii: "'"), 0x7F, 0xC2, ..<0x20: false
      default: true
      }
    }
    if isPlain { return text }
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
