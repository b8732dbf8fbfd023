import Foundation
import Glibc
import Tabular

/// Puts staged files in their places: all of them by a journal that the next run rolls forward,
/// manifests last.
struct Publisher {
  /// One rename to be done.
  struct Move: Codable, Sendable {
    let staged: String
    let final: String
    let mode: UInt16
    let group: String?
  }

  let state: StateFolder

  private var journal: String { state.path + "/journal.json" }

  /// The hidden folder beside an output in which it is staged: same file system, same project.
  func stagingFolder(for path: String) -> String {
    let project = state.path.split(separator: "-").last ?? "project"
    return SafeFile.folder(of: path) + "/.octroi-staging-" + project
  }

  /// Empty staging folders for these outputs; what dead runs left in them is removed.
  func prepare(_ paths: [String]) throws {
    for path in paths { try SafeFile.makeFolder(SafeFile.folder(of: path), mode: 0o755) }
    for folder in Set(paths.map { stagingFolder(for: $0) }).sorted() {
      try? FileManager.default.removeItem(atPath: folder)
      try SafeFile.makeFolder(folder, mode: 0o700)
    }
  }

  /// Where an output is staged.
  func stagedPath(for path: String) -> String {
    stagingFolder(for: path) + "/" + (path.split(separator: "/").last.map(String.init) ?? "file")
  }

  /// Removes the staging folders of these outputs.
  func clean(_ paths: [String]) {
    for folder in Set(paths.map { stagingFolder(for: $0) }) {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Publishes: once the journal is on disk the files will be in place, now or by the next run.
  func publish(_ moves: [Move]) throws {
    for move in moves { SafeFile.syncFolder(of: move.staged) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try SafeFile.replace(journal, with: Array(try encoder.encode(moves)))
    try carryOut(moves)
  }

  /// Finishes what an interrupted run had begun to publish.
  /// - Returns: the number of files put in place.
  func rollForward() throws -> Int {
    guard let data = FileManager.default.contents(atPath: journal) else { return 0 }
    guard let moves = try? JSONDecoder().decode([Move].self, from: data) else {
      // A journal appears by rename, so a broken one is not ours.
      unlink(journal)
      return 0
    }
    try carryOut(moves)
    clean(moves.map(\.final))
    return moves.count
  }

  private func carryOut(_ moves: [Move]) throws {
    for move in moves {
      guard access(move.staged, F_OK) == 0 else { continue }
      if let group = move.group, let entry = getgrnam(group) {
        chown(move.staged, uid_t.max, entry.pointee.gr_gid)
      }
      chmod(move.staged, mode_t(move.mode))
      guard rename(move.staged, move.final) == 0 else {
        throw RunError.machine(RunMessages.publish, move.final, errno)
      }
      SafeFile.syncFolder(of: move.final)
    }
    unlink(journal)
    SafeFile.syncFolder(of: journal)
  }
}
