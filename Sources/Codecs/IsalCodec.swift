import CISAL

/// ISA-L's inflater: several times as fast as zlib's. What it takes for valid, and what it makes
/// of it, is held to zlib's by tests.
public final class IsalInflater: Inflater {
  private let state: UnsafeMutableRawPointer

  public init() throws(InflateFailure) {
    guard let state = cisal_inflater() else { throw .memory }
    self.state = state
  }

  deinit { free(state) }

  public func reset() { cisal_inflate_reset(state) }

  public func inflate(
    _ input: [UInt8], _ from: Range<Int>, into output: inout [UInt8], from start: Int
  ) throws(InflateFailure) -> InflateStep {
    let given = UInt32(clamping: from.count)
    let space = UInt32(clamping: output.count - start)
    guard space > 0 else { return InflateStep(consumed: 0, produced: 0, ended: false) }
    var (left, room) = (given, space)
    let status = input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        cisal_inflate(
          state, input.baseAddress?.advanced(by: from.lowerBound), &left,
          output.baseAddress?.advanced(by: start), &room)
      }
    }
    guard status == ISAL_DECOMP_OK || status == ISAL_END_INPUT else { throw .corrupt }
    var step = InflateStep(
      consumed: Int(given - left), produced: Int(space - room), ended: cisal_ended(state) != 0)
    if step.ended { step.surplus = surplus() }
    return step
  }

  private func surplus() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 8) { bytes, count in
      count = bytes.baseAddress.map { Int(cisal_surplus(state, $0)) } ?? 0
    }
  }

  public func crc(_ crc: UInt32, _ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      cisal_crc(crc, $0.baseAddress?.advanced(by: range.lowerBound), UInt64(range.count))
    }
  }
}

/// ISA-L's deflater at level 2: about ten times as fast as zlib's level 6, for files a fifth
/// larger.
public final class IsalDeflater: BlockDeflater {
  private let work: UnsafeMutableRawPointer

  public init() throws(InflateFailure) {
    guard let work = malloc(cisal_deflater_size()) else { throw .memory }
    self.work = work
  }

  deinit { free(work) }

  public func deflate(_ block: ArraySlice<UInt8>) throws(InflateFailure) -> [UInt8] {
    // Stored blocks and their headers are the longest that there is.
    let most = block.count + block.count / 1024 + 1024
    var written: Int64 = -1
    let piece = block.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: most) { output, count in
        guard let count32 = UInt32(exactly: input.count), let room = UInt32(exactly: most) else {
          return
        }
        written = cisal_deflate_block(
          work, input.baseAddress, count32, output.baseAddress, room)
        count = Int(max(written, 0))
      }
    }
    guard written >= 0 else { throw .memory }
    return piece
  }

  public func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { cisal_crc(0, $0.baseAddress, UInt64($0.count)) }
  }
}

/// Tells bytes that were read from those that were written: their number and CRC-32. For
/// accidents; against intent there are hashes.
public struct Fingerprint: Sendable, Hashable {
  public private(set) var count = 0
  public private(set) var crc: UInt32 = 0

  public init() {}

  /// Adds bytes; `range` is brought within `bytes`.
  public mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    let range = range.clamped(to: 0..<bytes.count)
    count += range.count
    crc = bytes.withUnsafeBufferPointer {
      cisal_crc(crc, $0.baseAddress?.advanced(by: range.lowerBound), UInt64(range.count))
    }
  }
}
