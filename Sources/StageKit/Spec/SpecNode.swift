/// A place in a file that its author wrote: 1-based line and column (in characters).
public struct SpecPosition: Sendable, Hashable, Comparable {
  /// The file as shown to the user, relative to where the command runs.
  public let file: String
  public let line: Int
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    (self.file, self.line, self.column) = (file, line, column)
  }

  public static func < (left: SpecPosition, right: SpecPosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// YAML as written, with positions: nothing is typed until somebody asks for a type, so `no`,
/// `01` and `12:30` stay text where text is expected.
public struct SpecNode: Sendable {
  /// A mapping's entry; keys keep their own positions.
  public struct Entry: Sendable {
    public let key: String
    public let keyPosition: SpecPosition
    public let value: SpecNode

    public init(key: String, keyPosition: SpecPosition, value: SpecNode) {
      (self.key, self.keyPosition, self.value) = (key, keyPosition, value)
    }

    /// The key as a text of its own, for keys that name fields or tables.
    public var keyNode: SpecNode { SpecNode(.scalar(key, .quoted), at: keyPosition) }
  }

  /// How a scalar was written, which decides how positions inside it are told.
  public enum ScalarStyle: Sendable {
    case plain
    case quoted
    /// `|` or `>`: positions inside are told as the scalar's own.
    case block
  }

  public enum Content: Sendable {
    case scalar(String, ScalarStyle)
    case sequence([SpecNode])
    case mapping([Entry])
  }

  public let content: Content
  public let position: SpecPosition

  public init(_ content: Content, at position: SpecPosition) {
    (self.content, self.position) = (content, position)
  }

  /// The scalar's text, if it is one; null (`~`, `null` or nothing, unquoted) is not text.
  public var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// YAML 1.2 core schema's null.
  public var isNull: Bool {
    guard case .scalar(let text, .plain) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// `true` or `false` as in YAML 1.2 (never `yes`, `on`…).
  public var boolean: Bool? {
    guard case .scalar(let text, .plain) = content else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  public var integer: Int? {
    guard case .scalar(let text, .plain) = content else { return nil }
    return Int(text)
  }

  /// A finite number.
  public var number: Double? {
    guard case .scalar(let text, .plain) = content, let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  public var items: [SpecNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value under a key, if this is a mapping that has it.
  public subscript(key: String) -> SpecNode? {
    entries?.first { $0.key == key }?.value
  }

  /// The position of a character inside a scalar's text.
  /// - Parameter utf8Offset: offset within `text`.
  public func position(utf8Offset: Int) -> SpecPosition {
    guard case .scalar(let text, let style) = content, style != .block else { return position }
    let characters = String(decoding: text.utf8.prefix(utf8Offset), as: UTF8.self).count
    let shift = characters + (style == .quoted ? 1 : 0)
    return SpecPosition(
      file: position.file, line: position.line, column: position.column + shift)
  }
}
