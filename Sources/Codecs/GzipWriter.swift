/// Writes one gzip member whose bytes depend on the content, the level and the codec alone: no
/// time, no name, no host, and the same cuts however the content is handed over.
public struct GzipWriter {
  private static let blockSize = 1 << 16

  private let deflater: any Deflater
  private var pending: [UInt8] = []
  private var crc: UInt32 = 0
  private var length: UInt32 = 0
  private var begun = false

  /// - Parameter deflater: at the start of a stream.
  public init(_ deflater: any Deflater) { self.deflater = deflater }

  /// Deflates the bytes, appending what is ready to `output`.
  /// - Throws: `InflateFailure` when the codec has no memory.
  public mutating func write(_ bytes: some Collection<UInt8>, into output: inout [UInt8]) throws {
    begin(&output)
    pending.append(contentsOf: bytes)
    var from = 0
    while pending.count - from >= GzipWriter.blockSize {
      try flush(Array(pending[from..<(from + GzipWriter.blockSize)]), finish: false, &output)
      from += GzipWriter.blockSize
    }
    pending.removeFirst(from)
  }

  /// Ends the member; another may be written after it.
  /// - Throws: `InflateFailure` when the codec has no memory.
  public mutating func finish(into output: inout [UInt8]) throws {
    begin(&output)
    try flush(pending, finish: true, &output)
    for value in [crc, length] {
      for shift in [0, 8, 16, 24] as [UInt32] {
        output.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    pending = []
    (crc, length, begun) = (0, 0, false)
  }

  private mutating func begin(_ output: inout [UInt8]) {
    guard !begun else { return }
    begun = true
    // No flags, no time, no hint about the level, operating system 255 (unknown).
    output.append(contentsOf: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
  }

  private mutating func flush(_ block: [UInt8], finish: Bool, _ output: inout [UInt8]) throws {
    crc = deflater.crc(crc, block)
    length = length &+ UInt32(truncatingIfNeeded: block.count)
    try deflater.deflate(block, finish: finish, into: &output)
  }

  /// One member in memory; for small content.
  /// - Parameter level: 1 … 9.
  public static func compress(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
    var writer = GzipWriter(try ZlibDeflater(level: level))
    var output: [UInt8] = []
    try writer.write(bytes, into: &output)
    try writer.finish(into: &output)
    return output
  }
}
