import Foundation
import StageKit
import Tabular

/// `octroi.yml` at a project's root: what no pipeline chooses for itself.
struct ProjectPin {
  static let name = "octroi.yml"

  static let declarations: [OptionDeclaration] = [
    OptionDeclaration(
      "octroi", .literal, required: true,
      Message(en: "The format's version: 1.", fr: "La version du format : 1.")),
    OptionDeclaration(
      "charter", .file,
      Message(
        en: "The charter that all pipelines of the project are held to.",
        fr: "La charte à laquelle sont tenus tous les pipelines du projet.")),
  ]

  /// Absolute; nil when the file pins none.
  let charter: String?

  /// - Returns: nil when the root has no such file, or after diagnostics.
  static func read(_ files: SpecFiles, _ diagnostics: Diagnostics) -> ProjectPin? {
    let path = files.root + "/" + name
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let shown = SpecFiles.shown(path)
    let start = SpecPosition(file: shown, line: 1, column: 1)
    guard let text = files.text(path, at: start) else { return nil }
    // A file of comments only marks the root.
    let isMark = text.split(whereSeparator: \.isNewline).allSatisfy {
      $0.allSatisfy(\.isWhitespace) || $0.drop(while: \.isWhitespace).hasPrefix("#")
    }
    if isMark { return ProjectPin(charter: nil) }
    var reader = YAMLReader(file: shown, diagnostics: diagnostics)
    guard let root = reader.read(text) else { return nil }
    let values = OptionDecoder(diagnostics).record(
      declarations, root.entries ?? [], owner: name, at: root.position)
    guard let values else { return nil }
    return ProjectPin(charter: values["charter"].flatMap { files.resolve($0) })
  }

  /// Whether two paths name the same file.
  static func isSame(_ one: String, _ other: String) -> Bool {
    func real(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
    return real(one) == real(other)
  }
}
