/// Reads a staged page again, by its tags alone: whether it asks for anything outside of itself,
/// and whether every element ends where it should.
package struct PageCheck {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Elements that fetch, frame or send.
  private static let forbidden: Set<String> = [
    "iframe", "frame", "object", "embed", "link", "base", "form", "input", "video", "audio",
    "source", "track", "image", "use", "foreignobject", "applet", "area",
  ]
  private static let cells: Set<String> = ["td", "th"]
  private static let shapes: Set<String> = ["path", "rect", "line", "circle", "polyline"]
  private static let void: Set<String> = ["meta", "img", "br", "hr", "col"]

  package var isSelfContained: Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var open: [String] = []
    var scripts = 0
    var at = 0
    while let start = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return false }
      var tag = bytes[(start + 1)..<end]
      at = end + 1
      if tag.first == UInt8(ascii: "!") { continue }
      let isEnd = tag.first == UInt8(ascii: "/")
      if isEnd { tag.removeFirst() }
      let isWhole = !isEnd && tag.last == UInt8(ascii: "/")
      if isWhole { tag.removeLast() }
      let head = tag.prefix { !Self.isBlank($0) }
      let name = String(decoding: head, as: UTF8.self).lowercased()
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
      guard !Self.forbidden.contains(name), Self.isHarmless(tag[head.endIndex...]) else {
        return false
      }
      if isWhole {
        // Elsewhere than in pictures the slash means nothing, and the element stays open.
        guard Self.shapes.contains(name) else { return false }
        continue
      }
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

  /// Attributes that ask for something or run, by name; those that begin with `on` are handlers.
  private static let asking: Set<String> = ["srcset", "style", "action", "background", "ping"]

  /// Whether no attribute asks for something or runs. All values are quoted.
  private static func isHarmless(_ attributes: ArraySlice<UInt8>) -> Bool {
    let quote = UInt8(ascii: "\"")
    var at = attributes.startIndex
    while true {
      while at < attributes.endIndex, isBlank(attributes[at]) { at += 1 }
      guard at < attributes.endIndex else { return true }
      let start = at
      while at < attributes.endIndex, attributes[at] != UInt8(ascii: "="), !isBlank(attributes[at])
      {
        at += 1
      }
      let name = String(decoding: attributes[start..<at], as: UTF8.self).lowercased()
      var value = attributes[at..<at]
      if at < attributes.endIndex, attributes[at] == UInt8(ascii: "=") {
        guard at + 1 < attributes.endIndex, attributes[at + 1] == quote,
          let close = attributes[(at + 2)...].firstIndex(of: quote)
        else { return false }
        value = attributes[(at + 2)..<close]
        at = close + 1
      }
      guard isHarmless(name, value) else { return false }
    }
  }

  private static func isHarmless(_ name: String, _ value: ArraySlice<UInt8>) -> Bool {
    if asking.contains(name) || name.hasPrefix("on") { return false }
    switch name {
    case "src": return value.starts(with: "data:image/".utf8)
    case "href", "xlink:href":
      let text = String(decoding: value, as: UTF8.self).lowercased()
      return !text.filter { !$0.isWhitespace }.hasPrefix("javascript:")
    default: return true
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

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
