import Codecs

/// A file read in the chunks that its identity is made of. Chunks are handed on to be hashed
/// elsewhere, by whoever has time. Memory: one chunk, and those not yet taken.
final class ChunkedFile: ByteSource {
  /// A chunk to hash.
  struct Chunk: Sendable {
    let index: Int
    let bytes: ArraySlice<UInt8>
  }

  let raw: RawFile
  private var chunk: [UInt8] = []
  private var filled = 0
  private var position = 0
  private var index = 0
  private var pending: [Chunk] = []

  init(_ file: InputFile) throws(IngestError) { raw = try RawFile(file) }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    if position == filled { try load() }
    let count = min(buffer.count - start, filled - position)
    guard count > 0 else { return 0 }
    let (from, chunk) = (position, chunk)
    buffer.withUnsafeMutableBytes { target in
      chunk.withUnsafeBytes { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        (target + start).copyMemory(from: source + from, byteCount: count)
      }
    }
    position += count
    return count
  }

  /// The chunks read since the last call, in pairs, since two are hashed in less than twice the
  /// time of one.
  /// - Parameter isLast: whether an odd one is given out too.
  func takeChunks(isLast: Bool) -> [Chunk] {
    let count = isLast ? pending.count : pending.count & ~1
    defer { pending.removeFirst(count) }
    return Array(pending[..<count])
  }

  /// Whether all that was read has been given out.
  var isBetweenChunks: Bool { position == filled }

  /// The next chunk, read straight to behind `start`; between chunks only.
  /// - Returns: both; `start` alone at the end of the file.
  func load(after start: [UInt8]) throws -> [UInt8] {
    // A new array each time: whoever hashes the old one still holds it.
    var bytes = start.withRoom(for: start.count + InputIdentity.chunk)
    var count = start.count
    while count < bytes.count {
      let got = try raw.read(into: &bytes, from: count)
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    if count > start.count {
      pending.append(Chunk(index: index, bytes: bytes[start.count...]))
      index += 1
    }
    return bytes
  }

  private func load() throws {
    chunk = try load(after: [])
    (filled, position) = (chunk.count, 0)
  }
}

extension [UInt8] {
  /// The same bytes, and room behind them that is not zeroed: for what is about to be read.
  func withRoom(for total: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Swift.max(total, count)) { room, used in
      UnsafeMutableRawBufferPointer(room).copyBytes(from: self)
      used = room.count
    }
  }
}
