import Ingest
import Pipeline
import Tabular

/// What somebody tells of a file's dialect, as written on a command line. Nil, and an empty text,
/// tell nothing; but an empty escape says that nothing escapes.
public struct DialectTexts: Sendable {
  /// A text of at most 16 bytes, or `tab`, `space`, `comma`, `semicolon`, `pipe`.
  public var delimiter: String?
  /// An ASCII character, or `none`.
  public var quote: String?
  /// An ASCII character, `doubled` or `none`.
  public var escape: String?
  /// Lines before the table, 0…100,000.
  public var skip: Int?
  /// Rows that name the columns, 0…100,000.
  public var header: Int?
  public var encoding: String?

  public init(
    delimiter: String? = nil, quote: String? = nil, escape: String? = nil, skip: Int? = nil,
    header: Int? = nil, encoding: String? = nil
  ) {
    (self.delimiter, self.quote, self.escape) = (delimiter, quote, escape)
    (self.skip, self.header, self.encoding) = (skip, header, encoding)
  }

  /// Whether anything is told.
  public var isGiven: Bool {
    delimiter != nil || quote != nil || escape != nil || skip != nil || header != nil
      || encoding != nil
  }

  /// - Throws: `RunError` (exit code 2) for a text that means nothing.
  func options() throws -> CleanOptions {
    var options = CleanOptions()
    if let delimiter, !delimiter.isEmpty {
      let bytes = DialectTexts.bytes(delimiter)
      guard !bytes.contains(10), !bytes.contains(13), bytes.count <= 16 else {
        throw DialectTexts.wrong(
          "--delimiter",
          Message(
            en: "takes at most 16 bytes, and no line end",
            fr: "prend au plus 16 octets, sans fin de ligne"))
      }
      options.delimiter = bytes
    }
    if let quote, !quote.isEmpty {
      options.quote = .some(quote == "none" ? nil : try DialectTexts.byte(quote, "--quote"))
    }
    switch escape {
    case nil: break
    case "doubled": options.escape = .doubled
    case "", "none": options.escape = QuoteEscape.none
    case let text?: options.escape = .byte(try DialectTexts.byte(text, "--escape"))
    }
    for (value, name) in [(skip, "--skip"), (header, "--header")] {
      guard let value, !(0...100_000).contains(value) else { continue }
      throw DialectTexts.wrong(
        name,
        Message(en: "takes a number from 0 to 100000", fr: "prend un nombre de 0 à 100000"))
    }
    (options.skip, options.headerRows) = (skip, header)
    if let encoding, !encoding.isEmpty {
      guard let known = TextEncoding(name: encoding) else {
        let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        throw DialectTexts.wrong(
          "--encoding", Message(en: "knows \(names)", fr: "connaît \(names)"))
      }
      options.encoding = known
    }
    return options
  }

  private static func wrong(_ name: String, _ why: Message) -> RunError {
    RunError(.spec, Message(en: "\(name) \(why.en)", fr: "\(name) \(why.fr)"))
  }

  private static func bytes(_ text: String) -> [UInt8] {
    switch text.lowercased() {
    case "tab", "\\t": [9]
    case "space": [32]
    case "comma": [UInt8(ascii: ",")]
    case "semicolon": [UInt8(ascii: ";")]
    case "pipe": [UInt8(ascii: "|")]
    default: Array(text.utf8)
    }
  }

  private static func byte(_ text: String, _ name: String) throws -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != 10, byte != 13, byte < 0x80
    else {
      throw wrong(
        name,
        Message(
          en: "takes one ASCII character, or none", fr: "prend un caractère ASCII, ou none"))
    }
    return byte
  }
}
