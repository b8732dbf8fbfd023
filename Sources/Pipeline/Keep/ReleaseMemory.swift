import Crypto
import Foundation
import Glibc
import StageKit
import Tabular

/// What was published of persons as it lies on disk, beside the rejects: a folder a series of
/// releases of the same persons, in it a secret, a file a release, and a note of what retention
/// took out of it.
struct ReleaseMemory {
  /// A release that is remembered.
  struct Kept {
    /// From 1, in the order of the releases.
    let number: Int
    let path: String
  }

  /// Releases up to this one are no longer remembered, as retention asks.
  struct PurgeNote: Codable {
    let through: Int
    /// The day (ISO 8601, UTC).
    let purged: String
  }

  let folder: String

  /// - Parameter rejects: the folder of reject files.
  init(rejects: String) { folder = rejects + "/releases" }

  /// The folder of a series: a name that no field's name can climb out of.
  func place(_ series: String) -> String {
    let digest = SHA256.hash(data: Array(series.utf8)).prefix(12)
    return folder + "/" + digest.map { StateFolder.hex($0) }.joined()
  }

  /// The folders of all series, by name.
  func places() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }.filter {
      FileManager.default.fileExists(atPath: $0 + "/secret")
        || FileManager.default.fileExists(atPath: $0 + Self.note)
    }
  }

  /// The releases of a series, the oldest first. Only what a run may have called one counts.
  static func files(_ place: String) -> [Kept] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.filter { $0.hasSuffix(ending) }.compactMap { name in
      guard let number = UInt32(name.dropLast(ending.count)), number > 0,
        name == "\(number)\(ending)"
      else { return nil }
      return Kept(number: Int(number), path: place + "/" + name)
    }.sorted { $0.number < $1.number }
  }

  /// The secret of a series; nil where there is none.
  /// - Throws: `RunError` when it was changed.
  static func secret(_ place: String) throws -> [UInt8]? {
    let path = place + "/secret"
    guard let secret = FileManager.default.contents(atPath: path).map(Array.init) else {
      return nil
    }
    guard secret.count == 32 else { throw ReleaseMemoryMessages.changed(path) }
    return secret
  }

  /// What retention took out of a series.
  static func purged(_ place: String) -> PurgeNote? {
    FileManager.default.contents(atPath: place + note).flatMap {
      try? JSONDecoder().decode(PurgeNote.self, from: $0)
    }.flatMap { UInt32(exactly: $0.through) == nil ? nil : $0 }
  }

  // MARK: Changes

  /// Remembers a release, on disk when this returns.
  static func add(_ release: PersonRelease, _ number: Int, _ place: String) throws -> Kept {
    let kept = Kept(number: number, path: place + "/\(number)\(ending)")
    try SafeFile.replace(kept.path, with: bytes(release))
    return kept
  }

  /// Takes persons out of a release; that somebody is gone from their classes stays known, so that
  /// audits with it stay on the safe side. When it was published stays, too.
  /// - Returns: whether one of them was in it.
  /// - Throws: `RunError` when it was changed.
  static func forget(_ persons: Set<UInt64>, in kept: Kept, isDry: Bool) throws -> Bool {
    var release = try read(kept.path)
    let gone = release.persons.filter { persons.contains($0.whom) }
    guard !gone.isEmpty else { return false }
    if isDry { return true }
    release.persons.removeAll { persons.contains($0.whom) }
    release.forgotten = Set(release.forgotten).union(gone.map(\.place)).sorted()
    var info = stat()
    let isKnown = stat(kept.path, &info) == 0
    try SafeFile.replace(kept.path, with: bytes(release))
    if isKnown {
      let times = [info.st_atim, info.st_mtim]
      utimensat(AT_FDCWD, kept.path, times, 0)
    }
    return true
  }

  /// Takes a release out of a series as retention asks: the note first, so that whoever finds it
  /// missing knows why; the secret with the last.
  static func purge(_ kept: Kept, _ day: String) throws {
    let place = SafeFile.folder(of: kept.path)
    let through = max(purged(place)?.through ?? 0, kept.number)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let bytes = Array(try encoder.encode(PurgeNote(through: through, purged: day))) + [10]
    try SafeFile.replace(place + note, with: bytes)
    guard unlink(kept.path) == 0 else {
      throw RunError.machine(RunMessages.write, kept.path, errno)
    }
    if files(place).isEmpty { unlink(place + "/secret") }
    SafeFile.syncFolder(of: kept.path)
  }

  // MARK: Bytes

  private static let ending = ".persons"
  private static let note = "/purged.json"
  private static let mark = Array("octroi2\n".utf8)

  private static func bytes(_ release: PersonRelease) -> [UInt8] {
    var bytes = mark
    bytes.reserveCapacity(80 + 12 * (release.combinations.count + release.persons.count))
    func put(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    put(release.fields)
    for list in [release.combinations, release.persons] {
      put(UInt64(list.count))
      for stand in list {
        put(stand.whom)
        put(stand.place)
      }
    }
    put(UInt64(release.forgotten.count))
    for place in release.forgotten { put(place) }
    return bytes + SHA256.hash(data: bytes)
  }

  /// - Throws: `RunError` when the file was changed.
  static func read(_ path: String) throws -> PersonRelease {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ReleaseMemoryMessages.changed(path)
    }
    let bytes = Array(data)
    guard bytes.starts(with: mark), bytes.count >= mark.count + 64,
      Array(SHA256.hash(data: bytes.dropLast(32))) == Array(bytes.suffix(32))
    else { throw ReleaseMemoryMessages.changed(path) }
    var at = mark.count
    func number(_ width: Int) -> UInt64 {
      guard at + width <= bytes.count - 32 else { return 0 }
      defer { at += width }
      return (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
    }
    func count(of width: Int) throws -> Int {
      guard let count = Int(exactly: number(8)), count <= (bytes.count - 32 - at) / width else {
        throw ReleaseMemoryMessages.changed(path)
      }
      return count
    }
    func list() throws -> [PersonRelease.Stand] {
      try (0..<count(of: 12)).map { _ in
        PersonRelease.Stand(number(8), in: UInt32(truncatingIfNeeded: number(4)))
      }
    }
    let fields = number(8)
    var release = PersonRelease(fields: fields, combinations: try list(), persons: try list())
    release.forgotten = try (0..<count(of: 4)).map { _ in UInt32(truncatingIfNeeded: number(4)) }
    return release
  }
}

/// What the memory of releases says to people.
enum ReleaseMemoryMessages {
  static func changed(_ path: String) -> RunError {
    RunError(
      .refused,
      Message(
        en:
          "'\(SpecFiles.shown(path))' was changed: what an earlier release held of persons can no "
          + "longer be read",
        fr: "« \(SpecFiles.shown(path)) » a été modifié : ce qu’une diffusion antérieure contenait "
          + "sur des personnes n’est plus lisible"), remedy: restore)
  }

  static func lost(_ folder: String) -> RunError {
    RunError(
      .refused,
      Message(
        en: "the ledger knows of releases of these persons that '\(SpecFiles.shown(folder))' no "
          + "longer tells of: this one cannot be audited with them",
        fr: "le registre connaît des diffusions sur ces personnes dont « "
          + "\(SpecFiles.shown(folder)) » ne dit plus rien : celle-ci ne peut pas être auditée "
          + "avec elles"), remedy: restore)
  }

  static func purged(_ note: ReleaseMemory.PurgeNote) -> RunError {
    RunError(
      .refused,
      Message(
        en: "all that was remembered of earlier releases of these persons was purged on "
          + "\(note.purged), as retention asks: this one cannot be audited with them",
        fr: "tout ce qui était en mémoire des diffusions antérieures sur ces personnes a été purgé "
          + "le \(note.purged), comme le veut la conservation : celle-ci ne peut pas être auditée "
          + "avec elles"),
      remedy: Message(
        en: "publish under pseudonyms of a new scope, which nobody can link to the earlier ones; "
          + "and let `retention: {releases_days: …}` be longer than the time between two releases",
        fr: "publiez sous des pseudonymes d’un nouveau domaine, que personne ne peut relier aux "
          + "précédents ; et que `retention: {releases_days: …}` dépasse le temps entre deux "
          + "diffusions"))
  }

  private static let restore = Message(
    en: "restore it from a backup, or publish under pseudonyms of a new scope, which nobody can "
      + "link to the earlier ones",
    fr: "restaurez-le d’une sauvegarde, ou publiez sous des pseudonymes d’un nouveau domaine, que "
      + "personne ne peut relier aux précédents")
}
