import Foundation
import Tabular

/// What is remembered of releases of persons, held to what the ledger knows of them.
struct RememberedReleases {
  private(set) var files: [Verification.File] = []

  /// - Parameters:
  ///   - root: the project's.
  ///   - folder: only what lies in it is looked at.
  /// - Throws: `RunError` when the ledger cannot be read.
  init(root: String, in folder: String) throws {
    guard let rejects = (try? RetentionRules.read(nil, root: root))?.rejectFolder,
      CharterCheck.lies(
        Self.real(rejects), in: Self.real(SpecFiles.absolute(folder)))
    else { return }
    let memory = ReleaseMemory(rejects: rejects)
    let known = try Ledger.open(root: root)?.personReleases() ?? []
    let latest = Dictionary(
      known.map { (memory.place($0.series), $0.number) }, uniquingKeysWith: max)
    for place in Set(memory.places()).union(latest.keys).sorted() {
      look(place, latest[place] ?? 0)
    }
  }

  private mutating func look(_ place: String, _ known: Int) {
    let kept = ReleaseMemory.files(place)
    let note = ReleaseMemory.purged(place)
    let isSecretSound = (try? ReleaseMemory.secret(place)) != nil
    if let note { tell(Self.path(place, 1...max(note.through, 1)), .purged(note.purged)) }
    // Those before the oldest may have made room for newer ones.
    var next = kept.first?.number ?? (note?.through ?? 0) + 1
    for file in kept {
      if next < file.number { tell(Self.path(place, next...(file.number - 1)), .missing) }
      let isRead = (try? ReleaseMemory.read(file.path)) != nil
      tell(file.path, isRead && isSecretSound ? .intact : .changed)
      next = file.number + 1
    }
    if next <= known { tell(Self.path(place, next...known), .missing) }
  }

  /// What releases of a series are called, one or several.
  private static func path(_ place: String, _ numbers: ClosedRange<Int>) -> String {
    let (first, last) = (numbers.lowerBound, numbers.upperBound)
    return place + (first == last ? "/\(first)" : "/\(first)-\(last)") + ".persons"
  }

  private mutating func tell(_ path: String, _ state: Verification.State) {
    files.append(
      Verification.File(path: path, audience: "internal", state: state, proven: [], unproven: []))
  }

  private static func real(_ path: String) -> String {
    let real = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    return real.count > 1 && real.hasSuffix("/") ? String(real.dropLast()) : real
  }
}
