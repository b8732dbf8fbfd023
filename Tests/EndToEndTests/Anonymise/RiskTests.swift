import Foundation
import TestSupport
import Testing

/// `octroi risk` and the accounts of exports, against Python's counts by the definitions.
@Suite struct RiskTests {
  /// What the oracle found.
  private struct Judged: Decodable {
    let persons: Int
    let classes: Int
    let smallest: Int
    /// Highest, average, persons above the threshold.
    let prosecutor: [Double]
    let journalist: [Double]
    let uniques: Int
    let pitman: Double?
    /// By field: fewest values, classes with one, the surest guess, guesses on average.
    let attributes: [String: [Double]]
  }

  private struct Attack: Decodable, Equatable {
    let highest: Double
    let average: Double
    let persons_above: Int
  }

  private struct Estimate: Decodable, Equatable {
    let estimate: Double?
    let status: String?
  }

  private struct Figures: Decodable, Equatable {
    let persons: Int
    let classes: Int
    let smallest_class: Int
    let prosecutor: Attack
    let journalist: Attack
    let marketer: Double
    let sample_uniques: Int
    let population_uniques: [String: Estimate]
  }

  private struct Attribute: Decodable {
    let field: String
    let least_values: Int
    let classes_with_one_value: Int
    let highest_guess: Double
    let average_guess: Double
  }

  private struct Report: Decodable {
    let risk: Figures?
    let after: Figures?
    let attributes: [Attribute]
    let criteria: [[String: String]]
  }

  private func judged(
    _ file: String, delimiter: String, _ quasi: String, person: String = "-", _ sensitive: String,
    fraction: String = "1"
  ) throws -> Judged {
    let result = try OracleTests.python(
      "risk.py", [file, delimiter, quasi, person, sensitive, "0.2", fraction])
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Judged.self, from: Data(result.output.utf8))
  }

  private func expect(_ figures: Figures, _ attributes: [Attribute], _ judged: Judged) {
    #expect(figures.persons == judged.persons && figures.classes == judged.classes)
    #expect(figures.smallest_class == judged.smallest && figures.sample_uniques == judged.uniques)
    for (attack, other) in [
      (figures.prosecutor, judged.prosecutor), (figures.journalist, judged.journalist),
    ] {
      #expect(abs(attack.highest - other[0]) <= 1e-6 && abs(attack.average - other[1]) <= 1e-6)
      #expect(attack.persons_above == Int(other[2]))
    }
    #expect(abs(figures.marketer - judged.journalist[1]) <= 1e-6)
    if let pitman = judged.pitman {
      let mine = figures.population_uniques["pitman"]?.estimate ?? -1
      #expect(abs(mine / pitman - 1) < 1e-3, "\(mine), \(pitman)")
    }
    #expect(attributes.count == judged.attributes.count)
    for one in attributes {
      let other = judged.attributes[one.field] ?? [0, 0, 0, 0]
      #expect(one.least_values == Int(other[0]) && one.classes_with_one_value == Int(other[1]))
      #expect(abs(one.highest_guess - other[2]) <= 1e-6)
      #expect(abs(one.average_guess - other[3]) <= 1e-6)
    }
  }

  @Test func adultAsPythonCountsIt() throws {
    let data = Repository.root.appending(path: "Tests/EndToEndTests/oracles/adult/adult.csv.gz")
      .path
    let quasi = "sex,age,race,marital-status,education"
    let arguments = [
      "risk", data, "--quasi", quasi, "--sensitive", "occupation,salary-class",
      "--sampling-fraction", "0.1", "--json",
    ]
    let told = try Program.run(Program.octroi, arguments, in: Repository.root)
    try #require(told.status == 0, "\(told.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(told.output.utf8))
    let judged = try judged(
      data, delimiter: ";", quasi, "occupation,salary-class", fraction: "0.1")
    expect(try #require(report.risk), report.attributes, judged)
    // Told by the population's size, the share is the same.
    let counted = try Program.run(
      Program.octroi,
      arguments.filter { $0 != "--sampling-fraction" && $0 != "0.1" }
        + ["--population", "301620"], in: Repository.root)
    #expect(
      try JSONDecoder().decode(Report.self, from: Data(counted.output.utf8)).risk == report.risk,
      "\(counted.errors)")
    let small = try Program.run(
      Program.octroi, ["risk", data, "--quasi", "sex", "--population", "10"], in: Repository.root)
    #expect(small.status == 2 && small.errors.contains("30162"), "\(small.errors)")
    // Counts that go to disk are the same.
    let spilled = try Program.run(
      Program.octroi, arguments + ["--memory", "1M"], in: Repository.root)
    #expect(spilled.status == 0 && spilled.output == told.output, "\(spilled.errors)")
  }

  @Test func theResearchExportTellsItsRisk() throws {
    let project = try Project()
    _ = try project.run("Pipelines/chercheurs.yml")
    let folder = project.folder.url.appending(path: "out/recherche/demandes")
    let table = folder.appending(path: "microdonnees.csv.gz").path
    let quasi = "annee_naissance,quartier"
    let judged = try judged(table, delimiter: ",", quasi, person: "personne", "categorie")
    let bytes = try Data(contentsOf: folder.appending(path: "risk.json"))
    let report = try JSONDecoder().decode(Report.self, from: bytes)
    expect(try #require(report.after), report.attributes, judged)
    #expect(judged.smallest >= 5 && judged.uniques == 0)
    let told = try project.octroi(
      "risk", table, "--quasi", quasi, "--person", "personne", "--sensitive", "categorie", "--json")
    let own = try JSONDecoder().decode(Report.self, from: Data(told.output.utf8))
    expect(try #require(own.risk), own.attributes, judged)
    let text = String(decoding: bytes, as: UTF8.self)
    for word in [
      "\"before\"", "\"recherche\"", "Ville de Port-Ombeline", "dpd@port-ombeline.example",
      "k_anonymise {k: 5", "pseudonymise {fields: [courriel]", "\"assessed_until\"",
      "\"supervisor\"", "\"information_lost\"", "\"singling_out\"", "\"linkability\"",
      "\"inference\"",
    ] { #expect(text.contains(word), "no \(word)") }
    let manifest = try project.folder.read("out/recherche/demandes/chercheurs.manifest.json")
    #expect(manifest.contains("\"highest_before\" : 1,"), "\(manifest)")
    for language in ["fr", "en"] {
      let page = try project.folder.read("out/recherche/demandes/risk.\(language).html")
      #expect(page.contains("lang=\"\(language)\"") && !page.contains("<script"))
    }
  }

  /// Before, as the rows entered; and no small number of them.
  @Test func exportsTellWhatTheyWere() throws {
    let project = try CensusProject(
      stage: "{k: 5, person: row, suppress_at_most: 1%, quasi: {age: ages.csv, sexe: sexes.csv, "
        + "quartier: quartiers.csv, diplome: diplomes.csv}}")
    let run = try project.octroi(["run", "census.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let rows = try #require(project.text("personnes.csv")).split(separator: "\n").dropFirst()
    var classes: [[Substring]: Int] = [:]
    for row in rows { classes[Array(row.split(separator: ",").prefix(4)), default: 0] += 1 }
    struct Manifest: Decodable {
      struct Output: Decodable { let risk: Risk }
      struct Risk: Decodable {
        let highest: Double
        let average: Double
        let highest_before: Double
        let average_before: Double
        let uniques: Int
      }
      let outputs: [Output]
    }
    let text = try #require(project.text("out/recherche/census.manifest.json"))
    let risk = try #require(
      try JSONDecoder().decode(Manifest.self, from: Data(text.utf8)).outputs.first
    ).risk
    #expect(risk.highest <= 0.2 && risk.uniques == 0 && risk.average <= risk.highest)
    #expect(classes.values.contains(1) && risk.highest_before == 1)
    #expect(abs(risk.average_before - Double(classes.count) / Double(rows.count)) <= 0.0005)
    // It says that rows are about persons, and not of how many.
    #expect(text.contains("\"persons\" : \"each\""))
    #expect(text.range(of: "\"persons\" : [0-9]", options: .regularExpression) == nil)
  }

  @Test func mistakesAreTold() throws {
    let folder = try TemporaryFolder()
    try folder.write("age;ville\n30;Nantes\n30;Nantes\n", to: "x.csv")
    func risk(_ arguments: String...) throws -> ProgramResult {
      try Program.run(
        Program.octroi, ["risk", "x.csv", "--lang", "en"] + arguments, in: folder.url)
    }
    let near = try risk("--quasi", "age,vile")
    #expect(near.status == 2 && near.errors.contains("did you mean 'ville'?"), "\(near.errors)")
    #expect(try risk("--quasi", "age", "--person", "age").status == 2)
    #expect(try risk("--quasi", "age", "--threshold", "0").status == 2)
    #expect(try risk("--quasi", ",").status == 2)
    try folder.write("", to: "x.csv")
    #expect(try risk("--quasi", "age").status == 3)
    try folder.write("age;ville\n", to: "x.csv")
    #expect(try risk("--quasi", "age").status == 1)
    try folder.write("age;ville\n30;<b>Nantes</b>\n30;Nantes\n31;\n", to: "x.csv")
    let page = try Program.run(
      Program.octroi,
      ["risk", "x.csv", "--lang", "fr", "--quasi", "age,ville", "--html", "r.html"],
      in: folder.url)
    #expect(page.status == 0 && page.output.contains("Personnes uniques"), "\(page.errors)")
    // No value is told, in a page or elsewhere.
    let html = try folder.read("r.html")
    #expect(!html.contains("Nantes") && !page.output.contains("Nantes"))
    let mode =
      try FileManager.default.attributesOfItem(
        atPath: folder.url.appending(path: "r.html").path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }
}
