import Codecs
import Tabular

/// One file on its way into blocks. Used by one thread at a time. Memory: a block and what is
/// carried over, at most the longest record.
final class FileStream {
  /// Bytes that every block but the last leaves over, so that the footer of a file lies in its
  /// last block wholly.
  static let reserve = 1 << 14
  /// Bytes kept of a line that is too long.
  static let kept = 1 << 16

  private let probe: FileProbe
  private let file: Int
  private let chunked: ChunkedFile
  private let source: any ByteSource
  private let splitter: RecordSplitter
  private let blockSize: Int
  private let longest: Int
  private let lineEnd: UInt8
  private let walksCuts: Bool
  /// Whether chunks are read straight into blocks.
  private let isDirect: Bool
  private var carry: [UInt8] = []
  private var begun = false
  private(set) var ended = false

  /// - Parameter walksCuts: whether where a record ends must never be guessed.
  init(
    _ probe: FileProbe, file: Int, blockSize: Int, walksCuts: Bool
  ) throws(IngestError) {
    (self.probe, self.file) = (probe, file)
    let dialect = probe.scanDialect
    splitter = RecordSplitter(dialect)
    longest = dialect.maximumRecordBytes
    lineEnd = dialect.lineEnd
    self.blockSize = min(max(blockSize, 1), longest / 2)
    self.walksCuts = walksCuts
    isDirect =
      !probe.isGzip && !probe.encoding.isUTF16 && self.blockSize >= InputIdentity.chunk
    chunked = try ChunkedFile(probe.file)
    guard chunked.raw.state == probe.state else { throw chunked.raw.changed() }
    var bytes: any ByteSource = chunked
    if probe.isGzip {
      guard let inflater = try? IsalInflater() else {
        throw IngestError(CodecError(.codec, file: probe.file.name, offset: 0))
      }
      bytes = GzipReader(bytes, file: probe.file.name, inflater: inflater)
    }
    if probe.encoding.isUTF16 {
      bytes = UTF16Source(
        SkippingSource(bytes, probe.markLength),
        isBigEndian: probe.encoding == .utf16BigEndian)
      source = SkippingSource(bytes, probe.textStart)
    } else {
      source = SkippingSource(bytes, probe.markLength + probe.textStart)
    }
  }

  /// The next block; after the one that is marked as the last there is none.
  func next() throws -> ScanBlock {
    defer { begun = true }
    var buffer = carry
    carry = []
    while true {
      let limit = longest + FileStream.reserve
      // Twice as much when a record is still not whole, but never past the longest.
      let wanted = min(buffer.count + max(blockSize, buffer.count), max(limit, buffer.count))
      let isWhole = try isDirect ? readOn(&buffer, to: wanted) : fill(&buffer, to: wanted)
      if isWhole {
        ended = true
        try chunked.raw.verifyUnchanged()
        return block(buffer, buffer.count)
      }
      let available = buffer.count - FileStream.reserve
      guard available > 0 else { continue }
      let guess = walksCuts ? nil : splitter.guess(buffer.span.extracting(0..<available))
      let cut = guess ?? splitter.cut(buffer.span.extracting(0..<available), atEnd: false)
      if cut > 0 {
        carry = Array(buffer[cut...])
        return block(buffer, cut, isGuessed: guess != nil)
      }
      if buffer.count >= limit { return try oversized(buffer) }
    }
  }

  /// Reads a chunk, or what is left of one.
  /// - Returns: whether the text has ended.
  private func readOn(_ buffer: inout [UInt8], to count: Int) throws -> Bool {
    let before = buffer.count
    if begun, chunked.isBetweenChunks, before + InputIdentity.chunk <= longest {
      buffer = try chunked.load(after: buffer)
    } else {
      buffer = buffer.withRoom(for: count)
      buffer.removeLast(count - before - (try source.read(into: &buffer, from: before)))
    }
    return buffer.count == before
  }

  /// - Returns: whether the text has ended.
  private func fill(_ buffer: inout [UInt8], to count: Int) throws -> Bool {
    var filled = buffer.count
    buffer = buffer.withRoom(for: count)
    while filled < count {
      let got = try source.read(into: &buffer, from: filled)
      if got == 0 {
        buffer.removeLast(count - filled)
        return true
      }
      filled += got
    }
    return false
  }

  private func block(
    _ bytes: [UInt8], _ count: Int, isGuessed: Bool = false, oversized: Int? = nil
  ) -> ScanBlock {
    ScanBlock(
      file: file, bytes: bytes, count: count, isGuessed: isGuessed, isFirst: !begun,
      isLast: ended, chunks: chunked.takeChunks(isLast: ended), oversized: oversized,
      ending: ended ? FileEnding(bytes: chunked.raw.count) : nil)
  }

  /// The record at the buffer's start has no end within bounds: its physical line is dropped.
  private func oversized(_ start: [UInt8]) throws -> ScanBlock {
    let head = Array(start.prefix(FileStream.kept))
    var buffer = start
    var length = 0
    while true {
      if let end = buffer.firstIndex(of: lineEnd) {
        carry = Array(buffer[(end + 1)...])
        return block(head, 0, oversized: length + end + 1)
      }
      length += buffer.count
      buffer.removeAll(keepingCapacity: true)
      if try fill(&buffer, to: 1 << 18) {
        // What was read last holds the end of the text, perhaps of the line too.
        let end = buffer.firstIndex(of: lineEnd).map { $0 + 1 } ?? buffer.count
        carry = Array(buffer[end...])
        return block(head, 0, oversized: length + end)
      }
    }
  }
}

/// Leaves out the first bytes of a source.
private final class SkippingSource: ByteSource {
  private let source: any ByteSource
  private var left: Int

  init(_ source: any ByteSource, _ count: Int) { (self.source, left) = (source, count) }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    if left > 0 {
      var skipped = [UInt8](repeating: 0, count: min(left, 1 << 16))
      while left > 0 {
        if skipped.count > left { skipped.removeLast(skipped.count - left) }
        let got = try source.read(into: &skipped, from: 0)
        if got == 0 { return 0 }
        left -= got
      }
    }
    return try source.read(into: &buffer, from: start)
  }
}
