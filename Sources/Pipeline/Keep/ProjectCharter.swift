import Foundation
import StageKit
import Tabular

/// A project's charter as its file says it, for commands that need no pipeline.
enum ProjectCharter {
  /// - Parameters:
  ///   - file: the charter; nil for the one that `octroi.yml` at the root names.
  ///   - root: the project's.
  /// - Returns: its top, and what resolves paths in it.
  /// - Throws: `RunError` when there is none or it cannot be read.
  static func read(_ file: String?, root: String) throws -> (top: SpecNode, files: SpecFiles) {
    let files = SpecFiles(root: root, allowOutside: true, diagnostics: Diagnostics())
    let path = try path(file, files, root)
    guard let top = node(path, files) else {
      throw RunError(.spec, KeepMessages.badCharter(SpecFiles.shown(path)))
    }
    return (top, files)
  }

  /// Where it lies.
  static func path(_ file: String?, root: String) throws -> String {
    try path(
      file, SpecFiles(root: root, allowOutside: true, diagnostics: Diagnostics()), root)
  }

  private static func path(_ file: String?, _ files: SpecFiles, _ root: String) throws -> String {
    if let file { return SpecFiles.absolute(file) }
    let pin = root + "/octroi.yml"
    if FileManager.default.fileExists(atPath: pin), let node = node(pin, files)?["charter"],
      let path = files.resolve(node)
    {
      return path
    }
    for name in ["charte.yml", "charter.yml", "Pipelines/charte.yml"]
    where FileManager.default.fileExists(atPath: root + "/" + name) {
      return root + "/" + name
    }
    throw RunError(.spec, KeepMessages.noCharter, remedy: KeepMessages.nameCharter)
  }

  private static func node(_ path: String, _ files: SpecFiles) -> SpecNode? {
    let start = SpecPosition(file: path, line: 1, column: 1)
    guard let text = files.text(path, at: start) else { return nil }
    var reader = YAMLReader(file: path, diagnostics: files.diagnostics)
    return reader.read(text)
  }
}
