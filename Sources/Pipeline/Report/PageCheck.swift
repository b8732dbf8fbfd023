/// Reads a staged page again, by its tags alone: whether it asks for anything outside of itself,
/// and whether every element ends where it should.
struct PageCheck {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Elements that fetch, frame or send.
  private static let forbidden: Set<String> = [
    "iframe", "frame", "object", "embed", "link", "base", "form", "input", "video", "audio",
    "source", "track", "image", "use", "foreignobject", "applet", "area",
  ]
  private static let cells: Set<String> = ["td", "th"]
  private static let void: Set<String> = ["meta", "img", "br", "hr", "col"]

  var isSelfContained: Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var open: [String] = []
    var scripts = 0
    var at = 0
    while let start = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return false }
      let tag = String(decoding: bytes[start + 1..<end], as: UTF8.self)
      at = end + 1
      if tag.hasPrefix("!") { continue }
      let isEnd = tag.hasPrefix("/")
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "\n" }.lowercased()
      // A cell ends where the next one begins, or its row ends.
      if Self.cells.contains(name) || (isEnd && name == "tr"), let last = open.last,
        Self.cells.contains(last)
      {
        open.removeLast()
      }
      if isEnd {
        guard open.popLast() == name else { return false }
        continue
      }
      guard !Self.forbidden.contains(name), Self.isHarmless(tag) else { return false }
      if Self.void.contains(name) { continue }
      if name == "style" || name == "script" {
        if name == "script" { scripts += 1 }
        guard let close = self.end(of: name, from: at) else { return false }
        at = close
        continue
      }
      open.append(name)
    }
    return open.isEmpty && scripts <= 1
  }

  /// Attributes that ask for something or run.
  private static func isHarmless(_ tag: String) -> Bool {
    let text = tag.lowercased()
    if let source = text.firstRange(of: " src=\""),
      !text[source.upperBound...].hasPrefix("data:image/")
    {
      return false
    }
    let words = [" srcset=", " style=", " action=", " background=", " ping=", " on", "javascript:"]
    return !words.contains { word in
      guard word == " on" else { return text.contains(word) }
      // Handlers begin with `on` and are set by `=`.
      return text.split(separator: " ").contains { $0.hasPrefix("on") && $0.contains("=\"") }
        && !text.contains("=\"on")
    }
  }

  /// After the end tag of an element whose content is no markup.
  private func end(of name: String, from start: Int) -> Int? {
    let tag = Array("</\(name)>".utf8)
    var at = start
    while let found = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      if bytes[found...].starts(with: tag) { return found + tag.count }
      at = found + 1
    }
    return nil
  }
}
