import Glibc
import Tabular

/// One file to read.
public struct InputFile: Sendable, Hashable {
  /// As the user knows it, in messages, reports and reject files.
  public let name: String
  /// What to open.
  public let path: String

  public init(name: String, path: String) { (self.name, self.path) = (name, path) }
}

/// The files that a source's paths stand for, in the order in which they are read: the paths as
/// listed, the files of each pattern sorted by bytes, none twice.
public struct FileSet: Sendable {
  public let files: [InputFile]

  /// - Parameters:
  ///   - paths: files, patterns, or `-` for standard input; relative ones start at `base`.
  ///   - base: the folder of relative paths; empty for the current one.
  ///   - scratch: a private folder to which standard input and pipes are copied, so that they can
  ///     be read again when their encoding is disproved.
  /// - Throws: `IngestError`: a missing file (with the nearest name), a folder, a pattern without
  ///   files, an unreadable folder or file.
  public static func resolve(
    _ paths: [String], base: String = "", scratch: String
  ) throws(IngestError) -> FileSet {
    var files: [InputFile] = []
    var seen: Set<String> = []
    for path in paths {
      for file in try resolve(path, base: base, scratch: scratch)
      where seen.insert(file.path).inserted {
        files.append(file)
      }
    }
    return FileSet(files: files)
  }

  private static func resolve(
    _ path: String, base: String, scratch: String
  ) throws(IngestError) -> [InputFile] {
    if path == "-" { return [try Spool.copy(descriptor: 0, name: "-", into: scratch)] }
    let start = path.hasPrefix("/") || base.isEmpty ? "" : folderPrefix(base)
    let full = start + path
    if let state = FileState(path: full) {
      if state.isFolder { throw folder(path) }
      if state.isRegular { return [InputFile(name: path, path: full)] }
      return [try spooled(path, full, scratch)]
    }
    let reason = errno
    guard reason == ENOENT || reason == ENOTDIR else {
      throw IngestError.unreadable(path, errno: reason)
    }
    guard Glob.isPattern(path) else { throw missing(path, full) }
    let found = try Glob.expand(full)
    guard !found.isEmpty else { throw empty(path) }
    return found.map { InputFile(name: String($0.dropFirst(start.count)), path: $0) }
  }

  /// A folder with one `/` after each of its parts, as expanded patterns have it.
  private static func folderPrefix(_ folder: String) -> String {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: true)
    return (folder.hasPrefix("/") ? "/" : "") + parts.map { $0 + "/" }.joined()
  }

  private static func spooled(
    _ name: String, _ path: String, _ scratch: String
  ) throws(IngestError) -> InputFile {
    // Opening a pipe must not wait for its writer: signals are listened to while reading.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw IngestError.unreadable(name, errno: errno) }
    defer { close(descriptor) }
    return try Spool.copy(descriptor: descriptor, name: name, into: scratch)
  }

  private static func folder(_ path: String) -> IngestError {
    let pattern = path.hasSuffix("/") ? path + "*.csv" : path + "/*.csv"
    return IngestError(
      .unreadable, "folder", file: path,
      Message(en: "this is a folder, not a file", fr: "c’est un dossier, pas un fichier"),
      remedy: Message(
        en: "name its files with a pattern such as '\(pattern)'",
        fr: "désignez ses fichiers par un motif comme « \(pattern) »"))
  }

  private static func empty(_ path: String) -> IngestError {
    IngestError(
      .missing, "empty_glob", file: path,
      Message(en: "no file matches this pattern", fr: "aucun fichier ne correspond à ce motif"),
      remedy: Message(
        en: "check the folder and the pattern; relative paths start at the pipeline's folder",
        fr: "vérifiez le dossier et le motif ; les chemins relatifs partent du dossier du pipeline")
    )
  }

  private static func missing(_ path: String, _ full: String) -> IngestError {
    let (folder, name) = split(full)
    var names: [String] = []
    if let all = try? Glob.expand(folder.isEmpty ? "*" : folder + "/*") {
      names = all.map { split($0).name }
    }
    var remedy = Message(
      en: "check the path; relative paths start at the pipeline's folder",
      fr: "vérifiez le chemin ; les chemins relatifs partent du dossier du pipeline")
    if let near = NearMiss.nearest(to: name, among: names) {
      remedy = Message(en: "did you mean '\(near)'?", fr: "vouliez-vous dire « \(near) » ?")
    }
    return IngestError(
      .missing, "missing_file", file: path,
      Message(en: "the file does not exist", fr: "le fichier n’existe pas"), remedy: remedy)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}
