/// What one call of an inflater did.
public struct InflateStep: Sendable, Hashable {
  /// Bytes taken from the input.
  public var consumed: Int
  /// Bytes put into the output.
  public var produced: Int
  /// Whether the deflate stream has come to its end.
  public var ended: Bool
  /// Bytes taken, in this call or before, that lie behind the end of the stream: to be read again.
  public var surplus: [UInt8] = []

  public init(consumed: Int, produced: Int, ended: Bool) {
    (self.consumed, self.produced, self.ended) = (consumed, produced, ended)
  }
}

/// What is wrong with a deflate stream; the gzip reader adds file and offset.
public enum InflateFailure: Error, Sendable {
  case corrupt
  case memory
}

/// Inflates raw deflate streams (RFC 1951), a block at a time: the part of gzip that codecs differ
/// in. The framing (RFC 1952) is the gzip reader's, the same for every codec.
public protocol Inflater: AnyObject {
  /// Makes ready for the next stream.
  func reset() throws(InflateFailure)

  /// Inflates as much as fits from `input[from]` on into `output` from `start` on.
  func inflate(
    _ input: [UInt8], _ from: Range<Int>, into output: inout [UInt8], from start: Int
  ) throws(InflateFailure) -> InflateStep

  /// CRC-32 (as in gzip) of the bytes so far and of `bytes[range]`.
  func crc(_ crc: UInt32, _ bytes: [UInt8], _ range: Range<Int>) -> UInt32
}

/// Deflates blocks of content apart from each other: each into a piece of a raw deflate stream
/// (RFC 1951) that refers to nothing before it and ends at a byte without ending the stream. Pieces
/// put one after the other are one stream, whoever made them. A piece depends on its block alone.
public protocol BlockDeflater: AnyObject {
  /// - Throws: `InflateFailure.memory`.
  func deflate(_ block: ArraySlice<UInt8>) throws(InflateFailure) -> [UInt8]

  /// CRC-32 (as in gzip) of the bytes.
  func crc(_ bytes: ArraySlice<UInt8>) -> UInt32
}

/// Bytes pulled from somewhere, in order.
public protocol ByteSource: AnyObject {
  /// Fills `buffer` from `start` on, as far as one read gets.
  /// - Returns: the number of bytes read; 0 at the end only (or when there is no room).
  func read(into buffer: inout [UInt8], from start: Int) throws -> Int
}
