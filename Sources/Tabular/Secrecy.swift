import CKernels
import Glibc

/// How keys are kept from leaving by way of memory.
public enum Secrecy {
  /// Forbids core dumps and debuggers of the same user from here on. To be called before a key is
  /// read; a process that never holds one can still be looked into.
  public static func forbidMemoryImages() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    _ = ckernels_forbid_dumps()
  }

  /// Whether the system may write this process's memory to a file.
  public static var allowsMemoryImages: Bool { ckernels_dumps_allowed() != 0 }

  /// Overwrites bytes that are no longer needed, in place. Copies that others hold are not reached,
  /// so keys are handed on rather than kept.
  public static func wipe(_ bytes: inout [UInt8]) {
    let count = bytes.count
    unsafe bytes.withUnsafeMutableBytes { memory in
      if let start = memory.baseAddress { unsafe explicit_bzero(start, count) }
    }
    bytes.removeAll()
  }
}
