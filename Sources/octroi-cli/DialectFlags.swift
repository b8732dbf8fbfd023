import ArgumentParser
import Ingest

/// What `scan --to csv` may be told of a file's dialect. An empty text tells nothing, but for
/// `--escape`, where it says that nothing escapes.
struct DialectFlags: ParsableArguments {
  @Option(
    help: "Between fields: a text such as ';' or ', ', or tab, space, comma, semicolon, pipe.")
  var delimiter: String?

  @Option(help: "Around fields: a character, or none.")
  var quote: String?

  @Option(help: "Before a quote within quotes: a character, 'doubled', or none.")
  var escape: String?

  @Option(help: "Lines before the table.")
  var skip: Int?

  @Option(help: "Rows that name the columns: 0, 1, or several, which are joined.")
  var header: Int?

  @Option(help: "utf-8, utf-16le, utf-16be, windows-1252, windows-1256, iso-8859-1, iso-8859-15.")
  var encoding: String?

  /// Whether anything is told.
  var isGiven: Bool {
    delimiter != nil || quote != nil || escape != nil || skip != nil || header != nil
      || encoding != nil
  }

  func options() throws -> CleanOptions {
    var options = CleanOptions()
    if let delimiter, !delimiter.isEmpty {
      let bytes = DialectFlags.bytes(delimiter)
      guard !bytes.contains(10), !bytes.contains(13), bytes.count <= 16 else {
        throw ValidationError("--delimiter takes at most 16 bytes, and no line end")
      }
      options.delimiter = bytes
    }
    if let quote, !quote.isEmpty {
      let byte = try DialectFlags.byte(quote, "--quote")
      options.quote = .some(byte)
    }
    if let escape {
      switch escape {
      case "doubled": options.escape = .doubled
      case "", "none": options.escape = QuoteEscape.none
      default:
        if let byte = try DialectFlags.byte(escape, "--escape") { options.escape = .byte(byte) }
      }
    }
    for (value, name) in [(skip, "--skip"), (header, "--header")] {
      guard let value else { continue }
      guard (0...100_000).contains(value) else {
        throw ValidationError("\(name) takes a number from 0 to 100000")
      }
    }
    (options.skip, options.headerRows) = (skip, header)
    if let encoding, !encoding.isEmpty {
      guard let known = TextEncoding(name: encoding) else {
        let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("unknown encoding '\(encoding)'; known ones: \(names)")
      }
      options.encoding = known
    }
    return options
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

  private static func byte(_ text: String, _ name: String) throws -> UInt8? {
    if text == "none" { return nil }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != 10, byte != 13, byte < 0x80
    else { throw ValidationError("\(name) takes one ASCII character, or none") }
    return byte
  }
}
