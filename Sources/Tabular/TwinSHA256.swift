import CKernels

/// SHA-256 of two texts of one length, side by side: on a processor with instructions for it, both
/// take little longer than one of them, whose steps wait for each other.
public enum TwinSHA256 {
  /// Bytes of a digest.
  private static let size = 32

  /// - Returns: nil when the lengths differ, or when the processor has no such instructions.
  public static func digests(
    _ left: Span<UInt8>, _ right: Span<UInt8>
  ) -> (left: [UInt8], right: [UInt8])? {
    guard left.count == right.count, left.count > 0 else { return nil }
    var first = [UInt8](repeating: 0, count: size)
    var second = first
    let done = unsafe left.withUnsafeBufferPointer { left in
      unsafe right.withUnsafeBufferPointer { right in
        unsafe first.withUnsafeMutableBufferPointer { first in
          unsafe second.withUnsafeMutableBufferPointer { second in
            unsafe ckernels_sha256_pair(
              left.baseAddress, right.baseAddress, Int64(left.count), first.baseAddress,
              second.baseAddress)
          }
        }
      }
    }
    return done == 0 ? nil : (first, second)
  }
}
