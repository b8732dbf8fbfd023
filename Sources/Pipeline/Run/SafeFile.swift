import Glibc

/// A file in the making: bytes, fsync, then a rename by whoever publishes it.
package final class SafeFile {
  package let path: String
  private var descriptor: Int32
  private(set) var bytes = 0

  /// - Parameter mode: permission bits, whatever the umask.
  package init(creating path: String, mode: UInt16 = 0o600) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard descriptor >= 0 else { throw RunError.machine(RunMessages.make, path, errno) }
    guard fchmod(descriptor, mode_t(mode)) == 0 else {
      let number = errno
      close(descriptor)
      descriptor = -1
      throw RunError.machine(RunMessages.make, path, number)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  package func write(_ content: [UInt8]) throws {
    var from = 0
    while from < content.count {
      let count = content[from...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw RunError.machine(RunMessages.write, path, errno) }
      from += count
    }
    bytes += content.count
  }

  /// Everything on disk, or an error.
  package func finish() throws {
    defer {
      close(descriptor)
      descriptor = -1
    }
    guard fsync(descriptor) == 0 else {
      throw RunError.machine(RunMessages.write, path, errno)
    }
  }

  /// Writes a small file so that it is either old or new: temporary file, fsync, rename, fsync.
  package static func replace(_ path: String, with content: [UInt8], mode: UInt16 = 0o600) throws {
    let part = path + ".part"
    let file = try SafeFile(creating: part, mode: mode)
    do {
      try file.write(content)
      try file.finish()
    } catch {
      unlink(part)
      throw error
    }
    guard rename(part, path) == 0 else {
      let number = errno
      unlink(part)
      throw RunError.machine(RunMessages.publish, path, number)
    }
    syncFolder(of: path)
  }

  /// Makes a rename in the folder durable.
  package static func syncFolder(of path: String) {
    let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// The folder that a path lies in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String, mode: UInt16) throws {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(part) : "/" + part
      if mkdir(prefix, mode_t(mode)) == 0 { continue }
      let number = errno
      var info = stat()
      if stat(prefix, &info) == 0, info.st_mode & S_IFMT == S_IFDIR { continue }
      throw RunError.machine(RunMessages.make, prefix, number == EEXIST ? ENOTDIR : number)
    }
  }
}
