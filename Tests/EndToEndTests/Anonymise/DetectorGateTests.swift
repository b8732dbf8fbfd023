import Foundation
import TestSupport
import Testing

/// What a schema calls plain is looked at all the same before it leaves: by the binary.
@Suite struct DetectorGateTests {
  private static let charter = CensusProject.charter.replacing(
    "audiences:\n",
    with: """
      audiences:
        open: {allows: [plain, aggregate], folder: out/public, mode: "0644"}

      """)

  private static let schema = """
    {"fields": [
      {"name": "lieu", "type": "string", "privacy": "plain"},
      {"name": "contact", "type": "string", "privacy": "plain"},
      {"name": "remarque", "type": "string", "privacy": "plain"},
      {"name": "code", "type": "integer", "privacy": "plain"},
      {"name": "siret", "type": "string", "privacy": "plain"}
    ]}
    """

  /// - Parameters:
  ///   - detectors: the charter's key, one line.
  ///   - remarks: by row; other rows have one that names nobody.
  private func project(
    detectors: String = "", remarks: [Int: String] = [:], rows: Int = 300,
    file: String = "lieux.csv", audience: String = "open", folder: String = "public"
  ) throws -> TinyProject {
    let project = try TinyProject()
    try project.folder.write(Self.charter + detectors + "\n", to: "charte.yml")
    try project.folder.write("octroi: 1\ncharter: charte.yml\n", to: "octroi.yml")
    try project.folder.write(Self.schema, to: "schema.json")
    var text = "lieu,contact,remarque,code,siret\n"
    for row in 0..<rows {
      // Numbers with as many digits as persons' have, right by chance only.
      let code = 10_000_000_000 + row * 7_919_111
      text += "Place \(row),,\(remarks[row] ?? "banc cassé"),\(code),732829320000\(74 + row % 9)\n"
    }
    try project.folder.write(text, to: "lieux.csv")
    try project.folder.write(
      """
      octroi: 1
      pipeline: lieux
      purpose: essai
      charter: charte.yml
      sources:
        lieux: {path: lieux.csv, schema: schema.json, governance: personnes}
      outputs:
        lieux: {from: lieux, audience: \(audience), path: out/\(folder)/\(file), profile: opendata}

      """, to: "lieux.yml")
    return project
  }

  private static let leaks = [3: "rappeler le 06 12 34 56 78", 7: "a.b@exemple.fr ou c@exemple.fr"]

  @Test(arguments: ["lieux.csv", "lieux.csv.gz", "lieux.json", "lieux.jsonl"], ["1", "3"])
  func whatNamesPersonsIsRefused(file: String, threads: String) throws {
    let project = try project(remarks: Self.leaks, file: file)
    let run = try project.octroi(["run", "lieux.yml", "--threads", threads])
    #expect(run.status == 1)
    #expect(run.errors.contains("remarque (email 1, phone 1)"), "\(run.errors)")
    #expect(run.errors.contains("redact_text") && run.errors.contains("detectors"))
    #expect(!run.errors.contains("exemple.fr") && !run.errors.contains("06 12"))
    let output = project.folder.url.appending(path: "out/public/\(file)").path
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test func whatIsThereByRightPassesAndIsTold() throws {
    for detectors in [
      "detectors: {at_most: 2}", "detectors: {at_most: 1%}", "detectors: {kinds: [iban]}",
      "detectors: {expected: {x: {field: remarque, kinds: [email, phone], because: essai}}}",
    ] {
      let project = try project(detectors: detectors, remarks: Self.leaks)
      let run = try project.octroi(["run", "lieux.yml"])
      #expect(run.status == 0, "\(detectors): \(run.errors)")
      let manifest = try String(
        contentsOf: project.folder.url.appending(path: "out/public/lieux.manifest.json"),
        encoding: .utf8)
      #expect(manifest.contains("\"detectors\""))
      #expect(manifest.contains(detectors.contains("at_most") ? "\"hits\" : 2" : "\"hits\" : 0"))
    }
    for detectors in [
      "detectors: {at_most: 1}", "detectors: {at_most: 0.5%}",
      "detectors: {expected: {x: {field: remarque, kinds: [email], because: essai}}}",
    ] {
      let refused = try project(detectors: detectors, remarks: Self.leaks)
      #expect(try refused.octroi(["run", "lieux.yml"]).status == 1, "\(detectors)")
    }
  }

  /// Codes that come right by chance refuse nothing; the same column full of right ones does.
  @Test func chanceIsNoEvidence() throws {
    let run = try project().octroi(["run", "lieux.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let numbers = try project(
      remarks: Dictionary(
        uniqueKeysWithValues: (0..<300).map { row in
          let body = 184_034_410_000_0 + row
          return (row, "\(body)\(String(97 - body % 97).count == 1 ? "0" : "")\(97 - body % 97)")
        }))
    let refused = try numbers.octroi(["run", "lieux.yml"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("remarque (national number 300)"), "\(refused.errors)")
  }

  @Test func whoMaySeePersonsIsNotWatched() throws {
    let project = try project(remarks: Self.leaks, audience: "internal", folder: "interne")
    let run = try project.octroi(["run", "lieux.yml"])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func wrongRulesAreTold() throws {
    let project = try project(detectors: "detectors: {kinds: [adn]}")
    let check = try project.octroi(["check", "lieux.yml"])
    #expect(check.status == 2)
    #expect(check.errors.contains("credit_card"), "\(check.errors)")
  }
}
