import Foundation
import TestSupport
import Testing

/// The Adult census, on which ARX's optima are known.
@Suite struct AdultTests {
  private static let fields = [
    "sex", "age", "race", "marital-status", "education", "native-country", "workclass",
    "occupation", "salary-class",
  ]

  private struct Optimum {
    let levels: String
    let score: Double
    let suppressed: Int
    let classes: Int
  }

  private func project(_ options: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let data = Repository.root.appending(path: "Tests/EndToEndTests/oracles/adult")
    try FileManager.default.copyItem(at: data, to: folder.url.appending(path: "adult"))
    try folder.write(CensusProject.charter, to: "charte.yml")
    try folder.write("octroi: 1\ncharter: charte.yml\n", to: "octroi.yml")
    let schema = Self.fields.map {
      "{\"name\": \"\($0)\", \"type\": \"string\", \"privacy\": \"quasi\"}"
    }
    try folder.write("{\"fields\": [\(schema.joined(separator: ", "))]}", to: "schema.json")
    let quasi = Self.fields.map { "\($0): adult/\($0).csv" }
    try folder.write(
      """
      octroi: 1
      pipeline: adult
      purpose: essai
      charter: charte.yml
      sources:
        adult:
          {path: adult/adult.csv.gz, schema: schema.json, dialect: {delimiter: ";"},
           governance: personnes}
      steps:
        cachees:
          from: adult
          stages:
            - k_anonymise:
                {k: 5, person: row, solution: niveaux.yml, \(options),
                 quasi: {\(quasi.joined(separator: ", "))}}
      outputs:
        cachees: {from: cachees, audience: research, path: out/recherche/adult.csv}

      """, to: "adult.yml")
    return folder
  }

  /// What a run proposes.
  private func optimum(_ options: String) throws -> Optimum {
    let folder = try project(options)
    let run = try Program.run(
      Program.octroi, ["run", "adult.yml", "--lang", "en"], in: folder.url,
      environment: ["OCTROI_STATE": folder.url.appending(path: ".state").path])
    try #require(run.status == 1 && run.errors.contains("review the file"), "\(run.errors)")
    let text = try String(contentsOf: folder.url.appending(path: "niveaux.yml"), encoding: .utf8)
    // Nobody has proven that no other rows' levels of their own were better.
    #expect(text.contains("\nproven_best: \(!options.contains("local_recoding"))\n"))
    let lines = text.split(separator: "\n").map(String.init)
    func value(_ key: String) -> String {
      lines.first { $0.hasPrefix(key + ": ") }.map { String($0.dropFirst(key.count + 2)) } ?? ""
    }
    return Optimum(
      levels: Self.fields.map { value("  \"\($0)\"") }.joined(),
      score: Double(value("score")) ?? .nan, suppressed: Int(value("suppressed")) ?? -1,
      classes: Int(value("classes")) ?? -1)
  }

  @Test func optimaAreARXs() throws {
    let whole = try optimum("suppress_at_most: 0")
    #expect(whole.levels == "041132210" && whole.suppressed == 0 && whole.classes == 24)
    #expect(abs(whole.score - 0.5731509655590044) < 1e-9)
    let some = try optimum("suppress_at_most: 2%")
    #expect(some.levels == "030221120" && some.suppressed == 506 && some.classes == 222)
    #expect(abs(some.score - 0.3137130352819242) < 1e-9)
  }

  /// Failing classes at levels of their own: who is left at the end is too few for a class, and
  /// stays in one where all is hidden if nobody may be left out.
  @Test func recodingLeavesFewerThanAClass() throws {
    let some = try optimum("suppress_at_most: 2%, local_recoding: 3")
    #expect((1..<5).contains(some.suppressed) && some.classes > 700)
    #expect(some.score < 0.3137130352819242 / 1.5)
    let whole = try optimum("suppress_at_most: 0, local_recoding: 3")
    #expect(whole.suppressed == 0 && whole.classes > 700)
    #expect(whole.score < 0.5731509655590044 / 2)
  }

  /// Who asks to stop is heard between two nodes of the search.
  @Test func stoppedWhileSearching() throws {
    let folder = try project("suppress_at_most: 2%, local_recoding: 20")
    let run = try Program.start(
      Program.octroi, ["run", "adult.yml"], in: folder.url,
      environment: ["OCTROI_STATE": folder.url.appending(path: ".state").path])
    Thread.sleep(forTimeInterval: 1)
    #expect(run.process.isRunning)
    kill(run.process.processIdentifier, SIGINT)
    _ = run.end(within: 60)
    #expect(run.process.terminationReason == .exit && run.process.terminationStatus == 130)
    #expect(
      !FileManager.default.fileExists(atPath: folder.url.appending(path: "niveaux.yml").path))
  }
}
