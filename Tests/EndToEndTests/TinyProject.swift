import Foundation
import TestSupport

/// One source of two columns, one output for internal use: what bad input is thrown at.
final class TinyProject {
  let folder: TemporaryFolder

  static let charter = """
    octroi: 1
    charter: essai
    city: Essai
    language: fr
    time_zone: Europe/Paris
    audiences:
      internal:
        allows: [plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]
        folder: out
        mode: "0600"
    rejects: {folder: rejets, retention_days: 30}
    purposes:
      essai: {fr: Essai, en: Trial}
    governance:
      lignes:
        title: {fr: Lignes, en: Rows}
        publisher: Essai
        purposes: [essai]

    """

  static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "privacy": "plain", "constraints": {"required": true}},
      {"name": "montant", "type": "number", "privacy": "plain"},
      {"name": "note", "type": "string", "privacy": "plain"}
    ]}
    """

  /// - Parameter source: lines under `sources.lignes`, such as `reject: {at_most: 1%}`.
  init(path: String = "lignes.csv", source: [String] = [], output: String = "out/lignes.csv") throws
  {
    folder = try TemporaryFolder()
    try folder.write(Self.charter, to: "charte.yml")
    try folder.write(Self.schema, to: "schema.json")
    let extra = source.map { "    \($0)\n" }.joined()
    try folder.write(
      """
      octroi: 1
      pipeline: essai
      purpose: essai
      charter: charte.yml
      sources:
        lignes:
          path: \(path)
          schema: schema.json
          governance: lignes
      \(extra)outputs:
        copie: {from: lignes, audience: internal, path: \(output)}

      """, to: "essai.yml")
  }

  func octroi(
    _ arguments: [String], environment: [String: String] = [:], input: Data = Data()
  ) throws -> ProgramResult {
    var all = ["OCTROI_STATE": folder.url.appending(path: ".state").path]
    all.merge(environment) { $1 }
    return try Program.run(
      Program.octroi, arguments + ["--lang", "en"], in: folder.url, environment: all, input: input)
  }

  /// A run in the background, for tests that disturb it.
  func start() throws -> Program.Started {
    try Program.start(
      Program.octroi, ["run", "essai.yml", "--lang", "en"], in: folder.url,
      environment: ["OCTROI_STATE": folder.url.appending(path: ".state").path])
  }

  func run() throws -> ProgramResult { try octroi(["run", "essai.yml"]) }

  /// Whether anything was published.
  var hasOutput: Bool {
    let out = folder.url.appending(path: "out").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
    return names.contains { !$0.hasPrefix(".") }
  }
}
