import CLibCSV
import Codecs
import Glibc
import Tabular

/// The other CSV parser: libcsv, slow and obvious, strict, with trimming off. It reads staged
/// outputs back at the gate (through zlib when they are compressed) and stands against the scanner
/// in differential tests. Memory: one block and one field, which is capped.
public final class ReferenceReader {
  /// No field may be longer, in bytes: libcsv grows its buffer without bound.
  public static let longestField = 1 << 24

  private let name: String
  private let source: any ByteSource
  private var raw: RawFile?
  private var parser = csv_parser()
  private let rows = RowCollector()
  private var buffer: [UInt8]
  private var finished = false
  private var begun = false
  private var given = 0

  /// Whether the file began with a UTF-8 byte order mark, which is passed over; known once the
  /// first row has been asked for.
  public private(set) var hadByteOrderMark = false

  /// - Parameters:
  ///   - path: a CSV file, or a gzip file of one (by content).
  ///   - name: what errors call it.
  ///   - delimiter, quote: single bytes; quotes are doubled within quotes.
  public convenience init(
    path: String, name: String? = nil, delimiter: UInt8 = UInt8(ascii: ","),
    quote: UInt8 = UInt8(ascii: "\""), blockSize: Int = 1 << 16
  ) throws(IngestError) {
    let file = InputFile(name: name ?? path, path: path)
    let raw = try RawFile(file)
    let head = try FileHead.read(file, count: 2)
    let source: any ByteSource
    if GzipReader.recognises(head[...]) {
      guard let inflater = try? ZlibInflater() else {
        throw IngestError(CodecError(.codec, file: file.name, offset: 0))
      }
      source = GzipReader(raw, file: file.name, inflater: inflater)
    } else {
      source = raw
    }
    try self.init(
      source, name: file.name, delimiter: delimiter, quote: quote, blockSize: blockSize)
    self.raw = raw
  }

  /// - Parameter source: the bytes of the CSV text itself.
  public init(
    _ source: any ByteSource, name: String, delimiter: UInt8 = UInt8(ascii: ","),
    quote: UInt8 = UInt8(ascii: "\""), blockSize: Int = 1 << 16
  ) throws(IngestError) {
    self.source = source
    self.name = name
    buffer = Array(repeating: 0, count: max(blockSize, 4))
    guard ReferenceReader.prepare(&parser, delimiter: delimiter, quote: quote) else {
      throw IngestError(CodecError(.codec, file: name, offset: 0))
    }
  }

  /// Sets a parser up: strict, trimming nothing, with a cap on the length of a field.
  /// - Returns: false without memory.
  static func prepare(_ parser: inout csv_parser, delimiter: UInt8, quote: UInt8) -> Bool {
    let options = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_EMPTY_IS_NULL
    guard csv_init(&parser, UInt8(options)) == 0 else { return false }
    csv_set_delim(&parser, delimiter)
    csv_set_quote(&parser, quote)
    csv_set_space_func(&parser, clibcsv_no_space)
    csv_set_blk_size(&parser, 1 << 12)
    csv_set_realloc_func(&parser) { pointer, size in
      size > ReferenceReader.longestField ? nil : realloc(pointer, size)
    }
    return true
  }

  deinit { csv_free(&parser) }

  /// Reads the next record into `row`; false at the end. A blank line is a record without fields.
  /// - Throws: `IngestError` for text that is not strict CSV, a field over the cap, a damaged file.
  public func next(_ row: inout ReferenceRow) throws -> Bool {
    while !rows.take(&row) {
      if finished { return false }
      try readBlock()
    }
    return true
  }

  /// Reads all records that are left, and keeps none.
  /// - Throws: as `next`.
  public func tally(_ tally: inout RowTally) throws {
    let watch = tally.watched.map { CellWatch($0) }
    defer { if let watch { tally.cells?.add(watch.cells) } }
    var row = ReferenceRow()
    while rows.take(&row) {
      tally.take(row, watch)
      tally.endRecord()
    }
    // A record that is under way; its last field is still with libcsv.
    tally.take(rows.takePending(), watch)
    tally.state.after_return = rows.isAfterReturn ? 1 : 0
    if let watch {
      while !finished {
        try watch.watching(&tally.state) { both in
          try readBlock(clibcsv_watch_field, clibcsv_tally_record, both) {
            if both.pointee.tally.field > 0 { clibcsv_tally_end(&both.pointee.tally) }
          }
        }
      }
      return
    }
    while !finished {
      try withUnsafeMutablePointer(to: &tally.state) { state in
        try readBlock(clibcsv_tally_field, clibcsv_tally_record, state) {
          if state.pointee.field > 0 { clibcsv_tally_end(state) }
        }
      }
    }
  }

  private typealias OnField =
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?)
    -> Void
  private typealias OnRecord = @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void

  private func readBlock() throws {
    try readBlock(onField, onRecord, Unmanaged.passUnretained(rows).toOpaque()) {
      rows.endOfText()
    }
  }

  /// Hands the next block to libcsv.
  /// - Parameter endOfText: called when there is none.
  private func readBlock(
    _ onField: OnField, _ onRecord: OnRecord, _ context: UnsafeMutableRawPointer,
    _ endOfText: () -> Void
  ) throws {
    var count: Int
    do {
      count = try source.read(into: &buffer, from: 0)
      // A byte order mark may come in pieces.
      while !begun, count > 0, count < 3 {
        let more = try source.read(into: &buffer, from: count)
        if more == 0 { break }
        count += more
      }
    } catch let error as CodecError {
      throw IngestError(error)
    }
    var from = 0
    if !begun {
      begun = true
      hadByteOrderMark = count >= 3 && buffer[0..<3] == [0xEF, 0xBB, 0xBF]
      if hadByteOrderMark { from = 3 }
    }
    if count == 0 {
      finished = true
      guard csv_fini(&parser, onField, onRecord, context) == 0 else { throw failure() }
      endOfText()
      try raw?.verifyUnchanged()
      return
    }
    let parsed = buffer.withUnsafeBytes { bytes in
      csv_parse(
        &parser, bytes.baseAddress.map { $0 + from }, count - from, onField, onRecord, context)
    }
    guard parsed == count - from else {
      given += parsed
      throw failure()
    }
    given += count
  }

  private func failure() -> IngestError {
    let record = rows.records + 1
    if csv_error(&parser) == CSV_EPARSE {
      return IngestError(
        .refused, "not_strict_csv", file: name,
        Message(
          en: "record \(record) is not strict CSV: a quote stands where none may (byte \(given))",
          fr: "l’enregistrement \(record) n’est pas du CSV strict : guillemet mal placé "
            + "(octet \(given))"))
    }
    return IngestError(
      .refused, "field_too_long", file: name,
      Message(
        en: "record \(record) has a field longer than \(ReferenceReader.longestField) bytes",
        fr: "l’enregistrement \(record) a un champ de plus de "
          + "\(ReferenceReader.longestField) octets"))
  }
}

/// Takes what libcsv calls back with.
private final class RowCollector {
  private var pending = ReferenceRow()
  /// Rows that are whole, and behind them some whose memory is used again.
  private var ready: [ReferenceRow] = []
  private var filled = 0
  private var position = 0
  private var afterReturn = false
  /// Records seen so far, blank lines included.
  private(set) var records = 0

  func field(_ pointer: UnsafeMutableRawPointer?, _ count: Int) {
    afterReturn = false
    if let pointer {
      pending.bytes.append(contentsOf: UnsafeRawBufferPointer(start: pointer, count: count))
    }
    pending.ends.append(pending.bytes.count)
    pending.bare.append(pointer == nil)
  }

  /// libcsv reports every CR and LF outside quotes: the LF of a CRLF ends nothing.
  func recordEnd(_ character: Int32) {
    let isFeed = character == 0x0A
    if isFeed, afterReturn, pending.count == 0 {
      afterReturn = false
      return
    }
    afterReturn = character == 0x0D
    flush()
  }

  func endOfText() {
    if pending.count > 0 { flush() }
  }

  /// Whether a CR has just ended a record.
  var isAfterReturn: Bool { afterReturn }

  /// The fields of a record that is under way, handed over.
  func takePending() -> ReferenceRow {
    defer { pending.clear() }
    return pending
  }

  private func flush() {
    records += 1
    if filled == ready.count { ready.append(ReferenceRow()) }
    swap(&pending, &ready[filled])
    filled += 1
    pending.clear()
  }

  func take(_ row: inout ReferenceRow) -> Bool {
    guard position < filled else {
      (filled, position) = (0, 0)
      return false
    }
    swap(&row, &ready[position])
    position += 1
    return true
  }
}

private let onField:
  @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    pointer, count, context in
    guard let context else { return }
    Unmanaged<RowCollector>.fromOpaque(context)._withUnsafeGuaranteedRef {
      $0.field(pointer, count)
    }
  }

private let onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = {
  character, context in
  guard let context else { return }
  Unmanaged<RowCollector>.fromOpaque(context).takeUnretainedValue().recordEnd(character)
}
