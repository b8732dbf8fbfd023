import Crypto
import Foundation
import GRDB
import Glibc
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

  private let memory: ReleaseMemory
  private let ledger: String
  private let started: Date
  private let state = Mutex(State())

  /// - Parameters:
  ///   - folder: of reject files, 0700.
  ///   - ledger: the project's state folder.
  init(folder: String, ledger: String, started: Date) {
    memory = ReleaseMemory(rejects: folder)
    (self.ledger, self.started) = (ledger, started)
  }

  func secret(of series: String) throws -> [UInt8]? {
    try state.withLock { state in
      if let known = state.secrets[series] { return known }
      Secrecy.forbidMemoryImages()
      let secret =
        try ReleaseMemory.secret(memory.place(series))
        ?? SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
      state.secrets[series] = secret
      return secret
    }
  }

  func eachEarlier(_ series: String, _ body: (PersonRelease) throws -> Void) throws -> Int {
    let place = memory.place(series)
    let files = ReleaseMemory.files(place)
    let note = ReleaseMemory.purged(place)
    // What has been forgotten altogether cannot vouch for anybody.
    if files.isEmpty, let note { throw ReleaseMemoryMessages.purged(note) }
    let known = try Ledger(folder: ledger).personReleases(series)
    guard files.last.map(\.number) ?? 0 >= known else {
      throw ReleaseMemoryMessages.lost(place)
    }
    for file in files { try body(try ReleaseMemory.read(file.path)) }
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
      let place = memory.place(series)
      var files = ReleaseMemory.files(place)
      if let latest = files.last, try ReleaseMemory.read(latest.path) == release {
        // Retention counts from the last time that it was published.
        utimensat(AT_FDCWD, latest.path, nil, 0)
        continue
      }
      if files.isEmpty {
        try SafeFile.makeFolder(place, mode: 0o700)
        try SafeFile.replace(place + "/secret", with: state.secrets[series] ?? [])
      }
      let number = (files.last?.number ?? 0) + 1
      files.append(try ReleaseMemory.add(release, number, place))
      try Ledger(folder: ledger).rememberPersonRelease(series, number, started)
      for old in files.dropLast(Self.most) { unlink(old.path) }
    }
  }
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

  /// The number of the latest release of each series.
  func personReleases() throws -> [(series: String, number: Int)] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT series, max(number) AS number FROM person_release GROUP BY series "
          + "ORDER BY series"
      ).map { ($0["series"], $0["number"]) }
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
