import Foundation
import TestSupport
import Testing

/// What a researcher receives: it loads as it says, and says nothing that the rows do not bear.
@Suite struct BundleTests {
  private static let schema = """
    {"fields": [
      {"name": "courriel", "type": "string", "privacy": "direct",
       "titles": {"fr": "Courriel", "en": "E-mail"}},
      {"name": "quartier", "type": "string", "privacy": "plain",
       "titles": {"fr": "Quartier", "en": "District"}, "description": "Où habite la personne.",
       "descriptions": {"fr": "Où habite la personne.", "en": "Where the person lives."}},
      {"name": "motif", "type": "string", "privacy": "plain"},
      {"name": "age", "type": "integer", "privacy": "quasi"},
      {"name": "montant", "type": "number", "privacy": "plain", "decimals": 2},
      {"name": "jour", "type": "date", "privacy": "plain"},
      {"name": "actif", "type": "boolean", "privacy": "plain"}
    ]}
    """

  private static let pipeline = """
    octroi: 1
    pipeline: personnes
    title: {fr: Essai de lot, en: A trial bundle}
    description: {fr: Des lignes inventées., en: Invented rows.}
    purpose: essai
    charter: charte.yml
    sources:
      personnes: {path: personnes.csv, schema: schema.json, governance: personnes}
    steps:
      codes:
        from: personnes
        stages:
          - pseudonymise: {fields: courriel, scope: recherche}
          - rename: {courriel: personne}
          - truncate: {fields: age, multiple: 10}
          - truncate: {fields: jour, to: month}
    outputs:
      codes:
        from: codes
        audience: research
        path: out/recherche/codes/
        bundle:
          conditions: {fr: Convention 12, en: Agreement 12}
          fields:
            personne: {title: {fr: Personne, en: Person}}
            age: {description: {fr: Tranche, en: Band}, unit: années}

    """

  private func project(pipeline: String = BundleTests.pipeline) throws -> PersonProject {
    let project = try PersonProject(pipeline: pipeline)
    try project.folder.write(Self.schema, to: "schema.json")
    var text = "courriel,quartier,motif,age,montant,jour,actif\n"
    var state: UInt64 = 11
    func dice(_ faces: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % faces
    }
    for row in 0..<900 {
      // Few persons behind some values, many rows behind some of them.
      let person = row % 7 == 0 ? dice(4) : dice(300)
      let quartier = person < 4 ? "Rare|\(person)" : "Q\(dice(5))"
      let motif = dice(60) == 0 ? "" : dice(200) == 0 ? "\"NA, \"\"*\"\"\"" : "M\(dice(3))"
      text += "p\(person)@exemple.fr,\(quartier),\(motif),\(dice(90)),\(dice(1000)).\(dice(10)),"
      text += "2026-0\(1 + dice(9))-1\(dice(9)),\(dice(9) == 0 ? "" : "true")\n"
    }
    try project.folder.write(text, to: "personnes.csv")
    return project
  }

  @Test func loadsAsItSays() throws {
    let project = try project()
    let result = try project.octroi(["run", "personnes.yml"])
    #expect(result.status == 0, "\(result.errors)")
    let folder = project.folder.url.appending(path: "out/recherche/codes")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.sorted()
    #expect(
      names == [
        "SHA256SUMS", "codebook.en.html", "codebook.en.md", "codebook.fr.html", "codebook.fr.md",
        "codes.csv.gz", "datapackage.json", "personnes.manifest.json", "risk.en.html",
        "risk.fr.html", "risk.json",
      ])
    let judged = try OracleTests.python("bundle.py", [folder.path, "personne", "11"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    #expect(judged.output.hasPrefix("7 fields, 900 rows, 3 tables"), "\(judged.output)")

    let codebook = try project.folder.read("out/recherche/codes/codebook.en.md")
    for word in [
      "Agreement 12", "Where the person lives.", "| années |", "pseudonymise", "truncate",
      "still personal data", "Singling out", "risk.en.html", "donnees@essai.example", "etalab-2.0",
    ] { #expect(codebook.contains(word), "no '\(word)'") }
    #expect(try project.folder.read("out/recherche/codes/codebook.fr.md").contains("Où habite"))
    for name in names where name != "codes.csv.gz" {
      let text = try project.folder.read("out/recherche/codes/" + name)
      for secret in ["Rare", "exemple.fr", "NA, "] {
        #expect(!text.contains(secret), "\(name) tells \(secret)")
      }
    }
    let verified = try project.octroi(["verify", "out/recherche"])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.split(separator: "\n").count == 10)
  }

  @Test func isTheSameEveryTimeAndPurgedAsAWhole() throws {
    let project = try project()
    #expect(try project.octroi(["run", "personnes.yml", "--threads", "1"]).status == 0)
    let out = { try project.artefacts(but: [".", "personnes", "schema", "charte", "octroi"]) }
    let first = try out()
    #expect(first.count == 11)
    #expect(try project.octroi(["run", "personnes.yml", "--threads", "4"]).status == 0)
    #expect(try out() == first)
    #expect(try project.octroi(["purge"]).status == 0)
    #expect(
      Set(try out().keys) == [
        "out/recherche/codes/octroi.purged.json", "out/recherche/codes/personnes.manifest.json",
      ])
    let verified = try project.octroi(["verify", "out"])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.split(separator: "\n").allSatisfy { $0.hasPrefix("purged on") })
  }

  @Test func aBundleIsAloneAndOfCSV() throws {
    let second =
      Self.pipeline
      + "  autre: {from: codes, audience: research, path: out/recherche/codes/autre.csv}\n"
    let twice = try project(pipeline: second).octroi(["check", "personnes.yml"])
    #expect(twice.status == 2 && twice.output.isEmpty)
    #expect(twice.errors.contains("a bundle has its own"))
    let excel = Self.pipeline.replacing(
      "    bundle:\n", with: "    profile: excel-fr\n    bundle:\n")
    let wrong = try project(pipeline: excel).octroi(["check", "personnes.yml"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("of the profile opendata"))
  }
}
