import Crypto
import Foundation
import Glibc
import Ingest
import Tabular

/// The project's local state: lock, ledger, journal, scratch. Never on a network file system.
final class StateFolder {
  let path: String
  private var lock: Int32 = -1

  /// - Parameters:
  ///   - root: the project's root; each project has its own folder.
  ///   - folder: where these folders lie; nil for `OCTROI_STATE` or the user's state folder.
  init(root: String, in folder: String? = nil) throws {
    let environment = ProcessInfo.processInfo.environment
    let base =
      folder ?? environment["OCTROI_STATE"] ?? environment["XDG_STATE_HOME"].map { $0 + "/octroi" }
      ?? (environment["HOME"] ?? "/tmp") + "/.local/state/octroi"
    let digest = SHA256.hash(data: Array(root.utf8)).prefix(8)
    let name = root.split(separator: "/").last.map(String.init) ?? "root"
    path = base + "/" + name + "-" + digest.map { Self.hex($0) }.joined()
    try SafeFile.makeFolder(path, mode: 0o700)
    if let kind = Self.fileSystem(of: path), Self.networkKinds.contains(kind) {
      throw RunError(
        .machine, RunMessages.networkFolder(path), remedy: RunMessages.localFolder)
    }
  }

  private static let networkKinds: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "ceph", "glusterfs", "lustre",
  ]

  /// The kind of the file system that holds a path, as the kernel lists its mounts.
  private static func fileSystem(of path: String) -> String? {
    guard let table = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    else { return nil }
    let real = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    var best: (length: Int, kind: String)?
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 1 < words.count
      else { continue }
      let mount = String(words[4])
      let holds = mount == "/" || real == mount || real.hasPrefix(mount + "/")
      if holds, mount.count >= best?.length ?? 0 { best = (mount.count, String(words[dash + 1])) }
    }
    return best?.kind
  }

  deinit { if lock >= 0 { close(lock) } }

  static func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789abcdef")
    return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
  }

  /// Takes the project's lock; it goes with the process.
  /// - Parameter wait: seconds.
  func acquire(wait: Double) throws {
    let file = path + "/lock"
    lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw RunError.machine(RunMessages.open, file, errno) }
    var waited = 0.0
    while flock(lock, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw RunError.machine(RunMessages.open, file, errno)
      }
      guard waited < wait else {
        let holder = (try? String(contentsOfFile: file, encoding: .utf8)) ?? "?"
        throw RunError(.locked, RunMessages.locked(holder))
      }
      try Interruption.check()
      usleep(100_000)
      waited += 0.1
    }
    ftruncate(lock, 0)
    let process = Array(String(getpid()).utf8)
    _ = pwrite(lock, process, process.count, 0)
  }

  /// An empty private folder for this run; what dead runs left is removed (the lock is held).
  func makeScratch() throws -> String {
    let scratch = path + "/scratch"
    try? FileManager.default.removeItem(atPath: scratch)
    try SafeFile.makeFolder(scratch, mode: 0o700)
    return scratch
  }

  func removeScratch() { try? FileManager.default.removeItem(atPath: path + "/scratch") }
}
