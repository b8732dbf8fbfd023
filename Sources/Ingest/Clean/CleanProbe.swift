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
  /// Whether a CR alone ends a line.
  let returnEnds: Bool
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
    returnEnds = CleanProbe.returnEnds(text)
    let skipped = CleanProbe.lines(text, options.skip ?? 0, returnEnds)
    let table = Array(text[skipped...])
    let found = CleanProbe.dialect(table, isWhole, options, returnEnds)
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
    if told == nil { source.dialect.encoding = bareUTF16(head) }
    let finding = try EncodingFinding.find(head, isWhole: isWhole, file, source)
    if told == nil, let bare = source.dialect.encoding, bare == finding.encoding {
      let evidence = Message(
        en: "every other byte is zero", fr: "un octet sur deux est nul")
      return (bare, finding.markLength, true, [Detection("encoding", bare.rawValue, evidence)])
    }
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

  /// UTF-16 without a mark, where every other byte is zero.
  private static func bareUTF16(_ head: [UInt8]) -> TextEncoding? {
    guard TextEncoding.byteOrderMark(head) == nil else { return nil }
    var zeros = (even: 0, odd: 0)
    for (index, byte) in head.enumerated() where byte == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let (most, least) = (max(zeros.even, zeros.odd), min(zeros.even, zeros.odd))
    guard most * 4 > head.count, least * 20 < most else { return nil }
    return zeros.odd > zeros.even ? .utf16LittleEndian : .utf16BigEndian
  }

  /// Where the line after so many physical lines begins.
  private static func lines(_ text: [UInt8], _ count: Int, _ returnEnds: Bool) -> Int {
    var at = 0
    for _ in 0..<count {
      while at < text.count, !endsLine(text, at, returnEnds) { at += 1 }
      if at < text.count { at += 1 }
    }
    return at
  }

  /// Whether a byte is the last one of a line end: LF, or CR without one where such CRs end lines.
  static func endsLine(_ text: [UInt8], _ at: Int, _ returnEnds: Bool) -> Bool {
    text[at] == 10 || text[at] == 13 && returnEnds && !(at + 1 < text.count && text[at + 1] == 10)
  }

  private static func dialect(
    _ text: [UInt8], _ isWhole: Bool, _ options: CleanOptions, _ returnEnds: Bool
  ) -> (dialect: CleanDialect, detections: [Detection]) {
    var dialect = CleanDialect()
    var detections: [Detection] = []
    dialect.returnEnds = returnEnds
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
