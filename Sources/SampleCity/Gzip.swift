import CZlib

/// A gzip stream whose bytes depend on its input alone: level 6, no time, no name.
///
/// The generator compresses with zlib itself and not with the product's codecs, so that what the
/// product reads was written by other code.
final class GzipWriter {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  init() throws {
    stream.initialize(to: z_stream())
    let gzipWindow: Int32 = 15 + 16
    let status = deflateInit2_(
      stream, 6, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      stream.deallocate()
      throw SampleError.zlib(status)
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Compresses `input`, appending to `output`; `finish` closes the member.
  func write(_ input: ArraySlice<UInt8>, finish: Bool, into output: inout [UInt8]) throws {
    try input.withUnsafeBufferPointer { buffer in
      // zlib's input pointer is not const unless ZLIB_CONST is defined; it does not write to it.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: buffer.baseAddress)
      stream.pointee.avail_in = UInt32(buffer.count)
      let flush = finish ? Z_FINISH : Z_NO_FLUSH
      var status = Z_OK
      repeat {
        let room = chunk.count
        let produced = try chunk.withUnsafeMutableBufferPointer { out in
          stream.pointee.next_out = out.baseAddress
          stream.pointee.avail_out = UInt32(room)
          status = deflate(stream, flush)
          guard status != Z_STREAM_ERROR else { throw SampleError.zlib(status) }
          return room - Int(stream.pointee.avail_out)
        }
        output += chunk[..<produced]
      } while stream.pointee.avail_out == 0 || (finish && status != Z_STREAM_END)
    }
    stream.pointee.next_in = nil
  }

  /// `bytes` as a gzip file of `members` members, cut at even places and not at line ends.
  static func compress(_ bytes: [UInt8], members: Int = 1) throws -> [UInt8] {
    var output: [UInt8] = []
    for member in 0..<members {
      let start = bytes.count * member / members
      let end = bytes.count * (member + 1) / members
      try GzipWriter().write(bytes[start..<end], finish: true, into: &output)
    }
    return output
  }
}
