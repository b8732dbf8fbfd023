import Glibc
import Tabular

/// Shell patterns over paths, by bytes and the same on every machine: `*`, `?`, `[a-z]`, `[!a-z]`
/// within a name, `**` for any number of folders. Names beginning with a dot are matched only
/// where the pattern has that dot. Symbolic links to folders are followed, except by `**`.
public enum Glob {
  /// Whether a path holds a pattern.
  public static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { $0 == star || $0 == question || $0 == open }
  }

  /// The regular files (or links to them) that match, sorted by the bytes of their paths.
  /// - Throws: `IngestError` when a folder cannot be read or a name is not UTF-8.
  public static func expand(_ pattern: String) throws(IngestError) -> [String] {
    var parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let root = pattern.hasPrefix("/") ? "/" : ""
    guard let last = parts.popLast() else { return [] }
    var folders = [root]
    for part in parts { folders = try step(folders, part) }
    var found: Set<String> = []
    // A trailing `**` stands for all files below.
    let name = last == "**" ? "*" : last
    if last == "**" { folders = try step(folders, "**") }
    for folder in folders {
      for entry in try entries(folder, matching: name) where !entry.isFolder {
        found.insert(entry.path)
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a name matches a pattern without `/`.
  public static func matches(_ name: String, _ pattern: String) -> Bool {
    if name.utf8.first == dot, pattern.utf8.first != dot { return false }
    return matches(
      Array(name.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
  }

  private static let star = UInt8(ascii: "*")
  private static let question = UInt8(ascii: "?")
  private static let open = UInt8(ascii: "[")
  private static let dot = UInt8(ascii: ".")

  private struct Entry {
    let path: String
    let isFolder: Bool
    let isLink: Bool
  }

  private static func step(
    _ folders: [String], _ part: String
  ) throws(IngestError) -> [String] {
    var next: [String] = []
    for folder in folders {
      if part == "**" {
        next.append(contentsOf: try below(folder))
      } else if isPattern(part) {
        next.append(contentsOf: try entries(folder, matching: part).filter(\.isFolder).map(\.path))
      } else {
        next.append(join(folder, part))
      }
    }
    return next
  }

  /// The folder and all folders below it.
  private static func below(_ folder: String) throws(IngestError) -> [String] {
    var all = [folder]
    var position = 0
    while position < all.count {
      for entry in try entries(all[position], matching: "*") where entry.isFolder && !entry.isLink {
        all.append(entry.path)
      }
      position += 1
    }
    return all
  }

  private static func entries(
    _ folder: String, matching pattern: String
  ) throws(IngestError) -> [Entry] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else {
      // A folder that is not there holds nothing; what a pattern lacks is said by its caller.
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw IngestError.unreadable(folder, errno: errno)
    }
    defer { closedir(stream) }
    var found: [Entry] = []
    while let item = readdir(stream) {
      guard let name = name(item) else { throw notText(folder) }
      guard name != ".", name != "..", matches(name, pattern) else { continue }
      let path = join(folder, name)
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      var link = stat()
      let isLink = lstat(path, &link) == 0 && link.st_mode & S_IFMT == S_IFLNK
      let kind = status.st_mode & S_IFMT
      guard kind == S_IFDIR || kind == S_IFREG else { continue }
      found.append(Entry(path: path, isFolder: kind == S_IFDIR, isLink: isLink))
    }
    return found
  }

  private static func name(_ item: UnsafeMutablePointer<dirent>) -> String? {
    withUnsafePointer(to: &item.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
    }
  }

  private static func notText(_ folder: String) -> IngestError {
    IngestError(
      .unreadable, "file_name", file: folder,
      Message(
        en: "the folder holds a file whose name is not UTF-8",
        fr: "le dossier contient un fichier dont le nom n’est pas en UTF-8"),
      remedy: Message(en: "rename that file", fr: "renommez ce fichier"))
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private static func matches(
    _ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var (name, pattern) = (name, pattern)
    // Where to go on after a star that must take one more character.
    var retry: (name: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (name, pattern)
      } else if let scalar = name.first, let rest = one(scalar, pattern) {
        name = name.dropFirst()
        pattern = rest
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let star = retry, !star.name.isEmpty {
        retry = (star.name.dropFirst(), star.pattern)
        (name, pattern) = (star.name.dropFirst(), star.pattern)
      } else {
        return false
      }
    }
  }

  /// What follows the first item of a pattern, if it matches the character.
  private static func one(
    _ scalar: Unicode.Scalar, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar>? {
    guard let first = pattern.first else { return nil }
    if first == "?" { return pattern.dropFirst() }
    guard first == "[", let (set, rest) = set(pattern) else {
      return first == scalar ? pattern.dropFirst() : nil
    }
    let negated = set.first == "!" || set.first == "^"
    var items = negated ? set.dropFirst() : set
    var inside = false
    while let low = items.first {
      items = items.dropFirst()
      if items.first == "-", let high = items.dropFirst().first {
        if (low.value...max(low.value, high.value)).contains(scalar.value) { inside = true }
        items = items.dropFirst(2)
      } else if low == scalar {
        inside = true
      }
    }
    return inside != negated ? rest : nil
  }

  /// The inside of `[…]` and what follows; nil when it is not closed. A `]` may stand first.
  private static func set(
    _ pattern: ArraySlice<Unicode.Scalar>
  ) -> (ArraySlice<Unicode.Scalar>, ArraySlice<Unicode.Scalar>)? {
    let inside = pattern.dropFirst()
    var from = inside.startIndex
    if from < inside.endIndex, inside[from] == "!" || inside[from] == "^" { from += 1 }
    if from < inside.endIndex { from += 1 }
    guard from <= inside.endIndex, let end = inside[from...].firstIndex(of: "]") else { return nil }
    return (inside[inside.startIndex..<end], inside[(end + 1)...])
  }
}
