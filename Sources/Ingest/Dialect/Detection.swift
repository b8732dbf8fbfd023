import Tabular

/// Something that nobody declared and that the file itself told.
public struct Detection: Sendable, Hashable {
  /// `encoding`, `delimiter`, `quote`, `escape`, `line_end`, `preamble`, `header`, `footer`…
  public let what: String
  /// As it would be declared.
  public let value: String
  public let evidence: Message
  /// Whether another reading was nearly as good: better declared than detected.
  public let isAmbiguous: Bool

  public init(_ what: String, _ value: String, _ evidence: Message, isAmbiguous: Bool = false) {
    (self.what, self.value, self.evidence) = (what, value, evidence)
    self.isAmbiguous = isAmbiguous
  }

  /// A byte as it would be declared: tabs and other invisible ones by name.
  static func name(_ byte: UInt8?) -> String {
    switch byte {
    case nil: "none"
    case 0x09?: "tab"
    case 0x20?: "space"
    case let byte?: String(decoding: [byte], as: UTF8.self)
    }
  }
}

/// A dialect with what was detected of it.
package struct DetectedDialect {
  package var dialect: Dialect
  package var detections: [Detection]
}
