import Tabular

/// Tells texts from what is no text at all, by the first bytes of a file.
enum ContentCheck {
  private static let magics: [(bytes: [UInt8], name: Message)] = [
    (
      [0x50, 0x4B, 0x03, 0x04],
      Message(
        en: "a ZIP archive or an Excel workbook (.xlsx)",
        fr: "une archive ZIP ou un classeur Excel (.xlsx)")
    ),
    (
      [0xD0, 0xCF, 0x11, 0xE0],
      Message(
        en: "an old Excel or Word file (.xls, .doc)",
        fr: "un ancien fichier Excel ou Word (.xls, .doc)")
    ),
    (Array("%PDF".utf8), Message(en: "a PDF document", fr: "un document PDF")),
    (Array("PAR1".utf8), Message(en: "a Parquet file", fr: "un fichier Parquet")),
    ([0x28, 0xB5, 0x2F, 0xFD], Message(en: "a Zstandard archive", fr: "une archive Zstandard")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], Message(en: "an XZ archive", fr: "une archive XZ")),
    (Array("BZh".utf8), Message(en: "a bzip2 archive", fr: "une archive bzip2")),
    ([0x37, 0x7A, 0xBC, 0xAF], Message(en: "a 7-Zip archive", fr: "une archive 7-Zip")),
    (Array("SQLite format 3".utf8), Message(en: "an SQLite database", fr: "une base SQLite")),
    ([0x89, 0x50, 0x4E, 0x47], Message(en: "a PNG picture", fr: "une image PNG")),
    ([0xFF, 0xD8, 0xFF], Message(en: "a JPEG picture", fr: "une image JPEG")),
  ]

  /// - Parameters:
  ///   - head: the beginning of the (decompressed) content.
  ///   - encoding: declared, or named by a byte order mark.
  /// - Throws: `IngestError` when it is empty, no text, or a text that is no table.
  static func check(
    _ head: [UInt8], file: String, encoding: TextEncoding?
  ) throws(IngestError) {
    guard !head.isEmpty else { throw empty(file) }
    for magic in magics where head.starts(with: magic.bytes) {
      // Letters may also begin a header: binary formats go on with bytes that no text has.
      if magic.bytes.allSatisfy({ (0x20...0x7E).contains($0) }),
        !head.prefix(1024).contains(where: { $0 < 9 }), !head.starts(with: "%PDF-".utf8)
      {
        continue
      }
      throw other(magic.name, file)
    }
    if let markup = markup(head) { throw other(markup, file) }
    if encoding?.isUTF16 ?? false { return }
    try checkNulls(head, file)
  }

  private static func checkNulls(_ head: [UInt8], _ file: String) throws(IngestError) {
    var nulls = (even: 0, odd: 0)
    var controls = 0
    for (index, byte) in head.enumerated() {
      if byte == 0 {
        if index % 2 == 0 { nulls.even += 1 } else { nulls.odd += 1 }
      } else if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D, byte != 0x0C {
        controls += 1
      }
    }
    let total = nulls.even + nulls.odd
    let (most, least) = (max(nulls.even, nulls.odd), min(nulls.even, nulls.odd))
    if most * 4 > head.count, least * 20 < most {
      throw utf16(file, nulls.odd > nulls.even ? .utf16LittleEndian : .utf16BigEndian)
    }
    if total > 16, total * 50 > head.count { throw binary(file, total) }
    if controls > 16, controls * 20 > head.count { throw binary(file, controls) }
  }

  private static func markup(_ head: [UInt8]) -> Message? {
    let start = head.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 || $0 >= 0x80 }
    let word = String(decoding: start.prefix(15), as: UTF8.self).lowercased()
    if word.hasPrefix("<!doctype html") || word.hasPrefix("<html") {
      return Message(en: "a web page (HTML)", fr: "une page web (HTML)")
    }
    if word.hasPrefix("<?xml") { return Message(en: "an XML document", fr: "un document XML") }
    if word.hasPrefix("{\"") || word.hasPrefix("[{\"") || word.hasPrefix("{\n") {
      return Message(en: "a JSON document", fr: "un document JSON")
    }
    return nil
  }

  static func empty(_ file: String) -> IngestError {
    IngestError(
      .unreadable, "empty_file", file: file,
      Message(en: "the file is empty", fr: "le fichier est vide"),
      remedy: Message(
        en: "check the delivery; a file without rows still has its header",
        fr: "vérifiez la livraison ; un fichier sans ligne a tout de même son en-tête"))
  }

  private static func other(_ what: Message, _ file: String) -> IngestError {
    IngestError(
      .unreadable, "not_csv", file: file,
      Message(en: "this is \(what.en), not CSV", fr: "c’est \(what.fr), pas du CSV"),
      remedy: Message(
        en: "export the table as CSV (UTF-8), or as CSV compressed with gzip",
        fr: "exportez le tableau en CSV (UTF-8), ou en CSV compressé par gzip"))
  }

  private static func utf16(_ file: String, _ encoding: TextEncoding) -> IngestError {
    IngestError(
      .unreadable, "utf16_without_mark", file: file,
      Message(
        en: "every other byte is zero: this looks like UTF-16 without a byte order mark",
        fr: "un octet sur deux est nul : cela ressemble à de l’UTF-16 sans marque d’ordre (BOM)"),
      remedy: Message(
        en: "declare it: dialect: {encoding: \(encoding.rawValue)}",
        fr: "déclarez-le : dialect: {encoding: \(encoding.rawValue)}"))
  }

  private static func binary(_ file: String, _ count: Int) -> IngestError {
    IngestError(
      .unreadable, "binary", file: file,
      Message(
        en: "the file is not text: \(count) zero or control bytes at its beginning",
        fr: "le fichier n’est pas du texte : \(count) octets nuls ou de contrôle à son début"),
      remedy: Message(
        en: "check the path; export the table as CSV",
        fr: "vérifiez le chemin ; exportez le tableau en CSV"))
  }
}
