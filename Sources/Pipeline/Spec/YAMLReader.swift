import StageKit
import Tabular
import Yams

/// YAML text → positioned nodes, within bounds: no anchors' bombs, no tags, one document.
struct YAMLReader {
  /// Most bytes of a spec file.
  static let maximumBytes = 1 << 20
  /// Most nodes once aliases are written out: what an alias bomb runs into.
  static let maximumNodes = 100_000
  static let maximumDepth = 60

  let file: String
  let diagnostics: Diagnostics
  private var nodes = 0

  init(file: String, diagnostics: Diagnostics) {
    (self.file, self.diagnostics) = (file, diagnostics)
  }

  /// - Returns: the document's root, or nil after diagnostics.
  mutating func read(_ text: String) -> SpecNode? {
    guard text.utf8.count <= Self.maximumBytes else {
      return refuse("too-large", line: 1, column: 1, SpecMessages.tooLarge)
    }
    let text = text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    if let place = Self.keyOfAliases(text) {
      return refuse("key", line: place.line, column: place.column, SpecMessages.keyIsNoText)
    }
    return read(DuplicateKeys(text))
  }

  private mutating func read(_ text: DuplicateKeys) -> SpecNode? {
    do {
      let parser = try Parser(yaml: text.masked, resolver: .basic)
      guard let root = try parser.nextRoot() else {
        return refuse("empty", line: 1, column: 1, SpecMessages.empty)
      }
      if let second = try parser.nextRoot() {
        return refuse(
          "documents", line: second.mark?.line ?? 1, column: second.mark?.column ?? 1,
          SpecMessages.severalDocuments)
      }
      return convert(root, depth: 0)
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
      let (name, mark) = (names.first ?? "", context.mark)
      let node = refuse(
        "duplicate-key", line: mark.line, column: mark.column, SpecMessages.duplicateKey(name))
      // The first of the two is put out of the way, so that all other errors come in one pass.
      guard let rest = text.masking(line: mark.line, column: mark.column) else { return node }
      return read(rest)
    } catch let error as YamlError {
      return explain(error)
    } catch {
      return refuse("yaml", line: 1, column: 1, SpecMessages.notYAML)
    }
  }

  private mutating func convert(_ node: Node, depth: Int) -> SpecNode? {
    nodes += 1
    let position = SpecPosition(
      file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard nodes <= Self.maximumNodes, depth <= Self.maximumDepth else {
      return refuse("too-deep", line: position.line, column: position.column, SpecMessages.tooDeep)
    }
    guard Self.tags.contains(node.tag.description) else {
      return refuse("tag", line: position.line, column: position.column, SpecMessages.tag)
    }
    switch node {
    case .scalar(let scalar):
      let style: SpecNode.ScalarStyle =
        switch scalar.style {
        case .singleQuoted, .doubleQuoted: .quoted
        case .literal, .folded: .block
        case .any, .plain: .plain
        }
      return SpecNode(.scalar(scalar.string, style), at: position)
    case .sequence(let sequence):
      var items: [SpecNode] = []
      for item in sequence {
        guard let converted = convert(item, depth: depth + 1) else { return nil }
        items.append(converted)
      }
      return SpecNode(.sequence(items), at: position)
    case .mapping(let mapping):
      return convert(mapping, at: position, depth: depth)
    case .alias:
      return refuse(
        "alias", line: position.line, column: position.column, SpecMessages.brokenAlias)
    }
  }

  private static let tags = Set(
    ["str", "seq", "map"].flatMap { [$0, "tag:yaml.org,2002:\($0)"] } + [""])

  /// Where a key is a collection or an alias. Yams compares keys by hashing them whole, and a key
  /// of nested aliases would keep it busy for ever, so these are found before it reads the text.
  private static func keyOfAliases(_ text: String) -> (line: Int, column: Int)? {
    guard text.contains("&"), text.contains("*") else { return nil }
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let bytes = Array(line.utf8)
      let start = bytes.firstIndex { $0 != 0x20 && $0 != 0x2d } ?? bytes.count
      if start < bytes.count, bytes[start] == UInt8(ascii: "#") { continue }
      if let column = complexKey(bytes, from: start) { return (number + 1, column + 1) }
    }
    return nil
  }

  /// A `? ` where a key may begin, or a `:` after an alias or a collection's end.
  private static func complexKey(_ bytes: [UInt8], from start: Int) -> Int? {
    var previous: UInt8 = UInt8(ascii: "{")
    var isAlias = false
    for index in start..<bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
      let opens = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ",")].contains(previous)
      if byte == UInt8(ascii: "?"), opens, next <= 0x20 { return index }
      if byte == UInt8(ascii: "*"), opens { isAlias = true }
      if byte == UInt8(ascii: ":"), next <= 0x20 || next == UInt8(ascii: "*") {
        if isAlias || previous == UInt8(ascii: "]") || previous == UInt8(ascii: "}") {
          return index
        }
        isAlias = false
      }
      if byte == UInt8(ascii: ",") { isAlias = false }
      if byte > 0x20 { previous = byte }
    }
    return nil
  }

  private mutating func convert(
    _ mapping: Node.Mapping, at position: SpecPosition, depth: Int
  ) -> SpecNode? {
    var entries: [SpecNode.Entry] = []
    for (key, value) in mapping {
      let (line, column) = (key.mark?.line ?? position.line, key.mark?.column ?? position.column)
      guard let name = key.scalar?.string, name != "<<" else {
        return refuse("key", line: line, column: column, SpecMessages.keyIsNoText)
      }
      guard let converted = convert(value, depth: depth + 1) else { return nil }
      guard !DuplicateKeys.isMasked(name) else { continue }
      entries.append(
        SpecNode.Entry(
          key: name,
          keyPosition: SpecPosition(file: file, line: line, column: column),
          value: converted))
    }
    return SpecNode(.mapping(entries), at: position)
  }

  private func explain(_ error: YamlError) -> SpecNode? {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return refuse("yaml", line: mark.line, column: mark.column, SpecMessages.syntax(problem))
    default:
      return refuse("yaml", line: 1, column: 1, SpecMessages.notYAML)
    }
  }

  private func refuse(_ code: String, line: Int, column: Int, _ message: Message) -> SpecNode? {
    diagnostics.error(code, at: SpecPosition(file: file, line: line, column: column), message)
    return nil
  }
}
