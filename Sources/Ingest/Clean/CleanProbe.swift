import Codecs
import Tabular

/// Everything about a file that is settled before it is written anew.
struct CleanProbe {
  /// Bytes of text that are looked at.
  private static let headSize = 1 << 18

  let file: InputFile
  let isGzip: Bool
  let encoding: TextEncoding
  let markLength: Int
  /// Whether bytes may be no characters.
  let mayBeUnsound: Bool
  let dialect: CleanDialect
  /// Physical lines before the table.
  let preambleLines: Int
  let headerRows: Int
  /// Fields of a row; 0 when there is none.
  let width: Int
  let profile: ColumnProfile
  let detections: [Detection]

  init(_ file: InputFile, _ options: CleanOptions) throws(IngestError) {
    self.file = file
    let (head, isGzip) = try FileHead.text(file, count: CleanProbe.headSize)
    self.isGzip = isGzip
    let isWhole = head.count < CleanProbe.headSize
    let coding = try CleanProbe.coding(file, head, isWhole, options.encoding)
    (encoding, markLength, mayBeUnsound) = (coding.encoding, coding.mark, coding.mayBeUnsound)
    var detections = coding.detections
    let raw = head.dropFirst(coding.mark)
    var text =
      encoding.isUTF16
      ? UTF16Source.text(raw, isBigEndian: encoding == .utf16BigEndian) : encoding.utf8(raw)
    if !isWhole, text.count > 4 { text.removeLast(4) }
    let skipped = CleanProbe.lines(text, options.skip ?? 0)
    let table = Array(text[skipped...])
    let found = CleanProbe.dialect(table, isWhole, options)
    detections += found.detections
    dialect = found.dialect
    let layout = CleanLayout(table, isWhole: isWhole, found.dialect, options)
    preambleLines = options.skip ?? layout.preambleLines
    (headerRows, width, profile) = (layout.headerRows, layout.width, layout.profile)
    self.detections = detections + layout.detections
  }

  private static func coding(
    _ file: InputFile, _ head: [UInt8], _ isWhole: Bool, _ told: TextEncoding?
  ) throws(IngestError) -> (
    encoding: TextEncoding, mark: Int, mayBeUnsound: Bool, detections: [Detection]
  ) {
    guard !head.isEmpty else { return (told ?? .utf8, 0, false, []) }
    var source = SourceDescription(name: file.name, files: [file], schema: TableSchema(fields: []))
    source.dialect.encoding = told
    let finding = try EncodingFinding.find(head, isWhole: isWhole, file, source)
    guard finding.isUnproven else {
      return (
        finding.encoding, finding.markLength, !finding.encoding.isSingleByte, finding.detections
      )
    }
    let proof = try EncodingFinding.prove(file)
    guard !proof.holds else { return (.utf8, 0, false, finding.detections) }
    return (
      proof.verdict, 0, true,
      [Detection("encoding", proof.verdict.rawValue, EncodingEvidence.invalid(proof))]
    )
  }

  /// Where the line after so many physical lines begins.
  static func lines(_ text: [UInt8], _ count: Int) -> Int {
    let end: UInt8 = text.contains(10) ? 10 : 13
    var at = 0
    for _ in 0..<count {
      guard let next = text[at...].firstIndex(of: end) else { return text.count }
      at = next + 1
    }
    return at
  }

  private static func dialect(
    _ text: [UInt8], _ isWhole: Bool, _ options: CleanOptions
  ) -> (dialect: CleanDialect, detections: [Detection]) {
    var dialect = CleanDialect()
    var detections: [Detection] = []
    dialect.returnEnds = returnEnds(text)
    if let delimiter = options.delimiter, delimiter.count > 1 {
      dialect.delimiter = delimiter
      if let quote = options.quote { dialect.quote = quote }
      if let escape = options.escape { dialect.escape = escape }
    } else if options.delimiter == nil, let (wide, evidence) = wideDelimiter(text, options) {
      dialect.delimiter = wide
      detections.append(evidence)
      if let escape = options.escape { dialect.escape = escape }
    } else {
      var known = DialectOptions(encoding: .utf8, delimiter: options.delimiter?.first)
      known.quote = options.quote
      switch options.escape {
      case .byte(let escape): known.escape = .some(escape)
      case .doubled, .some(.none): known.escape = .some(nil)
      case nil: break
      }
      let found = DialectDetector.detect(text, isWhole: isWhole, options: known)
      dialect.delimiter = [found.dialect.delimiter]
      dialect.quote = found.dialect.quote
      dialect.escape = options.escape ?? found.dialect.escape.map { .byte($0) } ?? .doubled
      detections = found.detections
    }
    if case .byte(let escape) = dialect.escape {
      if escape == dialect.quote { dialect.escape = .doubled }
      dialect.escapesOutside = options.escape != nil && dialect.escape != .doubled
    }
    return (dialect, detections)
  }

  /// Whether a CR alone ends records: where there is no LF, or where such CRs are frequent.
  private static func returnEnds(_ text: [UInt8]) -> Bool {
    var (feeds, returns) = (0, 0)
    for (index, byte) in text.enumerated() {
      if byte == 10 { feeds += 1 }
      if byte == 13, index + 1 == text.count || text[index + 1] != 10 { returns += 1 }
    }
    return returns > 0 && returns * 4 >= feeds
  }

  /// A delimiter and a blank, where the first never stands without the second.
  private static func wideDelimiter(
    _ text: [UInt8], _ options: CleanOptions
  ) -> ([UInt8], Detection)? {
    guard options.quote == nil || options.quote == UInt8(ascii: "\"") else { return nil }
    for delimiter in [UInt8(ascii: ","), UInt8(ascii: ";")] {
      var (wide, narrow, quoted) = (0, 0, 0)
      for index in text.indices.dropLast(2) where text[index] == delimiter {
        let isWide = text[index + 1] == 32
        if isWide { wide += 1 } else { narrow += 1 }
        if isWide, text[index + 2] == UInt8(ascii: "\"") { quoted += 1 }
      }
      let lines = text.count { $0 == 10 || $0 == 13 }
      // Commas in texts are wide, too: quotes after them tell.
      guard wide >= lines, narrow * 20 <= wide, quoted > 0, wide > 0 else { continue }
      return (
        [delimiter, 32],
        Detection(
          "delimiter", String(decoding: [delimiter, 32], as: UTF8.self),
          Message(en: "a blank follows every one", fr: "une espace suit chacun"))
      )
    }
    return nil
  }
}
