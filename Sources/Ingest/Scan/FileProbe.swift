import Codecs
import Tabular

/// Everything about a file that is settled before its rows are read: encoding, dialect, header,
/// and where the fields of the schema lie.
struct FileProbe: Sendable {
  /// Bytes of text that are looked at.
  static let headSize = 1 << 18

  let file: InputFile
  let state: FileState
  let isGzip: Bool
  /// Whether every byte must still be proven to be UTF-8.
  let isUnproven: Bool
  /// Bytes of the byte order mark.
  let markLength: Int
  let dialect: Dialect
  let columns: ColumnNames
  let match: ColumnMatch
  /// The header's record as it stands in blocks, without its line end; empty without a header.
  let header: [UInt8]
  /// Bytes of the blocks before the first row: after the mark, and in UTF-8 if the file is UTF-16.
  let textStart: Int
  /// The same in bytes of the decompressed file, the mark included.
  let byteStart: Int
  /// Physical line of the first row.
  let lineStart: Int
  let skipped: [SkipKind: Int]
  /// Records after the table, if somebody said how many.
  let declaredFooter: Int?
  let detections: [Detection]

  var encoding: TextEncoding { dialect.encoding }

  /// How the scanner cuts this file.
  var scanDialect: CSVDialect {
    CSVDialect(
      delimiter: dialect.delimiter, quote: dialect.quote, escape: dialect.escape,
      lineEnd: dialect.lineEnd == .feed ? 0x0A : 0x0D)
  }

  /// Looks at the head of a file.
  init(_ file: InputFile, _ source: SourceDescription) throws(IngestError) {
    self.file = file
    guard let state = FileState(path: file.path) else {
      throw IngestError.unreadable(file.name, errno: 2)
    }
    self.state = state
    let (head, isGzip) = try FileHead.text(file, count: FileProbe.headSize)
    self.isGzip = isGzip
    let isWhole = head.count < FileProbe.headSize
    let finding = try EncodingFinding.find(head, isWhole: isWhole, file, source)
    isUnproven = finding.isUnproven
    markLength = finding.markLength
    // What blocks will hold, and the same in UTF-8; records and cells are the same in both.
    let block = try FileProbe.blockText(head.dropFirst(finding.markLength), finding.encoding)
    let text = finding.encoding.utf8(block[...])
    var options = source.dialect
    options.encoding = finding.encoding
    let names = source.schema.fields.flatMap { [$0.name] + $0.aliases }
    let found = DialectDetector.detect(text, isWhole: isWhole, options: options, names: names)
    let table = SampleTable(text, found.dialect, isWhole: isWhole)
    let layout = TableLayout.find(
      table, options: options, names: Set(names.map(NearMiss.folded)))
    guard let first = layout.first else { throw FileProbe.noTable(file, isWhole) }
    var dialect = found.dialect
    dialect.hasHeader = layout.hasHeader
    dialect.preambleLines = layout.preambleLines
    dialect.footerRecords = options.footerRecords ?? 0
    self.dialect = dialect
    declaredFooter = options.footerRecords
    detections =
      FileProbe.compression(file, isGzip) + finding.detections + found.detections
      + layout.detections
    let rows = SampleTable(block, dialect, isWhole: isWhole).rows
    (columns, match) = try FileProbe.columns(table, first, layout, source, file)
    let next = layout.hasHeader ? first + 1 : first
    textStart = next < rows.count ? rows[next].bytes.lowerBound : rows[next - 1].bytes.upperBound
    lineStart = FileProbe.line(rows, next, block, dialect)
    header =
      layout.hasHeader ? FileProbe.withoutEnd(block[rows[first].bytes], dialect.lineEnd) : []
    byteStart =
      finding.markLength
      + (finding.encoding.isUTF16 ? UTF16Source.bytes(of: block, 0..<textStart) : textStart)
    skipped = FileProbe.skipped(rows, block, before: first, dialect)
  }

  /// Names are not believed; when one says something else than the content, that is said.
  private static func compression(_ file: InputFile, _ isGzip: Bool) -> [Detection] {
    let saysGzip = file.name.hasSuffix(".gz") || file.name.hasSuffix(".gzip")
    guard saysGzip != isGzip, saysGzip || file.name.hasSuffix(".csv") else { return [] }
    return [
      Detection(
        "compression", isGzip ? "gzip" : "none",
        Message(
          en: "the content says so, whatever the file's name",
          fr: "le contenu le dit, quel que soit le nom du fichier"))
    ]
  }

  private static func blockText(
    _ head: ArraySlice<UInt8>, _ encoding: TextEncoding
  ) throws(IngestError) -> [UInt8] {
    guard encoding.isUTF16 else { return Array(head) }
    return UTF16Source.text(head, isBigEndian: encoding == .utf16BigEndian)
  }

  private static func columns(
    _ table: SampleTable, _ first: Int, _ layout: TableLayout, _ source: SourceDescription,
    _ file: InputFile
  ) throws(IngestError) -> (ColumnNames, ColumnMatch) {
    let row = table.rows[first]
    // Without a schema there is nothing to take for something else.
    let isFree = source.schema.fields.isEmpty
    guard layout.hasHeader || source.dialect.hasHeader == false || isFree else {
      throw noHeader(file, row.line)
    }
    if layout.hasHeader {
      let columns = ColumnNames(table.cells(row).map(table.string))
      let match = ColumnMatch(columns, source.schema)
      if let error = wrongDelimiter(table, row, match, source, file) { throw error }
      try match.check(
        source.effectivePolicy, source.schema, file: file.name, line: row.line)
      return (columns, match)
    }
    let match = ColumnMatch(width: layout.width, source.schema)
    try match.check(source.effectivePolicy, source.schema, file: file.name, line: row.line)
    // Blank names become `column_1`…; the last blank one would be a trailing delimiter.
    return (ColumnNames((1...layout.width).map { "column_\($0)" }), match)
  }

  /// The physical line on which a row begins, also that after the last row.
  private static func line(
    _ rows: [SampleTable.Row], _ row: Int, _ text: [UInt8], _ dialect: Dialect
  ) -> Int {
    if row < rows.count { return rows[row].line }
    let end: UInt8 = dialect.lineEnd == .feed ? 0x0A : 0x0D
    return rows[row - 1].line + text[rows[row - 1].bytes].count { $0 == end }
  }

  private static func withoutEnd(
    _ bytes: ArraySlice<UInt8>, _ lineEnd: Dialect.LineEnd
  ) -> [UInt8] {
    var bytes = bytes
    if lineEnd == .carriageReturn {
      if bytes.last == 0x0D { bytes.removeLast() }
      return Array(bytes)
    }
    if bytes.last == 0x0A { bytes.removeLast() }
    if bytes.last == 0x0D { bytes.removeLast() }
    return Array(bytes)
  }

  /// Lines before the table. `sep=;` is a declaration, and no more counted than the header.
  private static func skipped(
    _ rows: [SampleTable.Row], _ text: [UInt8], before first: Int, _ dialect: Dialect
  ) -> [SkipKind: Int] {
    let end: UInt8 = dialect.lineEnd == .feed ? 0x0A : 0x0D
    var skipped: [SkipKind: Int] = [:]
    for (index, row) in rows[..<first].enumerated() {
      if index == 0, TableLayout.isSeparatorLine(text[row.bytes]) { continue }
      let lines = max(1, text[row.bytes].count { $0 == end })
      skipped[row.isBlank ? .blank : .preamble, default: 0] += lines
    }
    return skipped
  }

  private static func noTable(_ file: InputFile, _ isWhole: Bool) -> IngestError {
    if isWhole { return ContentCheck.empty(file.name) }
    return IngestError(
      .refused, "no_record", file: file.name,
      Message(
        en: "the first \(headSize) bytes hold no whole record",
        fr: "les \(headSize) premiers octets ne contiennent aucun enregistrement entier"),
      remedy: Message(
        en: "check the delimiter, the quotes and the line ends of the file",
        fr: "vérifiez le délimiteur, les guillemets et les fins de ligne du fichier"))
  }

  private static func noHeader(_ file: InputFile, _ line: Int) -> IngestError {
    IngestError(
      .refused, "no_header", file: file.name, line: line,
      Message(
        en: "no line names the columns of the schema",
        fr: "aucune ligne ne nomme les colonnes du schéma"),
      remedy: Message(
        en: "check the schema's names; if the file has no header, declare dialect: {header: false}",
        fr: "vérifiez les noms du schéma ; si le fichier n’a pas d’en-tête, déclarez "
          + "dialect: {header: false}"))
  }
}
