import CKernels
import Glibc

extension Span where Element == UInt8 {
  /// The first place of a byte from `start` on.
  func first(_ wanted: UInt8, from start: Int) -> Int? {
    unsafe extracting(start..<count).withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base, Int32(wanted), bytes.count)
      else { return nil }
      return unsafe start + (UnsafeRawPointer(found) - base)
    }
  }

  /// Whether a byte stands in a range.
  func holds(_ wanted: UInt8, in range: Range<Int>) -> Bool {
    extracting(range).first(wanted, from: 0) != nil
  }

  /// Calls for each place of one of two bytes, in order.
  public func each(_ one: UInt8, or other: UInt8, _ body: (Int) -> Void) {
    each(one, or: other, level: PlainScan.bestLevel, body)
  }

  package func each(
    _ one: UInt8, or other: UInt8, level: ckernels_level, _ body: (Int) -> Void
  ) {
    unsafe withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var at = 0
      while at < bytes.count {
        at = unsafe Int(
          ckernels_either(
            level, base, Int64(at), Int64(bytes.count), one, other))
        if at < bytes.count { body(at) }
        at += 1
      }
    }
  }

  /// How often a byte occurs.
  public func occurrences(of byte: UInt8) -> Int {
    occurrences(of: byte, level: PlainScan.bestLevel)
  }

  package func occurrences(of byte: UInt8, level: ckernels_level) -> Int {
    unsafe withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe Int(ckernels_count(level, base, Int64(bytes.count), byte))
    }
  }
}
