import Crypto
import Foundation
import Glibc
import Tabular

/// The folder of a site: it holds what this made and nothing else, and changes all at once.
struct SiteFolder {
  /// Absolute.
  let path: String

  /// What a folder says of itself, so that nothing of anybody else's is ever replaced.
  private struct Marker: Codable {
    struct File: Codable {
      let path: String
      let sha256: String
    }

    let octroi: Int
    let audience: String
    let files: [File]
  }

  static let marker = "octroi-site.json"

  private var name: String { SpecFiles.fileName(path) }
  private var parent: String { SafeFile.folder(of: path) }
  /// Beside the folder: on the same file system.
  private var staging: String { parent + "/.octroi-site-" + name }
  /// Where the site before lies for a moment, on file systems that cannot exchange folders.
  private var aside: String { staging + ".old" }

  /// - Throws: `RunError` when there is anything that no site has made.
  func check() throws {
    while true {
      var (before, after) = (stat(), stat())
      guard lstat(path, &before) == 0 else { return }
      let shown = SpecFiles.shown(path)
      guard before.st_mode & S_IFMT == S_IFDIR else {
        throw RunError(
          .spec, SiteMessages.notAFolder(shown), remedy: SiteMessages.moveThem)
      }
      let foreign = try self.foreign()
      if foreign.isEmpty { return }
      // Somebody else's site may have come between the listing and the marker.
      guard lstat(path, &after) == 0, after.st_ino == before.st_ino else { continue }
      throw RunError(
        .spec, SiteMessages.holdsOthers(shown, foreign), remedy: SiteMessages.moveThem)
    }
  }

  /// What is in the folder and not of a site.
  private func foreign() throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw RunError.machine(RunMessages.open, path, EACCES)
    }
    let data = FileManager.default.contents(atPath: path + "/" + Self.marker)
    let told = data.flatMap { try? JSONDecoder().decode(Marker.self, from: $0) }
    // Without its own word for it nothing in the folder is a site's.
    return names.filter { name in
      guard let told else { return true }
      guard name != Self.marker else { return false }
      let file = told.files.first { $0.path == name }
      return file == nil || (try? FileDigest.of(path + "/" + name)) != file?.sha256
    }
  }

  /// Puts these files in the place of what a site had made there before. Whoever is killed on the
  /// way leaves the site before, whole.
  /// - Throws: `RunError`.
  func replace(with files: [(name: String, bytes: [UInt8])], _ audience: Charter.Audience) throws {
    try SafeFile.makeFolder(parent, mode: 0o755)
    if access(path, F_OK) != 0, access(aside, F_OK) == 0 { _ = rename(aside, path) }
    try check()
    try? FileManager.default.removeItem(atPath: staging)
    try SafeFile.makeFolder(staging, mode: 0o700)
    do {
      let listed = files.map { file in
        Marker.File(
          path: file.name,
          sha256: SHA256.hash(data: file.bytes).map(StateFolder.hex).joined())
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let marker = Marker(octroi: 1, audience: audience.name, files: listed)
      for file in files { try stage(file.name, file.bytes, audience) }
      try stage(Self.marker, Array(try encoder.encode(marker)) + [10], audience)
      give(staging, mode: Self.folderMode(audience.mode), audience.group)
      SafeFile.syncFolder(of: staging + "/" + Self.marker)
      try swap()
    } catch {
      try? FileManager.default.removeItem(atPath: staging)
      throw error
    }
    try? FileManager.default.removeItem(atPath: staging)
  }

  private func stage(_ name: String, _ bytes: [UInt8], _ audience: Charter.Audience) throws {
    let place = staging + "/" + name
    let file = try SafeFile(creating: place)
    try file.write(bytes)
    try file.finish()
    guard FileManager.default.contents(atPath: place).map(Array.init) == bytes else {
      throw RunError(.refused, SiteMessages.badPage(name))
    }
    give(place, mode: audience.mode, audience.group)
  }

  private func give(_ place: String, mode: UInt16, _ group: String?) {
    if let group, let entry = getgrnam(group) { chown(place, uid_t.max, entry.pointee.gr_gid) }
    chmod(place, mode_t(mode))
  }

  /// Who may read files may enter their folder; its owner may replace them.
  private static func folderMode(_ mode: UInt16) -> UInt16 { mode | (mode & 0o444) >> 2 | 0o700 }

  /// What was staged in its place, and what was there where that was staged.
  private func swap() throws {
    if access(path, F_OK) != 0 || !Self.exchange(staging, path) {
      if access(path, F_OK) == 0 {
        try? FileManager.default.removeItem(atPath: aside)
        guard rename(path, aside) == 0 else {
          throw RunError.machine(RunMessages.publish, path, errno)
        }
      }
      guard rename(staging, path) == 0 else {
        let number = errno
        _ = rename(aside, path)
        throw RunError.machine(RunMessages.publish, path, number)
      }
      try? FileManager.default.removeItem(atPath: aside)
    }
    SafeFile.syncFolder(of: path)
  }

  /// Two folders in each other's place, at once: Linux's `renameat2`, which Swift's import of the C
  /// library lacks.
  /// - Returns: whether the file system could.
  private static func exchange(_ one: String, _ other: String) -> Bool {
    typealias Rename =
      @convention(c) (
        Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
      ) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    let exchange: UInt32 = 2
    return unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0
  }
}
