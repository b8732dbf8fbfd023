import CKernels

/// Whether bytes are UTF-8, by RFC 3629: shortest forms only, no surrogates, up to U+10FFFF.
public enum UTF8Check {
  /// - Returns: the offset of the first byte that no UTF-8 text has there; nil when all is well. A
  ///   character cut off by the end of the bytes counts as invalid.
  public static func firstInvalid(_ bytes: Span<UInt8>) -> Int? {
    firstInvalid(bytes, level: PlainScan.bestLevel)
  }

  package static func firstInvalid(_ bytes: Span<UInt8>, level: ckernels_level) -> Int? {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var position = 0
      while position < buffer.count {
        position = unsafe Int(
          ckernels_utf8(
            level, base, Int64(position), Int64(buffer.count)))
        // What was not clear and the last bytes are looked at one by one.
        let stop = min(position + 64, buffer.count)
        while position < stop {
          let length = unsafe characterLength(base + position, buffer.count - position)
          if length == 0 { return position }
          position += length
        }
      }
      return nil
    }
  }

  /// Bytes of the character at `bytes`, 0 when there is none.
  @inline(__always)
  private static func characterLength(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> Int {
    let first = unsafe bytes[0]
    if first < 0x80 { return 1 }
    func follows(_ index: Int, _ range: ClosedRange<UInt8> = 0x80...0xbf) -> Bool {
      unsafe index < available && range.contains(bytes[index])
    }
    switch first {
    case 0xc2...0xdf: return follows(1) ? 2 : 0
    case 0xe0: return follows(1, 0xa0...0xbf) && follows(2) ? 3 : 0
    case 0xed: return follows(1, 0x80...0x9f) && follows(2) ? 3 : 0
    case 0xe1...0xef: return follows(1) && follows(2) ? 3 : 0
    case 0xf0: return follows(1, 0x90...0xbf) && follows(2) && follows(3) ? 4 : 0
    case 0xf1...0xf3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    case 0xf4: return follows(1, 0x80...0x8f) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }
}
