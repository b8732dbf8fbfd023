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

  /// Inflates a piece of a stream by itself, with nothing before it to refer to.
  /// - Parameter place: where in `output` its content belongs, all of it.
  /// - Returns: whether these bytes, all of them, make just that content, and the piece ends
  ///   between two deflate blocks, at a byte, without having ended the stream: so that reading the
  ///   stream from its start would give the same there.
  public func inflatePiece(
    _ input: [UInt8], _ from: Range<Int>, into output: inout [UInt8], _ place: Range<Int>
  ) throws(InflateFailure) -> Bool {
    guard from.upperBound <= input.count, place.upperBound <= output.count,
      let given = UInt32(exactly: from.count), let room = UInt32(exactly: place.count)
    else { return false }
    try reset()
    let stream = stream
    let status = input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: from.lowerBound))
        stream.pointee.avail_in = given
        stream.pointee.next_out = output.baseAddress?.advanced(by: place.lowerBound)
        stream.pointee.avail_out = room
        return CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    if status == Z_MEM_ERROR { throw .memory }
    // zlib says: no bits left over, not the last block, between two blocks.
    return status == Z_OK && stream.pointee.avail_in == 0 && stream.pointee.avail_out == 0
      && stream.pointee.data_type == 128
  }

  public func crc(_ crc: UInt32, _ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(crc32_z(UInt(crc), $0.baseAddress?.advanced(by: range.lowerBound), range.count))
    }
  }
}

/// zlib's deflater: the portable one.
public final class ZlibDeflater: BlockDeflater {
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter level: 1 (fast) … 9 (small); others are brought into this range.
  public init(level: Int = 6) throws(InflateFailure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
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

  public func deflate(_ block: ArraySlice<UInt8>) throws(InflateFailure) -> [UInt8] {
    guard deflateReset(stream) == Z_OK, let given = UInt32(exactly: block.count) else {
      throw .memory
    }
    // The flush adds an empty block to what the whole could take at most.
    let most = Int(deflateBound(stream, UInt(block.count))) + 16
    let stream = stream
    var status = Z_STREAM_ERROR
    let piece = block.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: most) { output, count in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = given
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(clamping: most)
        status = CZlib.deflate(stream, Z_SYNC_FLUSH)
        count = most - Int(stream.pointee.avail_out)
      }
    }
    guard status == Z_OK, stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 else {
      throw .memory
    }
    return piece
  }

  public func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
  }
}
