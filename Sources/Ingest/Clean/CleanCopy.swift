import Codecs
import Tabular

/// Reads any file of records and hands it on as clean CSV: UTF-8, commas, CR LF, quotes where
/// needed, every row kept. Where the strict rules are broken a row is read in the way that
/// supposes the fewest faults, and counted; nothing is left out that is not counted.
///
/// A pipeline does none of this: it rejects such rows. This is for making a file anew.
///
/// Memory: one block, or the longest record: at most `longestRecord` twice, for quotes may have to
/// be doubled, and 16 bytes for each of its fields.
public final class CleanCopy {
  /// Bytes of a record at most, within quotes or not.
  public static let longestRecord = 1 << 26
  /// Fields of a record at most.
  public static let mostFields = RecordCutter.mostFields
  /// Physical lines that a record with broken quotes may span.
  private static let brokenLines = 8
  /// Bytes read at a time.
  public static let block = 1 << 18

  private let probe: CleanProbe
  private let source: any ByteSource
  private let raw: RawFile
  private let sound: SoundUTF8Source?
  private let utf16: UTF16Source?

  private var cutter: RecordCutter
  private var writer: CleanWriter
  private var counts = CleanCounts()
  private var header = CleanHeader()
  /// Fields of a row; 0 while nobody knows.
  private var width: Int
  /// Physical lines before those in the buffer.
  private var linesBefore = 0
  /// Fields of the row before, where it was left with other than the usual number.
  private var otherWidth = 0

  private var buffer: [UInt8]
  private var start = 0
  private var filled = 0
  private var atEnd = false

  /// - Parameter block: bytes read at a time; what is written does not depend on it.
  /// - Throws: `IngestError` for a file that cannot be read or is no text.
  public init(
    _ file: InputFile, _ options: CleanOptions, block: Int = CleanCopy.block
  ) throws(IngestError) {
    probe = try CleanProbe(file, options)
    let opened = try FileHead.open(file)
    raw = opened.raw
    let text = PassedSource(opened.source, skipping: probe.markLength)
    switch probe.encoding {
    case .utf16LittleEndian, .utf16BigEndian:
      let converter = UTF16Source(text, isBigEndian: probe.encoding == .utf16BigEndian)
      (utf16, sound, source) = (converter, nil, converter)
    case .utf8:
      let checked = probe.mayBeUnsound ? SoundUTF8Source(text) : nil
      (utf16, sound, source) = (nil, checked, checked ?? text)
    case .windows1252, .windows1256, .iso8859x1, .iso8859x15:
      (utf16, sound, source) = (nil, nil, SingleByteSource(text, probe.encoding))
    }
    cutter = RecordCutter(probe.dialect)
    writer = CleanWriter(probe.dialect)
    buffer = Array(repeating: 0, count: max(block, 1))
    width = probe.width
    counts.columns = width
    counts.preambleLines = probe.preambleLines
  }

  /// Reads the file to its end.
  /// - Parameter sink: takes the bytes of whole rows.
  /// - Throws: `IngestError`, or what the sink throws.
  public func run(_ sink: ([UInt8]) throws -> Void) throws -> CleanReport {
    do {
      try skipPreamble()
      while !(atEnd && start == filled) {
        try Interruption.check()
        let taken = try takeRecords()
        if !writer.bytes.isEmpty {
          try sink(writer.bytes)
          writer.clear()
        }
        if !taken { try fill() }
      }
      endHeader()
      if !writer.bytes.isEmpty { try sink(writer.bytes) }
      writer.clear()
      try raw.verifyUnchanged()
    } catch let error as CodecError {
      throw IngestError(error)
    }
    return report()
  }

  private func report() -> CleanReport {
    counts.zeroBytes = writer.zeroBytes
    counts.invalidCharacters = (sound?.replaced ?? 0) + (utf16?.replaced ?? 0)
    let dialect = probe.dialect
    let escape =
      switch dialect.escape {
      case .doubled: "doubled"
      case .byte(let byte): Detection.name(byte)
      case .none: "none"
      }
    return CleanReport(
      file: probe.file, isGzip: probe.isGzip, encoding: probe.encoding,
      delimiter: dialect.delimiter.count == 1
        ? Detection.name(dialect.delimiter.first)
        : String(decoding: dialect.delimiter, as: UTF8.self),
      quote: Detection.name(dialect.quote), escape: escape, detections: probe.detections,
      counts: counts)
  }

  private func skipPreamble() throws {
    var lines = probe.preambleLines
    while lines > 0 {
      // The byte after a CR must be there, too.
      if start + 1 >= filled, !atEnd {
        try fill()
        continue
      }
      guard start < filled else { return }
      let isFeed = start + 1 < filled && buffer[start + 1] == 10
      if buffer[start] == 10 || buffer[start] == 13 && probe.returnEnds && !isFeed { lines -= 1 }
      start += 1
    }
  }

  /// Reads more, behind what is not taken yet.
  private func fill() throws {
    if start > 0 {
      linesBefore += lines(before: start)
      buffer.withUnsafeMutableBytes { raw in
        guard let base = raw.baseAddress else { return }
        base.copyMemory(from: base + start, byteCount: filled - start)
      }
      (start, filled) = (0, filled - start)
    }
    if filled == buffer.count {
      guard buffer.count < CleanCopy.longestRecord else { throw tooLong() }
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
    while filled < buffer.count, !atEnd {
      let got = try source.read(into: &buffer, from: filled)
      if got == 0 { atEnd = true }
      filled += got
    }
  }

  /// Physical lines that end in the buffer before a place.
  private func lines(before end: Int) -> Int {
    guard probe.returnEnds else {
      let bytes = buffer
      return bytes.span.extracting(0..<end).occurrences(of: 10)
    }
    return (0..<end).count { CleanProbe.endsLine(buffer, $0, true) }
  }

  private func tooLong() -> IngestError {
    refused(
      "record_too_long", at: start,
      Message(
        en: "is longer than \(CleanCopy.longestRecord) bytes",
        fr: "fait plus de \(CleanCopy.longestRecord) octets"),
      remedy: Message(
        en: "check the line ends and the quotes of the file; tell --quote and --escape",
        fr: "vérifiez les fins de ligne et les guillemets du fichier ; précisez --quote et --escape"
      ))
  }

  private func tooWide(at place: Int) -> IngestError {
    refused(
      "record_too_wide", at: place,
      Message(
        en: "has more than \(CleanCopy.mostFields) fields",
        fr: "compte plus de \(CleanCopy.mostFields) champs"),
      remedy: Message(
        en: "check the line ends and the delimiter of the file; tell --delimiter",
        fr: "vérifiez les fins de ligne et le délimiteur du fichier ; précisez --delimiter"))
  }

  private func refused(
    _ code: String, at place: Int, _ what: Message, remedy: Message
  ) -> IngestError {
    let row = counts.rows + counts.headerRows + 1
    return IngestError(
      .refused, code, file: probe.file.name, line: linesBefore + lines(before: place) + 1,
      Message(en: "row \(row) \(what.en)", fr: "la ligne \(row) \(what.fr)"), remedy: remedy)
  }

  /// Takes the whole records of the buffer, as many as a block of output holds.
  /// - Returns: false when more text is needed.
  private func takeRecords() throws -> Bool {
    let (from, end, isLast) = (start, filled, atEnd)
    var at = from
    var isShort = false
    try buffer.withUnsafeBufferPointer { buffer in
      let bytes = UnsafeBufferPointer(rebasing: buffer[0..<end])
      while at < end, writer.bytes.count < CleanCopy.block {
        guard let next = try take(bytes, at, isLast) else {
          isShort = true
          break
        }
        at = next
      }
    }
    start = at
    return !isShort && at < filled || at == filled && atEnd
  }

  /// Takes a record; nil when the text does not hold it whole.
  private func take(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ isLast: Bool
  ) throws -> Int? {
    switch cutter.cut(bytes, from: at, atEnd: isLast) {
    case .incomplete:
      // A quote that nothing closes within the bound was never meant to open anything.
      guard bytes.count - at >= CleanCopy.longestRecord else { return nil }
      return try mend(bytes, at, isLast, isSound: false)
    case .tooWide: throw tooWide(at: at)
    case .broken: return try mend(bytes, at, isLast, isSound: false)
    case .record(let next):
      if cutter.cells.count == width {
        if counts.headerRows == probe.headerRows {
          let last = next - endLength(bytes, next, at)
          writer.write(bytes, cutter.cells, from: at, to: last)
          counts.rows += 1
        } else {
          try emit(bytes, cutter.cells)
        }
        otherWidth = 0
        return next
      }
      if cutter.cells.count == 1, cutter.cells[0].isBareEmpty {
        counts.blankLines += 1
        return next
      }
      if cutter.cells.count == otherWidth || probe.width == 0 {
        // The beginning that was looked at held no whole record: the first one tells.
        if width == 0 { (width, counts.columns) = (cutter.cells.count, cutter.cells.count) }
        try emit(bytes, cutter.cells)
        return next
      }
      return try mend(bytes, at, isLast, isSound: true)
    }
  }

  /// Bytes of the line end just before `next`.
  private func endLength(_ bytes: UnsafeBufferPointer<UInt8>, _ next: Int, _ at: Int) -> Int {
    guard let last = cutter.cells.last else { return 0 }
    return next - last.end - (last.form.contains(.quoted) ? 1 : 0)
  }
}

extension CleanCopy {
  /// Reads a record that is not as it should be, and writes it.
  private func mend(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ isLast: Bool, isSound: Bool
  ) throws -> Int? {
    let strict = cutter.cells
    let mender = RowMender(
      bytes, cutter, probe.profile, strict: isSound ? strict : nil,
      isHeader: counts.headerRows < probe.headerRows)
    guard let mended = mender.mend(at, isLast: isLast, lines: CleanCopy.brokenLines) else {
      return nil
    }
    guard mended.cells.count <= CleanCopy.mostFields else { throw tooWide(at: at) }
    switch mended.way {
    case .asItStands: break
    case .quotes: counts.quotesMended += 1
    case .supposed: counts.delimitersSupposed += 1
    case .dropped: counts.delimitersDropped += 1
    case .otherwise: counts.otherwiseSeparated += 1
    }
    try emit(bytes, mended.cells)
    otherWidth = mended.cells.count == width ? 0 : mended.cells.count
    return mended.next
  }

  /// Writes a row of any width, or takes it for the header.
  private func emit(_ bytes: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell]) throws {
    let padding = max(0, width - cells.count)
    if counts.headerRows < probe.headerRows {
      if probe.headerRows == 1 {
        writer.write(bytes, cells, padding: padding, isHeader: true)
      } else {
        header.add(cells, bytes, probe.dialect)
        guard !header.isTooLong else { throw headerTooLong() }
      }
      counts.headerRows += 1
      if counts.headerRows == probe.headerRows { endHeader() }
      return
    }
    if padding > 0 { counts.padded += 1 }
    if cells.count > width, width > 0 { counts.overlong += 1 }
    writer.write(bytes, cells, padding: padding)
    counts.rows += 1
  }

  private func headerTooLong() -> IngestError {
    refused(
      "header_too_long", at: start,
      Message(
        en: "of the header makes it longer than \(CleanHeader.most) bytes",
        fr: "de l’en-tête lui fait dépasser \(CleanHeader.most) octets"),
      remedy: Message(
        en: "tell with --header how many rows name the columns",
        fr: "précisez avec --header combien de lignes nomment les colonnes"))
  }

  /// Writes the header's rows, if there are several, as one.
  private func endHeader() {
    guard !header.isEmpty else { return }
    let joined = header
    header = CleanHeader()
    writer.write((0..<max(joined.width, width)).lazy.map { joined.name($0) })
  }
}
