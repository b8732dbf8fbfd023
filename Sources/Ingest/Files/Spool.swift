import Glibc
import Tabular

/// Copies standard input and pipes to scratch, so that they can be read more than once.
enum Spool {
  /// - Parameters:
  ///   - descriptor: read to its end.
  ///   - folder: private; the copy in it is only the user's to read (0600).
  static func copy(
    descriptor: Int32, name: String, into folder: String
  ) throws(IngestError) -> InputFile {
    let (output, path) = try create(in: folder)
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      try Interruption.wait(for: descriptor)
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw IngestError.unreadable(name, errno: errno)
      }
      if count == 0 { return InputFile(name: name, path: path) }
      try append(buffer, count, to: output, path)
    }
  }

  /// A new, empty file that only the user may read.
  static func create(in folder: String) throws(IngestError) -> (descriptor: Int32, path: String) {
    let name = "/spool-" + String(repeating: "X", count: 6)
    var template = Array((folder + name).utf8CString)
    // mkstemp makes the file with mode 0600.
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw IngestError.machine(folder, errno: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? folder
    }
    return (descriptor, path)
  }

  static func append(
    _ bytes: [UInt8], _ count: Int, to descriptor: Int32, _ path: String
  ) throws(IngestError) {
    var done = 0
    while done < count {
      let written = bytes.withUnsafeBytes { raw in
        raw.baseAddress.map { write(descriptor, $0 + done, count - done) } ?? 0
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw IngestError.machine(path, errno: errno)
      }
      done += written
    }
  }
}
