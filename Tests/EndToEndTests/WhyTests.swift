import Foundation
import TestSupport
import Testing

/// `octroi why`: tonight's number beside last night's.
@Suite struct WhyTests {
  @Test func whatChangedBetweenTwoRuns() throws {
    let project = try LookProject()
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let first = try project.octroi("why", "par_quartier")
    #expect(first.status == 0, "\(first.errors)")
    #expect(
      first.output.contains(
        "lignes: 8 read = 7 passed + 1 rejected + 0 skipped\n"
          + "      bad_number 1: not a number\n"))
    #expect(first.output.contains("  propres 3 join: 5 in → 3 out\n"), "\(first.output)")
    #expect(first.output.contains("− filtered_unknown 1: the condition was unknown"))
    #expect(first.output.contains("no earlier run to compare with"))

    try project.folder.write(LookProject.persons + "8,Lea,n2,9,\n", to: "lignes.csv")
    let second = try project.octroi(
      "run", "essai.yml", "--param", "seuil=0", "--param", "ville=Ville-Cachée")
    #expect(second.status == 0, "\(second.errors)")
    let why = try project.octroi("why", "par_quartier", language: "fr")
    #expect(why.output.contains("par_quartier ← groupes (essai), exécution 2 du "))
    #expect(why.output.contains("lignes : 9 (+1) lus = 8 (+1) gardés + 1 rejetés + 0 omis"))
    #expect(
      why.output.contains("propres 1 filter : 8 (+1) en entrée → 7 (+2) en sortie"), "\(why.output)"
    )
    #expect(why.output.contains("− filtered_false 0 (−1) : la condition était fausse"))
    #expect(why.output.contains("→ par_quartier : 2 (+1) ligne(s), autre contenu"))
    #expect(why.output.contains("entrée « lignes.csv » : sha256 "))
    #expect(why.output.contains("paramètre « seuil » : 1 → 0"))
    #expect(why.output.contains("paramètre « ville » a une autre valeur, qui n’est pas conservée"))
    #expect(!why.output.contains("définition"))
  }

  @Test func definitionsAreCompared() throws {
    let project = try LookProject()
    #expect(try project.octroi("run", "essai.yml").status == 0)
    #expect(try project.octroi("run", "essai.yml").status == 0)
    #expect(
      try project.octroi("why", "propres").output.contains(
        "nothing changed since run 1: same inputs, definitions, parameters and version"))
    let pipeline = LookProject.pipeline.replacing("      - deduplicate: [id]\n", with: "")
    try project.folder.write(pipeline, to: "essai.yml")
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let why = try project.json("why", "detail")
    let changes = try #require(why["changes"] as? [[String: Any]])
    #expect(changes.compactMap { $0["name"] as? String } == ["essai.yml", "propres 4 deduplicate"])
    #expect(changes.compactMap { $0["change"] as? String } == ["changed", "removed"])
    let outputs = try #require(why["outputs"] as? [[String: Any]])
    #expect(outputs.first?["rows"] as? [String: Int] == ["before": 2, "rows": 3])
    #expect(outputs.first?["same_content"] as? Bool == false)
    let earlier = try project.json("why", "detail", "--run", "2", "--against", "1")
    #expect((earlier["changes"] as? [Any])?.isEmpty == true)
  }

  /// New, gone and renamed files of a source.
  @Test func inputsAreComparedByContent() throws {
    let project = try LookProject()
    let pipeline = LookProject.pipeline.replacing("lignes.csv", with: "lot-*.csv")
    try project.folder.write(pipeline, to: "essai.yml")
    let header = "id,nom,quartier,montant,etat\n"
    try project.folder.write(header + "1,a,n1,5,x\n", to: "lot-1.csv")
    try project.folder.write(header + "2,a,n1,5,x\n", to: "lot-2.csv")
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let files = FileManager.default
    let place = { (name: String) in project.folder.url.appending(path: name) }
    try files.moveItem(at: place("lot-1.csv"), to: place("lot-9.csv"))
    try files.removeItem(at: place("lot-2.csv"))
    try project.folder.write(header + "3,a,n1,5,x\n", to: "lot-3.csv")
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let why = try project.octroi("why", "lignes")
    #expect(
      why.output.hasSuffix(
        """
        changed since run 1:
          input 'lot-2.csv' is gone
          input 'lot-3.csv' is new
          input 'lot-9.csv' was 'lot-1.csv'

        """), "\(why.output)")
  }

  @Test func theLedgerHoldsNoValues() throws {
    let project = try LookProject()
    #expect(try project.octroi("run", "essai.yml", "--param", "ville=Ville-Cachée").status == 0)
    for value in ["Ville-Cachée", "Durand", "malade", "王小明"] {
      #expect(!project.remembers(value))
    }
    #expect(project.remembers("filtered_unknown"))
  }

  @Test func aFailedRunIsSaidAndNotCompared() throws {
    let project = try LookProject()
    #expect(try project.octroi("run", "essai.yml").status == 0)
    try project.folder.write("id,nom\n", to: "lignes.csv")
    #expect(try project.octroi("run", "essai.yml").status != 0)
    let why = try project.octroi("why", "propres")
    #expect(why.output.contains("propres (essai), run 1 of "))
    #expect(why.output.contains("note: run 2 came later and failed (exit "))
  }

  @Test func namesAreSuggestedAndAbsencesTold() throws {
    let project = try LookProject()
    #expect(try project.octroi("why", "propres").status == 3)
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let unknown = try project.octroi("why", "propre")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("(did you mean 'propres'?)"))
    #expect(try project.octroi("why", "propres", "--run", "7").status == 2)
    let elsewhere = try Program.run(
      Program.octroi,
      ["why", "propres", "--pipeline", project.folder.url.appending(path: "essai.yml").path],
      in: FileManager.default.temporaryDirectory, environment: ["OCTROI_STATE": project.state.path])
    #expect(elsewhere.status == 0, "\(elsewhere.errors)")
  }

  /// A ledger of an early version is taken over: its runs stay, and are not compared.
  @Test func earlyLedgersAreTakenOver() throws {
    let project = try LookProject()
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let names = FileManager.default.enumerator(atPath: project.state.path) ?? .init()
    let ledger = try #require(
      names.compactMap { $0 as? String }.first { $0.hasSuffix("ledger.sqlite") })
    let old = try OracleTests.python(
      "ledger_v1.py", [project.state.appending(path: ledger).path])
    #expect(old.status == 0, "\(old.errors)")
    #expect(try project.octroi("runs").output.contains("1  2026-01-01T00:00:00Z  essai  exit 0"))
    #expect(try project.octroi("why", "propres").status == 3)
    #expect(try project.octroi("run", "essai.yml").status == 0)
    let why = try project.octroi("why", "propres")
    #expect(why.output.hasPrefix("propres (essai), run 2 of "), "\(why.output)\(why.errors)")
    #expect(why.output.contains("no earlier run to compare with"))
  }

  /// Machines find one way of writing: the ledger's, the manifest's and the run's keys agree.
  @Test func keysForMachinesAreInSnakeCase() throws {
    let project = try LookProject()
    let run = try project.json("run", "essai.yml")
    let output = try #require((run["outputs"] as? [[String: Any]])?.first)
    let digest = try #require(output["content_sha256"] as? String)
    let manifest = try project.folder.read("out/essai.manifest.json")
    #expect(manifest.contains("\"content_sha256\" : \"\(digest)\""))
    #expect(project.remembers(digest))
    func check(_ value: Any) {
      if let object = value as? [String: Any] {
        for (key, value) in object {
          #expect(key.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(key)")
          check(value)
        }
      }
      for item in value as? [Any] ?? [] { check(item) }
    }
    check(run)
    check(try project.json("why", "detail"))
    check(try JSONSerialization.jsonObject(with: Data(manifest.utf8)))
  }
}
