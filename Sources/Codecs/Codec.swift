/// What one call of an inflater did.
public struct InflateStep: Sendable, Hashable {
  /// Bytes taken from the input.
  public var consumed: Int
  /// Bytes put into the output.
  public var produced: Int
  /// Whether the deflate stream has come to its end.
  public var ended: Bool

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

/// Deflates bytes into one raw deflate stream (RFC 1951). The output depends on the input's bytes
/// and on how they are cut into calls; the gzip writer cuts them at fixed places.
public protocol Deflater: AnyObject {
  /// Takes all of `input` and appends what is ready to `output`; with `finish`, ends the stream
  /// and makes ready for the next one.
  func deflate(_ input: [UInt8], finish: Bool, into output: inout [UInt8]) throws(InflateFailure)

  /// CRC-32 (as in gzip) of the bytes so far and of `bytes`.
  func crc(_ crc: UInt32, _ bytes: [UInt8]) -> UInt32
}

/// Bytes pulled from somewhere, in order.
public protocol ByteSource: AnyObject {
  /// Fills `buffer` from `start` on, as far as one read gets.
  /// - Returns: the number of bytes read; 0 at the end only (or when there is no room).
  func read(into buffer: inout [UInt8], from start: Int) throws -> Int
}
