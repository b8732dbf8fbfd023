/// A place in a JSON text.
public struct JSONPosition: Sendable, Hashable {
  /// From 1.
  public let line: Int
  /// From 1, in characters (Unicode scalars).
  public let column: Int

  public init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}

/// A JSON value that knows where it stands, so that errors can point at it.
public struct JSONNode: Sendable, Hashable {
  /// The value. Numbers keep the digits they were written with.
  public indirect enum Content: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([JSONMember])
  }

  public let content: Content
  public let position: JSONPosition

  /// The text of a string.
  public var string: String? { if case .string(let text) = content { text } else { nil } }
  public var boolean: Bool? { if case .boolean(let flag) = content { flag } else { nil } }
  public var array: [JSONNode]? { if case .array(let nodes) = content { nodes } else { nil } }
  public var object: [JSONMember]? { if case .object(let all) = content { all } else { nil } }

  /// The text of a string, number or boolean: what schemas write loosely.
  public var scalarText: String? {
    switch content {
    case .string(let text), .number(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// The value of a key of an object.
  public subscript(key: String) -> JSONNode? { object?.first { $0.key == key }?.value }
}

/// A key of a JSON object with its value.
public struct JSONMember: Sendable, Hashable {
  public let key: String
  public let keyPosition: JSONPosition
  public let value: JSONNode
}
