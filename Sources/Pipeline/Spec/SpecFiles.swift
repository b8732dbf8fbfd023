import Foundation
import StageKit
import Tabular

/// Reads files that a spec names, and keeps paths within the project.
struct SpecFiles {
  /// The project's root, absolute, symbolic links resolved.
  let root: String
  let allowOutside: Bool
  let diagnostics: Diagnostics
  /// What was read so far.
  let read = ReadFiles()
  /// Where relative paths start in a file that does not lie in the project.
  var start: (file: String, folder: String)?

  /// The absolute path of what a node names, relative to the node's file; nil after a diagnostic
  /// when it lies outside of the project and must not.
  func resolve(_ node: SpecNode) -> String? {
    resolve(node.text ?? "", at: node.position)
  }

  func resolve(_ text: String, at position: SpecPosition) -> String? {
    let base =
      start.flatMap { $0.file == position.file ? URL(filePath: $0.folder + "/") : nil }
      ?? URL(filePath: position.file).deletingLastPathComponent()
    let lexical = URL(filePath: text, relativeTo: base).standardizedFileURL
    let path = lexical.path(percentEncoded: false)
    guard !allowOutside else { return path }
    // What exists of the path is followed through symbolic links.
    let real = Self.real(lexical)
    guard real == root || real.hasPrefix(root + "/") else {
      diagnostics.error(
        "outside", at: position, SpecMessages.outside(text, root: root),
        remedy: SpecMessages.allowOutside)
      return nil
    }
    return path
  }

  /// The path with what exists of it followed through symbolic links.
  static func real(_ url: URL) -> String {
    var existing = url
    var rest: [String] = []
    while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
      rest.insert(existing.lastPathComponent, at: 0)
      existing = existing.deletingLastPathComponent()
    }
    var real = existing.resolvingSymlinksInPath()
    for part in rest { real = real.appending(path: part) }
    return real.path(percentEncoded: false).withoutTrailingSlash
  }

  /// A path from where the command runs, made absolute.
  static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }

  /// A spec file's text; nil after a diagnostic.
  func text(_ path: String, at position: SpecPosition) -> String? {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else {
      diagnostics.error(
        "unreadable", at: position, SpecMessages.unreadable(Self.shown(path)))
      return nil
    }
    read.note(path, data)
    return text
  }

  /// The document of a YAML file that a node names; nil after diagnostics.
  func document(_ node: SpecNode) -> SpecNode? {
    guard let path = resolve(node) else { return nil }
    if let known = read.documents[path] { return known }
    guard let text = text(path, at: node.position) else { return nil }
    var reader = YAMLReader(file: Self.shown(path), diagnostics: diagnostics)
    let document = reader.read(text)
    read.documents[path] = document
    return document
  }

  /// An input's name in reports: relative to the project's root, `-` as it is.
  static func shown(_ path: String, from root: String, name: String) -> String {
    name == "-" ? name : path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
  }

  /// A path as users know it: relative to where the command runs, if it lies below.
  static func shown(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}

extension String {
  fileprivate var withoutTrailingSlash: String {
    count > 1 && hasSuffix("/") ? String(dropLast()) : self
  }
}

/// Where a project begins.
public enum ProjectRoot {
  /// The root of a pipeline's project.
  public static func of(pipeline file: String) -> String {
    of(folder: SafeFile.folder(of: URL(filePath: file).path(percentEncoded: false)))
  }

  /// The nearest folder at or above this one with `octroi.yml` or `.git` in it; else the parent of
  /// a folder called `Pipelines`; else the folder itself. Absolute, symbolic links resolved.
  public static func of(folder: String) -> String {
    let start = URL(filePath: folder).resolvingSymlinksInPath()
    var candidate = start
    while true {
      for marker in ["octroi.yml", ".git"]
      where FileManager.default.fileExists(atPath: candidate.appending(path: marker).path) {
        return candidate.path(percentEncoded: false).withoutTrailingSlash
      }
      let parent = candidate.deletingLastPathComponent()
      if parent.path == candidate.path { break }
      candidate = parent
    }
    let isPipelines = start.lastPathComponent.lowercased() == "pipelines"
    let root = isPipelines ? start.deletingLastPathComponent() : start
    return root.path(percentEncoded: false).withoutTrailingSlash
  }
}
