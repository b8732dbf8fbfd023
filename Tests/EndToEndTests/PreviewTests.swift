import Foundation
import TestSupport
import Testing

/// `octroi preview`: rows on the way, without the persons in them.
@Suite struct PreviewTests {
  @Test func rowsAsTheyStandAfterAStep() throws {
    let project = try LookProject()
    let result = try project.octroi("preview", "essai.yml", "--step", "propres")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == """
        id  nom  quartier  montant  etat  ville  population
        --  ---  --------  -------  ----  -----  ----------
         1  ***  N1            5.5  ***   ***           100
         6  ***  N1              7  ***   ***           100

        """)
    #expect(result.errors.contains("2 row(s), all there are"))
    #expect(result.errors.contains("masked: nom (direct), etat (sensitive)"))
  }

  @Test func sourcesAndSingleStages() throws {
    let project = try LookProject()
    let source = try project.octroi("preview", "essai.yml", "--step", "lignes", "--rows", "1")
    #expect(source.output.split(separator: "\n").count == 3)
    #expect(source.errors.contains("1 row(s), more follow"))
    let stage = try project.octroi(
      "preview", "essai.yml", "--step", "propres", "--stage", "2", language: "fr")
    #expect(stage.output.contains("N9") && !stage.output.contains("population"))
    #expect(stage.errors.contains("masqués : nom (direct), etat (sensible)"))
    let groups = try project.octroi("preview", "essai.yml", "--step", "groupes")
    #expect(groups.output.hasSuffix("N1        2   12.5\n"))
  }

  @Test(arguments: ["lignes", "propres", "groupes"]) func theMaskHolds(step: String) throws {
    let project = try LookProject()
    for json in [[], ["--json"]] {
      let result = try Program.run(
        Program.octroi, ["preview", "essai.yml", "--step", step] + json, in: project.folder.url,
        environment: ["OCTROI_STATE": project.state.path])
      #expect(result.status == 0, "\(result.errors)")
      for personal in ["Durand", "Zoé", "王", "malade", "secret", "Tomasso"] {
        #expect(!result.output.contains(personal) && !result.errors.contains(personal))
      }
    }
  }

  /// Whether somebody has a value may say as much as the value.
  @Test func emptyMaskedCellsLookLikeAllOthers() throws {
    let project = try LookProject()
    let result = try project.json("preview", "essai.yml", "--step", "lignes")
    let rows = try #require(result["rows"] as? [[String: Any]])
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { $0["etat"] as? String == "***" })
    #expect(rows.first?["montant"] as? Double == 5.5)
    #expect(rows.last?["montant"] is NSNull)
    let fields = try #require(result["fields"] as? [[String: Any]])
    #expect(
      fields.filter { $0["masked"] as? Bool == true }.compactMap { $0["name"] as? String }
        == ["nom", "etat"])
  }

  @Test func escapeSequencesNeverReachTheTerminal() throws {
    let nasty = "\"\u{1b}[2J\u{9b}31m\u{202e}\r\nx\t王小明\u{7}\""
    let project = try LookProject(
      persons: "id,nom,quartier,montant,etat\n1,a,\(nasty),5,b\n2,a,court,5,b\n")
    let table = try project.octroi("preview", "essai.yml", "--step", "lignes")
    #expect(table.status == 0, "\(table.errors)")
    let shown = "\\u001b[2J\\u009b31m\\u202e\\r\\nx\\t王小明\\u…"
    #expect(table.output.contains(" ***  \(shown)  "), "\(table.output)")
    let json = try project.octroi("preview", "essai.yml", "--step", "lignes", "--json")
    for output in [table.output, json.output] {
      #expect(
        output.unicodeScalars.allSatisfy {
          $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
        })
    }
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let rows = try #require(object?["rows"] as? [[String: Any]])
    #expect(rows.first?["quartier"] as? String == "\u{1b}[2J\u{9b}31m\u{202e}\r\nx\t王小明\u{7}")
  }

  /// The end of the input is cut off, which a run meets and a preview does not.
  @Test func nothingIsReadBeyondTheRowsWanted() throws {
    let rows = (1...200_000).map { "\($0),Durand,n1,5.5,malade\n" }.joined()
    let project = try LookProject(persons: "id,nom,quartier,montant,etat\n" + rows)
    let input = project.folder.url.appending(path: "lignes.csv")
    let packed = try Program.run(URL(filePath: "/bin/gzip"), ["-n", input.path])
    #expect(packed.status == 0)
    let gz = project.folder.url.appending(path: "lignes.csv.gz")
    var bytes = try Data(contentsOf: gz)
    bytes.removeLast(8)
    try project.folder.write(bytes, to: "lignes.csv")
    let preview = try project.octroi("preview", "essai.yml", "--step", "propres", "--stage", "2")
    #expect(preview.status == 0, "\(preview.errors)")
    #expect(preview.output.split(separator: "\n").count == 22)
    #expect(try project.octroi("run", "essai.yml").status != 0)
  }

  @Test func nothingIsPublishedOrRemembered() throws {
    let project = try LookProject()
    #expect(try project.octroi("preview", "essai.yml", "--step", "propres").status == 0)
    let files = FileManager.default
    #expect(!files.fileExists(atPath: project.folder.url.appending(path: "out").path))
    #expect(!files.fileExists(atPath: project.folder.url.appending(path: "rejets").path))
    for case let name as String in files.enumerator(atPath: project.state.path) ?? .init() {
      #expect(!name.contains("ledger") && !name.contains("lock") && !name.contains("look-"))
    }
  }

  /// What is masked anyway needs no key.
  @Test func pseudonymsNeedNoKeyToBeMasked() throws {
    let project = try LookProject()
    let pipeline = LookProject.pipeline.replacing(
      "deduplicate: [id]", with: "pseudonymise: {fields: [nom], scope: recherche}")
    try project.folder.write(pipeline, to: "essai.yml")
    let preview = try project.octroi("preview", "essai.yml", "--step", "propres")
    #expect(preview.status == 0, "\(preview.errors)")
    #expect(preview.errors.contains("masked: nom (pseudonym)"))
    #expect(try project.octroi("trace", "essai.yml", "--key", "id=1").status == 0)
    #expect(try project.octroi("run", "essai.yml").status == 1)
  }

  @Test func unknownStepsAreSuggested() throws {
    let project = try LookProject()
    let step = try project.octroi("preview", "essai.yml", "--step", "propre")
    #expect(step.status == 2)
    #expect(step.errors.contains("(did you mean 'propres'?)"))
    let stage = try project.octroi("preview", "essai.yml", "--step", "propres", "--stage", "9")
    #expect(stage.status == 2)
    #expect(stage.errors.contains("'propres' has stages 1 to 4"))
    #expect(
      try project.octroi("preview", "essai.yml", "--step", "propres", "--rows", "0").status == 2)
  }
}
