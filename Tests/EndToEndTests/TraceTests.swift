import Foundation
import TestSupport
import Testing

/// `octroi trace`: where a row went.
@Suite struct TraceTests {
  /// The lines below a row's head.
  static func fates(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("  ") }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func aRowThatArrives() throws {
    let project = try LookProject()
    let result = try project.octroi("trace", "essai.yml", "--key", "id=1")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == """
        lignes: 1 row(s) have this value, of 8 records read

        row 1 of lignes, lignes.csv:2
          propres 1 filter, essai.yml:19:9: still here
          propres 2 derive, essai.yml:20:9: still here; changed: quartier n1 → N1; new: ville
          propres 3 join, essai.yml:21:9: still here; new: population = 100
          propres 4 deduplicate, essai.yml:22:9: still here
          groupes 1 aggregate, essai.yml:26:9: goes into the group quartier = N1
          groupes 2 sort, essai.yml:29:9: still here
          → reaches the output detail, par_quartier

        """)
  }

  @Test(arguments: [
    ("id=2", "propres 1 filter, essai.yml:19:9: gone: the condition was false (filtered_false)"),
    (
      "id=7",
      "propres 1 filter, essai.yml:19:9: gone: the condition was unknown, because a value is empty "
        + "(filtered_unknown)"
    ),
    ("id=3", "propres 3 join, essai.yml:21:9: gone: no row has the key (inner, semi) (unmatched)"),
    ("id=4", "propres 3 join, essai.yml:21:9: gone: the key is empty (inner, semi) (null_key)"),
    (
      "nom=Doublon",
      "propres 4 deduplicate, essai.yml:22:9: gone: another row with the same key stays (duplicate)"
    ),
  ])
  func aRowThatLeaves(key: String, fate: String) throws {
    let project = try LookProject()
    let result = try project.octroi("trace", "essai.yml", "--key", key)
    #expect(result.status == 0, "\(result.errors)")
    let fates = Self.fates(result.output)
    #expect(fates.suffix(2) == [fate, "→ reaches no output"], "\(result.output)")
  }

  @Test(arguments: ["id=x5", "nom=Tomasso"]) func aRecordThatIsNoRow(key: String) throws {
    let project = try LookProject()
    let result = try project.octroi("trace", "essai.yml", "--key", key)
    #expect(
      result.output == """
        lignes: no row has this value (of 8 records read)
          lignes.csv:6: rejected at read: not a number (id, rule: type integer)

        """)
    let json = try project.json("trace", "essai.yml", "--key", key)
    let source = try #require((json["sources"] as? [[String: Any]])?.first)
    let lost = try #require((source["not_rows"] as? [[String: Any]])?.first)
    #expect(lost["line"] as? Int == 6 && lost["reason"] as? String == "bad_number")
  }

  /// Broken quotes, too few fields, footers: the line is told, whatever became of the record.
  @Test func brokenRecordsAreFoundByTheirText() throws {
    let project = try LookProject(
      persons: """
        id,nom,quartier,montant,etat
        1,Durand,n1,5,x
        2,Court
        3,"Guil"lemet,n1,5,x
        4,"Deux
        lignes",n1,5,x
        5,Martin,n1,5,x

        """)
    for (name, line, words) in [
      ("Court", 3, "too few fields"), ("Guillemet", 4, "text follows a closing quote"),
    ] {
      let result = try project.octroi("trace", "essai.yml", "--key", "nom=\(name)")
      #expect(result.output.contains("lignes.csv:\(line): rejected at read: \(words)"))
    }
    let after = try project.octroi("trace", "essai.yml", "--key", "id=5")
    #expect(after.output.contains("row 1 of lignes, lignes.csv:7\n"), "\(after.output)")
  }

  @Test func noPersonalValueIsPrinted() throws {
    let project = try LookProject()
    let pipeline = LookProject.pipeline.replacing(
      "upper(quartier), ville: \":ville\"", with: "upper(quartier), nom: upper(nom), etat2: etat")
    try project.folder.write(pipeline, to: "essai.yml")
    for key in ["nom=Durand", "etat=malade", "quartier=n1"] {
      for extra in [[], ["--json"]] {
        let result = try Program.run(
          Program.octroi, ["trace", "essai.yml", "--key", key] + extra, in: project.folder.url,
          environment: ["OCTROI_STATE": project.state.path])
        #expect(result.status == 0, "\(result.errors)")
        for personal in ["urand", "URAND", "malade", "王", "Doublon", "secret", "Tomasso"] {
          #expect(!result.output.contains(personal) && !result.errors.contains(personal), "\(key)")
        }
      }
    }
    let told = try project.octroi("trace", "essai.yml", "--key", "id=1", language: "fr")
    #expect(told.output.contains("changés : nom (masqué), quartier n1 → N1 ; nouveaux : etat2"))
    #expect(!project.remembers("Durand") && !project.remembers("ledger"))
    let wrong = try project.octroi("trace", "essai.yml", "--key", "Durand")
    #expect(wrong.status == 2 && !wrong.errors.contains("Durand"))
  }

  @Test func theValueCanComeByStandardInput() throws {
    let project = try LookProject()
    let result = try Program.run(
      Program.octroi,
      ["trace", "essai.yml", "--key", "nom=-", "--step", "propres", "--lang", "en"],
      in: project.folder.url, environment: ["OCTROI_STATE": project.state.path],
      input: Data("Zoé\n".utf8))
    #expect(result.output.contains("row 1 of lignes, lignes.csv:4"))
    let missing = try project.octroi("trace", "essai.yml", "--key", "montant=")
    #expect(missing.output.contains("row 1 of lignes, lignes.csv:9"))
  }

  @Test func accentsAreFoundHoweverTheyAreWritten() throws {
    let project = try LookProject(
      persons: "id,nom,quartier,montant,etat\n1,Zoe\u{308},n1,5,x\n2,Zoé,n1,5,x\n")
    let result = try project.octroi("trace", "essai.yml", "--key", "nom=Zo\u{eb}")
    #expect(result.output.contains("row 1 of lignes, lignes.csv:2"))
    #expect(!result.output.contains("lignes.csv:3"))
  }

  @Test func rowsOfOtherTablesAreToldWhereTheyAreLookedUp() throws {
    let project = try LookProject()
    let result = try project.octroi("trace", "essai.yml", "--key", "population=100")
    #expect(
      result.output.contains(
        "propres 3 join, essai.yml:21:9: looked up here as a row of 'quartiers'"))
  }

  @Test func manyRowsAreCountedAndTheFirstFollowed() throws {
    let rows = (1...500).map { "\($0),Durand,n1,\($0),x\n" }.joined()
    let project = try LookProject(persons: "id,nom,quartier,montant,etat\n" + rows)
    let result = try project.octroi("trace", "essai.yml", "--key", "nom=Durand", "--rows", "3")
    #expect(
      result.output.hasPrefix(
        "lignes: 500 row(s) have this value, of 500 records read; the first 3 are followed\n"))
    #expect(result.output.contains("row 3 of lignes") && !result.output.contains("row 4 of"))
  }

  @Test func unknownFieldsAreSuggested() throws {
    let project = try LookProject()
    let result = try project.octroi("trace", "essai.yml", "--key", "nomm=Durand")
    #expect(result.status == 2)
    #expect(result.errors.contains("no source has a field 'nomm' (did you mean 'nom'?)"))
    #expect(!result.errors.contains("Durand"))
    let step = try project.octroi("trace", "essai.yml", "--key", "id=1", "--step", "propre")
    #expect(step.status == 2 && step.errors.contains("(did you mean 'propres'?)"))
  }
}
