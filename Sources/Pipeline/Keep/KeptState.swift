import Foundation
import GRDB
import StageKit
import Tabular

/// What a project remembers between runs, opened for whoever must find a person in it.
package struct KeptState {
  /// A published table with pseudonyms.
  package struct Export: Sendable, Hashable {
    package let output: String
    package let path: String
    package let audience: String
    package let recipients: String
    package let runs: Int
    /// ISO 8601, UTC.
    package let first: String
    package let last: String
    package let use: PseudonymUse
  }

  private let state: StateFolder
  private let root: String
  private let day: String
  private let files: KeyFiles
  package var keys: any KeySource { files }

  /// - Parameters:
  ///   - root: the project's.
  ///   - day: today, as ISO 8601.
  /// - Throws: `RunError`.
  package init(root: String, day: String) throws {
    (self.root, self.day) = (root, day)
    state = try StateFolder(root: root)
    files = KeyFiles(state)
  }

  /// Waits for the project's lock.
  package func lock() throws { try state.acquire(wait: 10) }

  /// The vault, if there is one.
  package func vault() throws -> Vault? {
    let path = state.path + Vault.name
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try Vault(path: path, keys: files, day: day)
  }

  /// Numbers of a scope's keys that are at hand, the newest as nil first.
  package func keyNumbers(_ scope: String) -> [Int?] { [nil] + files.ids(scope) }

  /// Published tables, each with each way in which its pseudonyms were made.
  package func exports() throws -> [Export] {
    let ledger = try Ledger(folder: state.path)
    return try ledger.database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT output, path, audience, max(recipients) AS recipients, count(*) AS runs,
            min(started) AS first, max(started) AS last, kind, scope, domain, format, length, key
          FROM pseudonym
          GROUP BY output, path, audience, kind, scope, domain, format, length, key
          ORDER BY path, scope, domain, key
          """
      ).compactMap { row in
        let kind: String = row["kind"]
        return PseudonymUse.Kind(rawValue: kind).map {
          Export(
            output: row["output"], path: row["path"], audience: row["audience"],
            recipients: row["recipients"], runs: row["runs"], first: row["first"],
            last: row["last"],
            use: PseudonymUse(
              $0, scope: row["scope"], domain: row["domain"], format: row["format"],
              length: row["length"], key: row["key"]))
        }
      }
    }
  }

  /// Tables that pipelines as they are now publish with pseudonyms: where the ledger was deleted,
  /// or retention emptied it, these alone tell how they are made.
  package static func exports(of plans: [Plan]) -> [Export] {
    plans.flatMap { plan in
      plan.leaving.flatMap { output in
        let recipients = plan.recipients(of: output).joined(separator: "; ")
        return plan.pseudonymUses(of: output).map { use in
          Export(
            output: output.name, path: output.path, audience: output.audience.name,
            recipients: recipients, runs: 0, first: "", last: "", use: use)
        }
      }
    }
  }

  /// Whether the ledger knows of any run.
  package func knowsRuns() throws -> Bool {
    try !Ledger(folder: state.path).latest(1).isEmpty
  }

  /// Published tables that manifests tell of and the ledger does not: paths.
  package func unremembered() throws -> [String] {
    guard let (charter, files) = try? ProjectCharter.read(nil, root: root) else { return [] }
    let known = Set(try Ledger(folder: state.path).published().map(\.path))
    let folders = (charter["audiences"]?.entries ?? []).compactMap { entry in
      entry.value["folder"].flatMap { files.resolve($0) }
    }
    let told = Set(folders).flatMap { CopiedOutputs.published(below: $0) }.map(\.path)
    return Set(told).subtracting(known).filter { FileManager.default.fileExists(atPath: $0) }
      .sorted()
  }

  /// Every published table that is still there, and every reject file: paths.
  package func places() throws -> [String] {
    let published =
      try Ledger(folder: state.path).published().map(\.path) + unremembered()
    guard let rules = try? RetentionRules.read(nil, root: root), let folder = rules.rejectFolder
    else { return published }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return published
      + names.sorted().filter { $0.hasSuffix(".rejects.csv") }.map { folder + "/" + $0 }
  }

  /// What became of a person in the memory of releases.
  package struct MemoryAnswer: Sendable {
    /// Releases that the person was, or would be, taken out of.
    package var releases = 0
    /// Files and folders that were changed, so that nobody can tell who is in them: paths.
    package var unread: [String] = []
  }

  /// Takes a person out of what is remembered of releases of persons.
  /// - Parameter names: what the person is called there, by the secret of a series.
  /// - Throws: `RunError` when nobody can tell where the memory lies, or it cannot be written.
  package func forgetReleases(
    isDry: Bool, names: (_ secret: [UInt8]) -> Set<UInt64>
  ) throws -> MemoryAnswer {
    let isUsed = try !Ledger(folder: state.path).personReleases().isEmpty
    let rules =
      isUsed
      ? try RetentionRules.read(nil, root: root) : try? RetentionRules.read(nil, root: root)
    guard let folder = rules?.rejectFolder else { return MemoryAnswer() }
    var answer = MemoryAnswer()
    for place in ReleaseMemory(rejects: folder).places() {
      let files = ReleaseMemory.files(place)
      guard let secret = try? ReleaseMemory.secret(place) else {
        answer.unread += files.map(\.path)
        continue
      }
      let persons = names(secret)
      for file in files {
        guard (try? ReleaseMemory.read(file.path)) != nil else {
          answer.unread.append(file.path)
          continue
        }
        if try ReleaseMemory.forget(persons, in: file, isDry: isDry) { answer.releases += 1 }
      }
    }
    return answer
  }

  /// Remembers that rows of the vault were removed; how many, and nothing of whom.
  package func noteForgotten(_ rows: Int) throws {
    try Ledger(folder: state.path).database.write { db in
      try db.execute(
        sql: "INSERT INTO purged (day, kind, name, sha256, count, kept_days) "
          + "VALUES (?, 'forgotten', 'vault', NULL, ?, 0)",
        arguments: [day, rows])
    }
  }
}
