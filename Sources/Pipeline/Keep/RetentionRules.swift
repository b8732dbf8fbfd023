import Foundation
import StageKit
import Tabular

/// How long a charter has things kept, in days; nil for without end.
struct RetentionRules {
  var outputs: [String: Int] = [:]
  var rejects: Int?
  var vault: Int?
  var ledger: Int?
  /// Folder of reject files, absolute.
  var rejectFolder: String?

  /// - Parameters:
  ///   - file: the charter; nil for the one that `octroi.yml` at the root names.
  ///   - root: the project's.
  /// - Throws: `RunError` when there is none or it cannot be read.
  static func read(_ file: String?, root: String) throws -> RetentionRules {
    let diagnostics = Diagnostics()
    let files = SpecFiles(root: root, allowOutside: true, diagnostics: diagnostics)
    let path = try file.map { SpecFiles.absolute($0) } ?? pinned(files, root)
    guard let charter = node(path, files) else {
      throw RunError(.spec, KeepMessages.badCharter(SpecFiles.shown(path)))
    }
    var rules = RetentionRules()
    for entry in charter["audiences"]?.entries ?? [] {
      rules.outputs[entry.key] = entry.value["retention_days"]?.integer
    }
    rules.rejects = charter["rejects"]?["retention_days"]?.integer
    rules.rejectFolder = charter["rejects"]?["folder"].flatMap { files.resolve($0) }
    rules.vault = charter["retention"]?["vault_days"]?.integer
    rules.ledger = charter["retention"]?["ledger_days"]?.integer
    return rules
  }

  /// The charter that the project's own file names.
  private static func pinned(_ files: SpecFiles, _ root: String) throws -> String {
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
