/// Inflates a gzip file (RFC 1952): one member after the other, with trailing zero padding
/// tolerated and everything else after the last member refused. Memory: one block of input.
public final class GzipReader: ByteSource {
  private enum State {
    case header
    case body
    case trailer
    case between
    case ended
  }

  private let source: any ByteSource
  private let inflater: any Inflater
  private let file: String
  private var input: [UInt8]
  private var filled = 0
  private var position = 0
  /// Compressed bytes before `input`.
  private var base = 0
  private var state = State.header
  /// Of a header while it is read, then of the member's content.
  private var crc: UInt32 = 0
  /// Bytes of a header that are not in `crc` yet.
  private var header: [UInt8] = []
  private var length: UInt32 = 0

  /// Members read to their end.
  public private(set) var members = 0

  /// - Parameters:
  ///   - source: the compressed bytes, from their start.
  ///   - file: the path that errors name.
  ///   - blockSize: bytes of input held, ≥ 1.
  public init(
    _ source: any ByteSource, file: String, inflater: any Inflater, blockSize: Int = 1 << 18
  ) {
    self.source = source
    self.inflater = inflater
    self.file = file
    input = Array(repeating: 0, count: max(blockSize, 1))
  }

  /// Whether bytes begin as a gzip member does; names are not believed.
  public static func recognises(_ head: ArraySlice<UInt8>) -> Bool {
    head.starts(with: [0x1F, 0x8B])
  }

  /// - Throws: `CodecError`, or what the source throws.
  public func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    guard start < buffer.count else { return 0 }
    while true {
      switch state {
      case .header: try readHeader()
      case .body:
        let produced = try inflateBlock(into: &buffer, from: start)
        if produced > 0 { return produced }
      case .trailer: try readTrailer()
      case .between: try readGap()
      case .ended: return 0
      }
    }
  }

  private var offset: Int { base + position }

  /// - Returns: false at the end of the compressed bytes.
  private func refill() throws -> Bool {
    guard position == filled else { return true }
    base += filled
    position = 0
    filled = 0
    filled = try source.read(into: &input, from: 0)
    return filled > 0
  }

  private func byte() throws -> UInt8 {
    guard try refill() else { throw CodecError(.truncated, file: file, offset: offset) }
    position += 1
    return input[position - 1]
  }

  /// A byte that the header's own checksum covers.
  private func headerByte() throws -> UInt8 {
    // A name may be as long as the file.
    if header.count == 4096 { foldHeader() }
    header.append(try byte())
    return header[header.count - 1]
  }

  private func foldHeader() {
    crc = inflater.crc(crc, header, 0..<header.count)
    header.removeAll(keepingCapacity: true)
  }

  private func littleEndian() throws -> UInt32 {
    var value: UInt32 = 0
    for shift in [0, 8, 16, 24] as [UInt32] { value |= UInt32(try byte()) << shift }
    return value
  }

  private func readHeader() throws {
    let start = offset
    let magic = [try headerByte(), try headerByte(), try headerByte()]
    let flags = try headerByte()
    guard magic == [0x1F, 0x8B, 8], flags & 0xE0 == 0 else {
      throw CodecError(.corrupt, file: file, offset: start)
    }
    for _ in 0..<6 { _ = try headerByte() }
    if flags & 4 != 0 {
      let low = Int(try headerByte())
      let high = Int(try headerByte())
      for _ in 0..<(low | high << 8) { _ = try headerByte() }
    }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      while try headerByte() != 0 {}
    }
    if flags & 2 != 0 {
      foldHeader()
      guard UInt16(try byte()) | UInt16(try byte()) << 8 == UInt16(truncatingIfNeeded: crc) else {
        throw CodecError(.corrupt, file: file, offset: start)
      }
    }
    header.removeAll(keepingCapacity: true)
    (crc, length) = (0, 0)
    do { try inflater.reset() } catch { throw failure(error) }
    state = .body
  }

  private func inflateBlock(into buffer: inout [UInt8], from start: Int) throws -> Int {
    // At the end of the input the inflater may still hold output, so it is asked all the same.
    let more = try refill()
    let step: InflateStep
    do {
      step = try inflater.inflate(input, position..<filled, into: &buffer, from: start)
    } catch {
      throw failure(error)
    }
    position += step.consumed
    giveBack(step.surplus)
    crc = inflater.crc(crc, buffer, start..<(start + step.produced))
    length = length &+ UInt32(truncatingIfNeeded: step.produced)
    if step.ended {
      state = .trailer
    } else if !more, step.produced == 0 {
      throw CodecError(.truncated, file: file, offset: offset)
    }
    return step.produced
  }

  /// Puts bytes back that the inflater took too many; some may be of the block before.
  private func giveBack(_ surplus: [UInt8]) {
    if surplus.count <= position {
      position -= surplus.count
      return
    }
    input.replaceSubrange(0..<position, with: surplus)
    filled += surplus.count - position
    base -= surplus.count - position
    position = 0
  }

  private func readTrailer() throws {
    let start = offset
    let expectedCRC = try littleEndian()
    let expectedLength = try littleEndian()
    guard expectedCRC == crc, expectedLength == length else {
      throw CodecError(.checksum, file: file, offset: start)
    }
    members += 1
    state = .between
  }

  private func readGap() throws {
    guard try refill() else {
      state = .ended
      return
    }
    if input[position] == 0x1F {
      (state, crc) = (.header, 0)
      return
    }
    while try refill() {
      guard input[position] == 0 else {
        throw CodecError(.trailingGarbage, file: file, offset: offset)
      }
      position += 1
    }
    state = .ended
  }

  private func failure(_ failure: InflateFailure) -> CodecError {
    switch failure {
    case .corrupt: CodecError(.corrupt, file: file, offset: offset)
    case .memory: CodecError(.codec, file: file, offset: offset)
    }
  }
}
