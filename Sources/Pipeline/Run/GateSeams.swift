import Codecs
import Crypto
import Ingest

/// What the shared gate does in order: the content's hash and checksum, and the proof that each
/// stretch's records begin where those before it end. One thread at a time.
final class GateSeams {
  private let terms: GateTerms
  private var hash = SHA256()
  private var sum = GzipSum()
  /// Stands at the end of what was read.
  private var parser: TallyParser?
  /// Of the parsers before it.
  private var counted: RowTally
  private var contentBytes = 0

  init(_ terms: GateTerms) {
    self.terms = terms
    counted = terms.tally
  }

  /// Takes the next stretch.
  /// - Throws: `SharedGate.Doubt` when reading from the start might have seen it otherwise.
  func take(_ reading: SharedGate.Reading) throws {
    let (stretch, content) = (reading.stretch, reading.content)
    contentBytes += stretch.content
    if terms.format == .csvGzip {
      content[..<stretch.content].withUnsafeBytes { hash.update(bufferPointer: $0) }
      sum.add(crc: reading.crc, count: stretch.content)
    }
    let head = 0..<(stretch.firstRecord ?? stretch.content)
    guard let before = parser else {
      try checkHeader(Array(content[head]))
      guard let first = reading.parser else { throw SharedGate.Doubt() }
      return parser = first
    }
    guard before.take(content, head) else { throw SharedGate.Doubt() }
    guard let next = reading.parser else { return }
    guard before.isBetweenRecords else { throw SharedGate.Doubt() }
    counted.add(before.tally)
    parser = next
  }

  /// Holds what stands before the first row to the names of the columns: one record, at whose end
  /// the next begins.
  private func checkHeader(_ text: [UInt8]) throws {
    let reader = try ReferenceReader(
      HeldBytes(text), name: terms.name, delimiter: terms.delimiter)
    var (header, other) = (ReferenceRow(), ReferenceRow())
    guard try reader.next(&header), header.strings == terms.names, try !reader.next(&other) else {
      throw SharedGate.Doubt()
    }
    let parser = try TallyParser(
      RowTally(fields: terms.names.count), delimiter: terms.delimiter)
    let start = reader.hadByteOrderMark ? 3 : 0
    guard parser.take(text, start..<text.count), parser.isBetweenRecords,
      parser.tally.rows == 1, !parser.tally.hasOtherWidth
    else { throw SharedGate.Doubt() }
  }

  /// What was established, once all stretches have been taken.
  func report(_ whole: SharedGate.Whole) throws -> GateReport {
    guard let parser, parser.isBetweenRecords else { throw SharedGate.Doubt() }
    counted.add(parser.tally)
    let detectors = try terms.verify(counted)
    var content = whole.sha256
    if terms.format == .csvGzip {
      try check(whole.trailer)
      content = hash.finalize().map { StateFolder.hex($0) }.joined()
    } else if !whole.trailer.isEmpty {
      throw SharedGate.Doubt()
    }
    return GateReport(
      bytes: whole.bytes, sha256: whole.sha256, contentSHA256: content,
      contentBytes: contentBytes, rows: counted.rows, fingerprint: whole.fingerprint,
      detectors: detectors)
  }

  /// The end of the deflate stream, then checksum and length, then nothing.
  private func check(_ trailer: [UInt8]) throws {
    guard trailer.count == 10, Array(trailer[2...]) == sum.bytes else { throw SharedGate.Doubt() }
    var content: [UInt8] = [0]
    let step = try ZlibInflater().inflate(trailer, 0..<2, into: &content, from: 0)
    guard step.ended, step.consumed == 2, step.produced == 0 else { throw SharedGate.Doubt() }
  }
}

/// Bytes at hand, as a source.
private final class HeldBytes: ByteSource {
  private var left: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { left = bytes[...] }

  func read(into buffer: inout [UInt8], from start: Int) -> Int {
    let part = left.prefix(buffer.count - start)
    buffer.replaceSubrange(start..<(start + part.count), with: part)
    left = left.dropFirst(part.count)
    return part.count
  }
}
