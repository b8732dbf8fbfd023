import Foundation
import Glibc
import Ingest
import Pipeline
import Tabular

/// Where a new project lies, and how its pipeline names files from there.
struct ProjectPlace {
  /// The folder, absolute, symbolic links followed as far as it exists.
  let folder: String
  /// The project's root as checks and runs will see it.
  let root: String

  init(_ folder: String) {
    self.folder = ProjectPlace.real(folder)
    root = ProjectRoot.of(folder: self.folder)
  }

  /// A name for the project.
  var name: String {
    let last = folder.split(separator: "/").last.map(String.init) ?? ""
    return SafeName.names([last], fallback: "project")[0]
  }

  /// A file's path as the pipeline writes it.
  /// - Throws: `RunError` when the file is not within the project.
  func path(of file: InputFile) throws -> String {
    let (above, last) = FileFamily.split(file.path)
    let parent = ProjectPlace.real(above.isEmpty ? "." : above)
    let real = ProjectPlace.real(file.path)
    guard isWithin(parent), isWithin(real) else { throw outside(file, real) }
    var base = folder.split(separator: "/")[...]
    var parts = parent.split(separator: "/")[...]
    while let first = base.first, first == parts.first {
      base.removeFirst()
      parts.removeFirst()
    }
    let up = [String](repeating: "..", count: base.count)
    return (up + parts.map(String.init) + [last]).joined(separator: "/")
  }

  /// The relative paths of all files that a pattern of the pipeline stands for.
  func matching(_ pattern: String) -> [String] {
    let base = folder == "/" ? folder : folder + "/"
    guard !Glob.isPattern(base), let found = try? Glob.expand(base + pattern) else { return [] }
    return found.map { String($0.dropFirst(base.count)) }
  }

  private func isWithin(_ path: String) -> Bool {
    path == root || root == "/" || path.hasPrefix(root + "/")
  }

  private func outside(_ file: InputFile, _ real: String) -> RunError {
    let (above, _) = FileFamily.split(real)
    let common = zip(folder.split(separator: "/"), above.split(separator: "/"))
      .prefix { $0 == $1 }.map { String($0.0) }
    let shared = "/" + common.joined(separator: "/")
    // Nobody wants a project at the root of the machine.
    let start = common.count > 1 ? shared : above
    return RunError(
      .spec,
      Message(
        en: "'\(file.name)' lies outside of the project's folder '\(folder)'",
        fr: "« \(file.name) » est en dehors du dossier du projet « \(folder) »"),
      remedy: Message(
        en: "begin the project where the files are (octroi init \(start) --from …), or copy them "
          + "into its folder",
        fr: "commencez le projet là où sont les fichiers (octroi init \(start) --from …), ou "
          + "copiez-les dans son dossier"))
  }

  /// The path with what exists of it resolved.
  private static func real(_ path: String) -> String {
    if let found = realpath(path, nil) {
      defer { free(found) }
      return String(cString: found)
    }
    let absolute = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    let trimmed =
      absolute.count > 1 && absolute.hasSuffix("/")
      ? String(absolute.dropLast()) : absolute
    let (above, last) = FileFamily.split(trimmed)
    guard !above.isEmpty, above != "/", !last.isEmpty else { return trimmed }
    return real(String(above.dropLast())) + "/" + last
  }
}
