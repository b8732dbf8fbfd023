import Glibc

/// The folder in which a sample is laid out.
struct OutputFolder {
  let path: String

  /// Writes `bytes` to `name`, a path under this folder, making the folders on the way.
  func write(_ bytes: [UInt8], to name: String) throws {
    let full = path + "/" + name
    try OutputFolder.makeParents(of: full)
    let file = try OutputFile(path: full)
    try file.write(bytes[...])
    try file.close()
  }

  private static func makeParents(of file: String) throws {
    var end = file.startIndex
    while let slash = file[end...].firstIndex(of: "/") {
      let folder = String(file[..<slash])
      if !folder.isEmpty && mkdir(folder, 0o755) != 0 && errno != EEXIST {
        throw SampleError.cannotWrite(path: folder, reason: String(cString: strerror(errno)))
      }
      end = file.index(after: slash)
    }
  }
}

/// A file open for writing, from its start.
final class OutputFile {
  private let path: String
  private var descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure() }
  }

  deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

  func write(_ bytes: ArraySlice<UInt8>) throws {
    try bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { throw failure() }
        done += count
      }
    }
  }

  func close() throws {
    let status = Glibc.close(descriptor)
    descriptor = -1
    if status != 0 { throw failure() }
  }

  private func failure() -> SampleError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
