import Crypto
import Foundation
import GRDB
import Ingest
import StageKit
import Synchronization
import Tabular

/// What was published of persons, kept beside the rejects, 0600: hashes of persons and combinations
/// under a secret of their own, a file a release. It does not lie with the ledger, which only
/// counts: where one of the two is lost the other says so.
final class PersonHistory: PersonReleases {
  /// Releases that a series keeps.
  static let most = 30

  private struct State {
    var secrets: [String: [UInt8]] = [:]
    var offers: [(series: String, release: PersonRelease)] = []
  }

  private let folder: String
  private let ledger: String
  private let started: Date
  private let state = Mutex(State())

  /// - Parameters:
  ///   - folder: of reject files, 0700.
  ///   - ledger: the project's state folder.
  init(folder: String, ledger: String, started: Date) {
    (self.folder, self.ledger, self.started) = (folder + "/releases", ledger, started)
  }

  func secret(of series: String) throws -> [UInt8]? {
    try state.withLock { state in
      if let known = state.secrets[series] { return known }
      let path = place(series) + "/secret"
      let secret =
        FileManager.default.contents(atPath: path).map(Array.init)
        ?? SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
      guard secret.count == 32 else { throw Self.changed(path) }
      state.secrets[series] = secret
      return secret
    }
  }

  func eachEarlier(_ series: String, _ body: (PersonRelease) throws -> Void) throws -> Int {
    let files = files(series)
    let known = try Ledger(folder: ledger).personReleases(series)
    guard files.last.map(\.number) ?? 0 >= known else { throw Self.lost(place(series)) }
    for file in files { try body(try Self.read(file.path)) }
    let offers = state.withLock { $0.offers.filter { $0.series == series } }
    for offer in offers { try body(offer.release) }
    return files.count + offers.count
  }

  func offer(_ series: String, _ release: PersonRelease) {
    state.withLock { $0.offers.append((series, release)) }
  }

  /// Remembers what was offered: when everything has been checked, before anything is published, so
  /// that nothing can be published that is not remembered.
  func commit() throws {
    let state = state.withLock { $0 }
    for (series, release) in state.offers {
      var files = files(series)
      if let latest = files.last, try Self.read(latest.path) == release { continue }
      let place = place(series)
      if files.isEmpty {
        try SafeFile.makeFolder(place, mode: 0o700)
        try SafeFile.replace(place + "/secret", with: state.secrets[series] ?? [])
      }
      let number = (files.last?.number ?? 0) + 1
      let path = place + "/\(number).persons"
      try SafeFile.replace(path, with: Self.bytes(release))
      try Ledger(folder: ledger).rememberPersonRelease(series, number, started)
      files.append((number, path))
      for old in files.dropLast(Self.most) { unlink(old.path) }
    }
  }

  // MARK: Files

  /// A name that no field's name can climb out of.
  private func place(_ series: String) -> String {
    let digest = SHA256.hash(data: Array(series.utf8)).prefix(12)
    return folder + "/" + digest.map { StateFolder.hex($0) }.joined()
  }

  /// The oldest first.
  private func files(_ series: String) -> [(number: Int, path: String)] {
    let place = place(series)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.filter { $0.hasSuffix(".persons") }.compactMap { name in
      Int(name.dropLast(".persons".count)).map { ($0, place + "/" + name) }
    }.sorted { $0.0 < $1.0 }
  }

  private static let mark = Array("octroi1\n".utf8)

  private static func bytes(_ release: PersonRelease) -> [UInt8] {
    var bytes = mark
    bytes.reserveCapacity(64 + 12 * (release.combinations.count + release.persons.count))
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
    return bytes + SHA256.hash(data: bytes)
  }

  private static func read(_ path: String) throws -> PersonRelease {
    guard let data = FileManager.default.contents(atPath: path) else { throw changed(path) }
    let bytes = Array(data)
    guard bytes.starts(with: mark), bytes.count >= mark.count + 56,
      Array(SHA256.hash(data: bytes.dropLast(32))) == Array(bytes.suffix(32))
    else { throw changed(path) }
    var at = mark.count
    func number(_ width: Int) -> UInt64 {
      guard at + width <= bytes.count - 32 else { return 0 }
      defer { at += width }
      return (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
    }
    func list() throws -> [PersonRelease.Stand] {
      guard let count = Int(exactly: number(8)), count <= (bytes.count - 32 - at) / 12 else {
        throw changed(path)
      }
      return (0..<count).map { _ in
        PersonRelease.Stand(number(8), in: UInt32(truncatingIfNeeded: number(4)))
      }
    }
    let fields = number(8)
    return PersonRelease(fields: fields, combinations: try list(), persons: try list())
  }

  private static func changed(_ path: String) -> RunError {
    RunError(
      .refused,
      Message(
        en:
          "'\(SpecFiles.shown(path))' was changed: what an earlier release held of persons can no "
          + "longer be read",
        fr: "« \(SpecFiles.shown(path)) » a été modifié : ce qu’une diffusion antérieure contenait "
          + "sur des personnes n’est plus lisible"), remedy: restore)
  }

  private static func lost(_ folder: String) -> RunError {
    RunError(
      .refused,
      Message(
        en: "the ledger knows of releases of these persons that '\(SpecFiles.shown(folder))' no "
          + "longer tells of: this one cannot be audited with them",
        fr: "le registre connaît des diffusions sur ces personnes dont « "
          + "\(SpecFiles.shown(folder)) » ne dit plus rien : celle-ci ne peut pas être auditée "
          + "avec elles"), remedy: restore)
  }

  private static let restore = Message(
    en: "restore it from a backup, or publish under pseudonyms of a new scope, which nobody can "
      + "link to the earlier ones",
    fr: "restaurez-le d’une sauvegarde, ou publiez sous des pseudonymes d’un nouveau domaine, que "
      + "personne ne peut relier aux précédents")
}

extension Ledger {
  /// The number of the latest release of a series; 0 for none.
  fileprivate func personReleases(_ series: String) throws -> Int {
    try database.read { db in
      try Int.fetchOne(
        db, sql: "SELECT max(number) FROM person_release WHERE series = ?", arguments: [series])
        ?? 0
    }
  }

  fileprivate func rememberPersonRelease(
    _ series: String, _ number: Int, _ started: Date
  ) throws {
    try database.write { db in
      try db.execute(
        sql: "INSERT INTO person_release (series, number, started) VALUES (?, ?, ?)",
        arguments: [series, number, started.formatted(.iso8601)])
    }
  }
}

extension Plan {
  /// Whether a node's rows reach others than who may see the persons themselves.
  func releasesPersons(_ node: Int) -> Bool {
    outputs.contains { output in
      output.showsPersons(nodes[output.node].facts)
        && ancestors(of: output).contains { $0.id == node }
    }
  }
}
