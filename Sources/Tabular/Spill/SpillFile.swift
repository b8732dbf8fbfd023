import Glibc

/// Why rows could not be kept on disk for a while.
public struct SpillError: Error, Sendable {
  /// The folder that they were to be kept in.
  public let folder: String
  /// The system's reason; EIO also when what was read is not what was written.
  public let number: Int32
}

/// A file in the run's scratch folder that has no name any more: only this process can read it,
/// and it is gone when the process is, however that ends. Used by one thread at a time, except
/// that several may read.
final class SpillFile: @unchecked Sendable {
  private let folder: String
  private let descriptor: Int32
  /// Bytes written so far.
  private(set) var size = 0

  init(folder: String) throws(SpillError) {
    self.folder = folder
    var template = Array((folder + "/rows-XXXXXX").utf8CString)
    // Made with mode 0600.
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw SpillError(folder: folder, number: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unsafe unlink(template)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  /// - Returns: where they lie.
  func append(_ bytes: [UInt8]) throws(SpillError) -> Range<Int> {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { raw in
        guard let base = raw.baseAddress else { return 0 }
        return unsafe pwrite(descriptor, base + done, raw.count - done, off_t(size + done))
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw SpillError(folder: folder, number: written < 0 ? errno : EIO)
      }
      done += written
    }
    defer { size += bytes.count }
    return size..<(size + bytes.count)
  }

  func read(_ range: Range<Int>) throws(SpillError) -> [UInt8] {
    var failed: Int32?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      while count < range.count {
        let got = unsafe pread(
          descriptor, base + count, range.count - count, off_t(range.lowerBound + count))
        if got < 0, errno == EINTR { continue }
        if got <= 0 {
          failed = got < 0 ? errno : EIO
          return
        }
        count += got
      }
    }
    if let failed { throw SpillError(folder: folder, number: failed) }
    return bytes
  }

  /// What is thrown for bytes that are not what was written.
  var damaged: SpillError { SpillError(folder: folder, number: EIO) }
}
