import CKernels

/// How the C library's allocator treats buffers of the size of a block.
public enum LargeBuffers {
  /// Blocks come and go all the time. By default their pages are given back to the system each
  /// time and asked for anew, which costs a tenth of a run. To be called once, before a run.
  public static func keep() { ckernels_keep_buffers(32 << 20, 256 << 20) }
}
