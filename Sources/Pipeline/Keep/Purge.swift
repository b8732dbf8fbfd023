import Foundation
import Glibc
import Tabular

/// Applies the charter's retention: removes what has been kept long enough, and notes what it
/// removed.
public struct Purge {
  /// Something that has been kept long enough.
  public struct Item: Sendable, Hashable {
    public enum Kind: String, Sendable {
      case output, companion, rejects, sidecar, releases, vault, ledger
    }

    public enum Outcome: String, Sendable {
      case purged
      /// Would be, without `--dry-run`.
      case due
      /// Left where it is: its bytes are not those that were published.
      case changed
      /// Left where it is: the machine refused.
      case failed
    }

    public let kind: Kind
    /// A file's path, absolute, or what is counted.
    public let name: String
    public let audience: String?
    /// Files or rows.
    public let count: Int
    /// Days that it has been kept, and may be.
    public let age: Int
    public let limit: Int
    public let sha256: String?
    public var outcome: Outcome
  }

  private let root: String
  private let rules: RetentionRules
  private let state: StateFolder
  private let now: Date

  /// - Parameters:
  ///   - root: the project's.
  ///   - charter: its file; nil for the one that the project names.
  ///   - state: where the project's state lies; nil for the usual place.
  /// - Throws: `RunError`.
  public init(root: String, charter: String?, now: Date, state: String? = nil) throws {
    (self.root, self.now) = (root, now)
    rules = try RetentionRules.read(charter, root: root)
    self.state = try StateFolder(root: root, in: state)
  }

  /// What is due, purged unless `isDry`; in the order of kinds and names.
  /// - Parameter wait: seconds to wait for a run that holds the project's lock.
  /// - Throws: `RunError`.
  public func run(isDry: Bool, wait: Double = 0) throws -> [Item] {
    if !isDry { try state.acquire(wait: wait) }
    let ledger = try Ledger(folder: state.path)
    var items: [Item] = []
    for file in try ledger.published() {
      guard let limit = rules.outputs[file.audience], let item = due(file, limit) else { continue }
      let done = isDry ? item : purge(item)
      items.append(done)
      guard [.purged, .due].contains(done.outcome), !file.isCompanion else { continue }
      for item in sidecars(of: file, done) { items.append(isDry ? item : purge(item)) }
    }
    for item in dueBesideRejects() where !items.contains(where: { $0.name == item.name }) {
      items.append(isDry ? item : purge(item))
    }
    items += releases(isDry: isDry)
    do {
      if let limit = rules.vault, let count = try Vault.rows(state.path, before: day(limit)),
        count > 0
      {
        if !isDry { try Vault.purge(state.path, before: day(limit)) }
        items.append(rows(.vault, count, limit, isDry))
      }
    } catch {
      throw RunError.explaining(error)
    }
    if let limit = rules.ledger {
      let count = try ledger.runs(before: moment(limit))
      if count > 0 {
        if !isDry { try ledger.purge(before: moment(limit)) }
        items.append(rows(.ledger, count, limit, isDry))
      }
    }
    if !isDry { try ledger.note(items.filter { $0.outcome == .purged }, today) }
    return items
  }

  private func rows(_ kind: Item.Kind, _ count: Int, _ limit: Int, _ isDry: Bool) -> Item {
    Item(
      kind: kind, name: kind.rawValue, audience: nil, count: count, age: limit, limit: limit,
      sha256: nil, outcome: isDry ? .due : .purged)
  }

  private var today: String { now.formatted(.iso8601.year().month().day()) }

  private func moment(_ days: Int) -> String {
    now.addingTimeInterval(-86_400 * Double(days)).formatted(.iso8601)
  }

  private func day(_ days: Int) -> String { String(moment(days).prefix(10)) }

  private func age(since date: Date) -> Int {
    Int((now.timeIntervalSince(date) / 86_400).rounded(.down))
  }

  private func due(_ file: Ledger.PublishedFile, _ limit: Int) -> Item? {
    guard let started = try? Date(file.started, strategy: .iso8601),
      access(file.path, F_OK) == 0, age(since: started) >= limit
    else { return nil }
    return Item(
      kind: file.isCompanion ? .companion : .output, name: file.path, audience: file.audience,
      count: 1, age: age(since: started), limit: limit, sha256: file.sha256,
      outcome: (try? FileDigest.of(file.path)) == file.sha256 ? .due : .changed)
  }

  /// What proves of a published table that its persons are hidden goes with it.
  private func sidecars(of file: Ledger.PublishedFile, _ table: Item) -> [Item] {
    besideRejects { name in
      let start = "\(file.pipeline)-\(file.output)-"
      guard name.hasPrefix(start) else { return nil }
      // Another table may be called as this one and more.
      let rest = name.dropFirst(start.count)
      return rest.drop(while: \.isNumber).hasPrefix(SidecarPlanner.ending + ".") ? .sidecar : nil
    }.map {
      Item(
        kind: .sidecar, name: $0.path, audience: nil, count: 1, age: table.age,
        limit: table.limit, sha256: nil, outcome: .due)
    }
  }

  /// Rejects, and what proves of published tables that their persons are hidden.
  private func dueBesideRejects() -> [Item] {
    guard let limit = rules.rejects else { return [] }
    return besideRejects { $0.hasSuffix(".rejects.csv") ? .rejects : .sidecar }.compactMap {
      due($0.path, $0.kind, limit)
    }
  }

  /// Files in the folder of rejects, by name.
  /// - Parameter kind: of rejects or a sidecar of this name; nil for one that is left out.
  private func besideRejects(_ kind: (String) -> Item.Kind?) -> [(path: String, kind: Item.Kind)] {
    guard let folder = rules.rejectFolder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().compactMap { name in
      let isOurs = name.hasSuffix(".rejects.csv") || name.contains(SidecarPlanner.ending + ".")
      return isOurs ? kind(name).map { (folder + "/" + name, $0) } : nil
    }
  }

  /// What is remembered of releases of persons, series by series, the oldest first.
  private func releases(isDry: Bool) -> [Item] {
    guard let limit = rules.releases, let folder = rules.rejectFolder else { return [] }
    let files = ReleaseMemory(rejects: folder).places().flatMap { ReleaseMemory.files($0) }
    return files.compactMap { file in
      guard var item = due(file.path, .releases, limit) else { return nil }
      if isDry { return item }
      do {
        try ReleaseMemory.purge(file, today)
        item.outcome = .purged
      } catch {
        item.outcome = .failed
      }
      return item
    }
  }

  /// A file that was written long enough ago.
  private func due(_ path: String, _ kind: Item.Kind, _ limit: Int) -> Item? {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    let age = age(since: Date(timeIntervalSince1970: Double(info.st_mtim.tv_sec)))
    guard age >= limit else { return nil }
    return Item(
      kind: kind, name: path, audience: nil, count: 1, age: age, limit: limit, sha256: nil,
      outcome: .due)
  }

  /// Notes the file in its folder, then removes it.
  private func purge(_ item: Item) -> Item {
    guard item.outcome == .due else { return item }
    var item = item
    do {
      if let sha256 = item.sha256 { try note(item, sha256) }
      guard unlink(item.name) == 0 else {
        throw RunError.machine(RunMessages.write, item.name, errno)
      }
      SafeFile.syncFolder(of: item.name)
      item.outcome = .purged
    } catch {
      item.outcome = .failed
    }
    return item
  }

  private func note(_ item: Item, _ sha256: String) throws {
    let folder = SafeFile.folder(of: item.name)
    var info = stat()
    guard stat(item.name, &info) == 0 else {
      throw RunError.machine(RunMessages.open, item.name, errno)
    }
    var notes = PurgeNotes.read(folder)
    let path = String(item.name.dropFirst(folder.count + 1))
    notes.purged.removeAll { $0.path == path && $0.sha256 == sha256 }
    notes.purged.append(
      PurgeNotes.Note(path: path, sha256: sha256, purged: today, kept: item.limit))
    try notes.write(folder, mode: UInt16(truncatingIfNeeded: info.st_mode & 0o777))
  }
}

/// Hashes files as they lie on disk.
enum FileDigest {
  /// SHA-256 in hexadecimal digits.
  static func of(_ path: String) throws -> String {
    let source = HashedSource(try source(path))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while try source.read(into: &buffer, from: 0) > 0 {}
    return source.digest
  }

  /// A file's bytes from disk.
  static func source(_ path: String) throws -> FollowedFile {
    var info = stat()
    guard stat(path, &info) == 0 else { throw RunError.machine(RunMessages.open, path, errno) }
    let file = FollowedFile(path)
    file.grow(to: Int(info.st_size))
    file.end()
    return file
  }
}
