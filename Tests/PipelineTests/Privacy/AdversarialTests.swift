import Foundation
import Octroi
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// Pipelines that must be refused, each for its own reason, and pipelines that must pass: the
/// static check reads no data, so there is none.
@Suite struct AdversarialTests {
  static let folder = "Tests/GoldenTests/cases/privacy"

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// The finding that must be there.
    let code: String?
    let body: String
    var testDescription: String { name }
  }

  /// What a case does not say itself.
  static let head = [
    "octroi": "octroi: 1", "pipeline": "pipeline: essai", "purpose": "purpose: recherche",
    "charter": "charter: charte.yml",
  ]

  static let sources = ["gens", "membres", "elus", "quartiers", "anciens", "nouveaux"]

  static func cases(_ file: String) -> [Case] {
    let url = Repository.root.appending(path: folder).appending(path: file)
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n=== ").dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let title = lines[0].components(separatedBy: ": ")
      return Case(
        name: title[0], code: title.count > 1 ? title[1] : nil,
        body: lines.count > 1 ? String(lines[1]) : "")
    }
  }

  static let leaks = cases("leaks.txt")
  static let sound = cases("sound.txt")
  static let mended = cases("mended.txt")

  static func check(_ one: Case) throws -> PlanResult {
    var text = one.body + "\n"
    for (key, lines) in head.sorted(by: { $0.key < $1.key })
    where !one.body.split(separator: "\n").contains(where: { $0.hasPrefix(key + ":") }) {
      text = lines + "\n" + text
    }
    text += "sources:\n"
    for name in sources where one.body.contains(": \(name)") || one.body.contains("[\(name)]") {
      let schema = ["anciens", "nouveaux"].contains(name) ? "quartiers" : name
      text += "  \(name): {path: \(name).csv, schema: \(schema).schema.json, governance: \(name)}\n"
    }
    // In a folder of its own below the project's, so that cases can run side by side.
    let place = try TemporaryFolder()
    for name in [
      "octroi.yml", "charte.yml", "autre.yml", "gens.schema.json",
      "membres.schema.json", "elus.schema.json", "quartiers.schema.json", "postal.csv",
      "gens.csv",
    ] {
      let file = Repository.root.appending(path: folder).appending(path: name)
      try FileManager.default.copyItem(at: file, to: place.url.appending(path: name))
    }
    try place.write(text, to: "essai.yml")
    return Project.check(place.url.appending(path: "essai.yml").path)
  }

  @Test func thereAreEnough() {
    #expect(Self.leaks.count >= 60)
    #expect(Self.sound.count >= 60)
    #expect(Self.mended.count >= 60)
    #expect(Set((Self.leaks + Self.sound).map(\.name)).count == Self.leaks.count + Self.sound.count)
  }

  @Test(arguments: leaks) func leaksAreRefused(_ one: Case) throws {
    let result = try Self.check(one)
    let errors = result.diagnostics.filter { $0.severity == .error }
    #expect(result.plan == nil)
    let code = try #require(one.code)
    #expect(errors.contains { $0.code == code }, "\(errors.map { "\($0.code): \($0.message.en)" })")
    // For its reason, and not because the case itself is broken.
    let expected: Set<String> = [
      "forbidden-class", "forbidden-taint", "min-count", "k-anonymity", "l-diversity",
      "date-precision", "dominance", "scope-audience", "incomplete-governance", "one-value",
    ]
    #expect(
      errors.allSatisfy { $0.code == code || expected.contains($0.code) },
      "\(errors.map { "\($0.code): \($0.message.en)" })")
    for error in errors {
      #expect(error.position.line > 0 && !error.position.file.isEmpty)
      #expect(error.message.en != error.message.fr)
    }
  }

  @Test(arguments: sound) func soundPipelinesPass(_ one: Case) throws {
    let result = try Self.check(one)
    let errors = result.diagnostics.filter { $0.severity == .error }
    #expect(result.plan != nil, "\(errors.map { "\($0.code): \($0.message.en)" })")
  }

  /// With the leak taken out, and nothing else, it passes: so it was refused for the leak.
  @Test(arguments: mended) func mendedPipelinesPass(_ one: Case) throws {
    var mended = try #require(Self.leaks.first { $0.name == one.name })
    for line in one.body.split(separator: "\n") {
      let sides = line.components(separatedBy: " ⇒")
      try #require(sides.count == 2 && mended.body.contains(sides[0]), "\(line)")
      let other = String(sides[1].dropFirst())
      mended = Case(
        name: one.name, code: nil, body: mended.body.replacing(sides[0], with: other))
    }
    let errors = try Self.check(mended).diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map { "\($0.code): \($0.message.en)" })")
  }
}
