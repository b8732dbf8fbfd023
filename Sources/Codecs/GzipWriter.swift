import CZlib

/// A piece of content to be deflated apart from the others.
public struct GzipBlock: Sendable {
  /// Its place, from 0.
  public let index: Int
  public let bytes: ArraySlice<UInt8>

  /// What becomes of it. May run on any thread, with a deflater of that thread's.
  /// - Throws: `InflateFailure` when the codec has no memory.
  public func deflated(by deflater: any BlockDeflater) throws -> GzipPiece {
    GzipPiece(
      index: index, bytes: try deflater.deflate(bytes), crc: deflater.crc(bytes),
      contentBytes: bytes.count)
  }
}

/// A deflated block.
public struct GzipPiece: Sendable {
  public let index: Int
  public let bytes: [UInt8]
  let crc: UInt32
  /// Bytes of content in it.
  public let contentBytes: Int
}

/// What a gzip member's trailer says of its content: CRC-32 and length modulo 2³².
public struct GzipSum: Sendable, Hashable {
  public private(set) var crc: UInt32 = 0
  public private(set) var length: UInt32 = 0

  public init() {}

  /// Adds content that comes after what has been summed up.
  /// - Parameters:
  ///   - crc: the CRC-32 of that content alone.
  ///   - count: its bytes.
  public mutating func add(crc other: UInt32, count: Int) {
    crc = UInt32(truncatingIfNeeded: crc32_combine(UInt(crc), UInt(other), count))
    length = length &+ UInt32(truncatingIfNeeded: count)
  }

  /// The eight bytes that say so.
  public var bytes: [UInt8] {
    [crc, length].flatMap { value in
      ([0, 8, 16, 24] as [UInt32]).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
  }
}

/// Writes one gzip member (RFC 1952) whose bytes depend on the content and the codec alone: no
/// time, no name, no host, and the content cut into blocks at fixed places however it is handed
/// over. The blocks are deflated by whoever has time, and put together in their order. One member
/// and not many, for readers that stop after the first.
public struct GzipWriter {
  /// Bytes of content that are deflated together.
  public static let blockSize = 1 << 18

  /// Less than a block.
  private var pending: [UInt8] = []
  private var cut = 0
  private var ready: [Int: GzipPiece] = [:]
  private var joined = 0
  private var sum = GzipSum()

  public init() {}

  /// What a member begins with: no flags, no time, no hint about the level, operating system 255
  /// (unknown).
  public static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  /// Takes content.
  /// - Returns: the blocks that are whole now, to be deflated.
  public mutating func add(_ bytes: ArraySlice<UInt8>) -> [GzipBlock] {
    var blocks: [GzipBlock] = []
    var rest = bytes
    if !pending.isEmpty {
      let more = rest.prefix(GzipWriter.blockSize - pending.count)
      pending += more
      rest = rest.dropFirst(more.count)
      if pending.count < GzipWriter.blockSize { return [] }
      blocks.append(block(pending[...]))
      pending = []
    }
    // Whole blocks are not copied: they are parts of what was handed over.
    while rest.count >= GzipWriter.blockSize {
      blocks.append(block(rest.prefix(GzipWriter.blockSize)))
      rest = rest.dropFirst(GzipWriter.blockSize)
    }
    pending = Array(rest)
    return blocks
  }

  /// The last block, once all content has been added; nil when nothing is left.
  public mutating func rest() -> GzipBlock? {
    if pending.isEmpty { return nil }
    defer { pending = [] }
    return block(pending[...])
  }

  private mutating func block(_ bytes: ArraySlice<UInt8>) -> GzipBlock {
    defer { cut += 1 }
    return GzipBlock(index: cut, bytes: bytes)
  }

  /// Takes a piece, in any order.
  /// - Returns: the pieces whose bytes can be written now, in their order.
  public mutating func join(_ piece: GzipPiece) -> [GzipPiece] {
    ready[piece.index] = piece
    var pieces: [GzipPiece] = []
    while let next = ready.removeValue(forKey: joined) {
      joined += 1
      sum.add(crc: next.crc, count: next.contentBytes)
      pieces.append(next)
    }
    return pieces
  }

  /// What a member ends with, once all pieces are joined: an empty last block, CRC-32 and length.
  public var trailer: [UInt8] { [3, 0] + sum.bytes }

  /// One member in memory; for small content.
  /// - Parameter deflater: ISA-L's unless given.
  public static func compress(
    _ bytes: [UInt8], by deflater: (any BlockDeflater)? = nil
  ) throws -> [UInt8] {
    let deflater = try deflater ?? IsalDeflater()
    var writer = GzipWriter()
    var output = header
    var blocks = writer.add(bytes[...])
    if let rest = writer.rest() { blocks.append(rest) }
    for block in blocks {
      for piece in writer.join(try block.deflated(by: deflater)) { output += piece.bytes }
    }
    return output + writer.trailer
  }
}
