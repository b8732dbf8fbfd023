import Foundation
import TestSupport
import Testing

/// Beside every published table lies what it is, as validators of others read it.
@Suite struct DataPackageTests {
  private static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "privacy": "plain", "constraints": {"required": true}},
      {"name": "motif", "type": "string", "privacy": "plain",
       "titles": {"fr": "Motif", "en": "Reason"}},
      {"name": "montant", "type": "number", "privacy": "plain", "decimals": 2},
      {"name": "jour", "type": "date", "privacy": "plain"},
      {"name": "heure", "type": "datetime", "format": "%Y-%m-%dT%H:%M:%S",
       "privacy": "plain"},
      {"name": "actif", "type": "boolean", "privacy": "plain"}
    ]}
    """

  private static let rows = """
    id,motif,montant,jour,heure,actif
    1,"=1+1; ""é"" <b>",-12.50,2026-01-31,2026-01-31T08:05:00,true
    2,"",,,,
    3,"deux
    lignes",1000,2025-12-01,2025-12-01T23:59:59,false

    """

  private static let outputs = [
    ("simple", "simple.csv", "opendata"), ("tableur", "tableur.csv", "excel-fr"),
    ("comprime", "simple.csv.gz", "opendata"), ("objets", "simple.json", "opendata"),
    ("lignes", "simple.jsonl", "opendata"),
  ]

  private func project() throws -> PersonProject {
    let outputs = Self.outputs.map { name, path, profile in
      "  \(name): {from: pleines, audience: research, path: out/recherche/\(path), "
        + "profile: \(profile), title: {fr: Essai, en: Trial}, description: {fr: Un, en: One}}\n"
    }
    let project = try PersonProject(
      pipeline: """
        octroi: 1
        pipeline: personnes
        purpose: essai
        charter: charte.yml
        sources:
          personnes: {path: personnes.csv, schema: schema.json, governance: personnes}
        steps:
          pleines: {from: personnes, stages: [{derive: {motif: "coalesce(motif, '')"}}]}
        outputs:
        \(outputs.joined())
        """)
    try project.folder.write(Self.schema, to: "schema.json")
    try project.folder.write(Self.rows, to: "personnes.csv")
    return project
  }

  private func packages(_ project: PersonProject) -> [String] {
    Self.outputs.map {
      project.folder.url.appending(path: "out/recherche/\($0.1).datapackage.json").path
    }
  }

  @Test func everyTableIsAsItsPackageSays() throws {
    let project = try project()
    let result = try project.octroi(["run", "personnes.yml"])
    #expect(result.status == 0, "\(result.errors)")
    let judged = try OracleTests.python("datapackages.py", packages(project))
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    #expect(judged.output == Self.outputs.map { "\($0.0) 3 6\n" }.joined())
    let verified = try project.octroi(["verify", "out/recherche"])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.split(separator: "\n").count == 2 * Self.outputs.count)
    let mode = try FileManager.default.attributesOfItem(atPath: packages(project)[0])
    #expect(mode[.posixPermissions] as? Int == 0o640)
  }

  @Test func aChangedPackageIsNoticedAndAWrongOneInvalid() throws {
    let project = try project()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let path = "out/recherche/simple.csv.datapackage.json"
    let text = try project.folder.read(path)
    try project.folder.write(
      text.replacing("\"type\" : \"date\"", with: "\"type\" : \"integer\""), to: path)
    let verified = try project.octroi(["verify", "out/recherche"])
    #expect(verified.status == 1)
    #expect(verified.output.contains("simple.csv.datapackage.json"))
    let judged = try OracleTests.python("datapackages.py", packages(project))
    #expect(judged.status == 1)
    #expect(judged.output.contains("INVALID"))
  }

  @Test func packagesGoWithTheirTables() throws {
    let project = try project()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    #expect(try project.octroi(["purge"]).status == 0)
    for path in packages(project) { #expect(!FileManager.default.fileExists(atPath: path)) }
    #expect(try project.octroi(["verify", "out"]).status == 0)
  }

  @Test func noTableTakesAPackagesPlace() throws {
    let project = try PersonProject(
      pipeline: PersonProject.pipeline.replacing(
        "summary:",
        with: "  autre: {from: nombres, audience: open, "
          + "path: out/public/nombres.csv.datapackage.json}\nsummary:"))
    let result = try project.octroi(["check", "personnes.yml"])
    #expect(result.status == 2, "\(result.output)")
    #expect(result.errors.contains("nombres.csv.datapackage.json"))
  }
}
