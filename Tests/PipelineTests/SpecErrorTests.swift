import Foundation
import Octroi
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// Broken pipelines and what is said of each, in both languages. `OCTROI_RECORD=1` records.
@Suite struct SpecErrorTests {
  static let root = "Tests/GoldenTests/cases/spec-errors"
  static let names = Repository.files(in: root, extension: "yml")
    .filter { $0.path.hasSuffix("/pipeline.yml") }
    .compactMap { $0.path.split(separator: "/").dropLast().last.map(String.init) }

  @Test func thereAreCases() { #expect(Self.names.count > 30) }

  @Test(arguments: names) func saysWhatIsRecorded(_ name: String) throws {
    let folder = Repository.root.appending(path: Self.root).appending(path: name)
    let result = Project.check(folder.appending(path: "pipeline.yml").path)
    #expect(result.hasErrors, "\(name) has no error")
    for finding in result.diagnostics {
      #expect(finding.position.line > 0 && finding.position.column > 0)
    }
    for language in [Language.en, .fr] {
      let said = Self.told(result.diagnostics, language, folder)
      let file = folder.appending(path: "expected.\(language.rawValue).txt")
      if ProcessInfo.processInfo.environment["OCTROI_RECORD"] == "1" {
        try Data(said.utf8).write(to: file)
      } else {
        let recorded = try? String(contentsOf: file, encoding: .utf8)
        #expect(said == recorded, "\(name), \(language.rawValue)")
      }
    }
  }

  /// All findings, in the order of the files as they are shown here.
  private static func told(
    _ findings: [Diagnostic], _ language: Language, _ folder: URL
  ) -> String {
    findings.enumerated().sorted {
      let files = [$0, $1].map { shown($0.element.position.file, folder) }
      return files[0] == files[1] ? $0.offset < $1.offset : files[0] < files[1]
    }.map { shown(DiagnosticText.lines([$0.element], language), folder) }.joined()
  }

  /// Paths as they are seen from the case's own folder.
  private static func shown(_ text: String, _ folder: URL) -> String {
    let above = folder.deletingLastPathComponent().path + "/"
    let here = Repository.root.path + "/"
    return text.replacing(folder.path + "/", with: "").replacing(above, with: "../")
      .replacing(folder.path.dropFirst(here.count) + "/", with: "")
      .replacing(above.dropFirst(here.count), with: "../")
  }
}
