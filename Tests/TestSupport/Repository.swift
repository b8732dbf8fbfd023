import Foundation

/// The checkout that the tests belong to.
public enum Repository {
  /// The repository's root folder.
  public static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All files below a folder of the repository with the extension, sorted by path.
  public static func files(in folder: String, extension wanted: String) -> [SourceFile] {
    let base = root.appending(path: folder)
    let walker = FileManager.default.enumerator(
      at: base, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    var found: [SourceFile] = []
    for case let url as URL in walker ?? FileManager.DirectoryEnumerator()
    where url.pathExtension == wanted {
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      let path = String(url.path.dropFirst(root.path.count + 1))
      found.append(SourceFile(path: path, text: text))
    }
    return found.sorted { $0.path < $1.path }
  }

  /// The text of one file.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}

/// A file of the repository, read whole.
public struct SourceFile: Sendable {
  /// Relative to the repository's root.
  public let path: String
  public let text: String

  /// Its lines, without their ends.
  public var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
