import CZlib

/// zlib's inflater: the portable one, and the one that the gate reads with.
public final class ZlibInflater: Inflater {
  // On the heap: zlib keeps a pointer back to the stream and refuses one that moved.
  private let stream: UnsafeMutablePointer<z_stream>

  public init() throws(InflateFailure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard
      inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      stream.deallocate()
      throw .memory
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  public func reset() throws(InflateFailure) {
    guard inflateReset(stream) == Z_OK else { throw .memory }
  }

  public func inflate(
    _ input: [UInt8], _ from: Range<Int>, into output: inout [UInt8], from start: Int
  ) throws(InflateFailure) -> InflateStep {
    let room = output.count - start
    guard room > 0 else { return InflateStep(consumed: 0, produced: 0, ended: false) }
    let given = UInt32(clamping: from.count)
    let space = UInt32(clamping: room)
    let stream = stream
    let status = input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: from.lowerBound))
        stream.pointee.avail_in = given
        stream.pointee.next_out = output.baseAddress?.advanced(by: start)
        stream.pointee.avail_out = space
        return CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    switch status {
    case Z_OK, Z_STREAM_END, Z_BUF_ERROR:
      return InflateStep(
        consumed: Int(given - stream.pointee.avail_in),
        produced: Int(space - stream.pointee.avail_out), ended: status == Z_STREAM_END)
    case Z_MEM_ERROR: throw .memory
    default: throw .corrupt
    }
  }

  public func crc(_ crc: UInt32, _ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(crc32_z(UInt(crc), $0.baseAddress?.advanced(by: range.lowerBound), range.count))
    }
  }
}

/// zlib's deflater.
public final class ZlibDeflater: Deflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private var block: [UInt8]

  /// - Parameter level: 1 (fast) … 9 (small); others are brought into this range.
  public init(level: Int = 6) throws(InflateFailure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    block = Array(repeating: 0, count: 1 << 16)
    let status = deflateInit2_(
      stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      stream.deallocate()
      throw .memory
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  public func deflate(
    _ input: [UInt8], finish: Bool, into output: inout [UInt8]
  ) throws(InflateFailure) {
    var from = 0
    while true {
      let given = UInt32(clamping: input.count - from)
      let last = finish && from + Int(given) == input.count
      let (status, left, room) = step(input, from, given, flush: last ? Z_FINISH : Z_NO_FLUSH)
      guard status != Z_STREAM_ERROR else { throw .memory }
      from += Int(given - left)
      output.append(contentsOf: block[0..<(block.count - Int(room))])
      if status == Z_STREAM_END {
        guard deflateReset(stream) == Z_OK else { throw .memory }
        return
      }
      // Room left over means that zlib has given all it has.
      if !finish, from == input.count, room > 0 { return }
    }
  }

  private func step(
    _ input: [UInt8], _ from: Int, _ given: UInt32, flush: Int32
  ) -> (status: Int32, left: UInt32, room: UInt32) {
    let stream = stream
    let space = UInt32(block.count)
    let status = input.withUnsafeBufferPointer { input in
      block.withUnsafeMutableBufferPointer { block in
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: from))
        stream.pointee.avail_in = given
        stream.pointee.next_out = block.baseAddress
        stream.pointee.avail_out = space
        return CZlib.deflate(stream, flush)
      }
    }
    return (status, stream.pointee.avail_in, stream.pointee.avail_out)
  }

  public func crc(_ crc: UInt32, _ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32_z(UInt(crc), $0.baseAddress, $0.count)) }
  }
}
