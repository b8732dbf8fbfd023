import Foundation
import TestSupport
import Testing

/// What a table's own bytes do not prove, proven all the same, and kept from leaving.
@Suite struct SidecarTests {
  private static let rejects = "out/interne/rejets"

  /// A census whose persons have three rows each and do not leave.
  private func hidden(
    _ path: String, _ shape: String = "", then stages: String = "rename: {age: tranche}"
  ) throws -> CensusProject {
    let census = try CensusProject(rows: 1500, stage: "{}")
    try census.identify("direct") { "Personne-\($0 / 3)" }
    try census.folder.write(
      """
      octroi: 1
      pipeline: census
      purpose: essai
      charter: charte.yml
      sources:
        personnes: {path: personnes.csv, schema: schema.json, governance: personnes}
      steps:
        cachees:
          from: personnes
          stages:
            - drop: [sexe, diplome, revenu]
            - k_anonymise:
                {k: 5, person: id, quasi: {age: ages.csv, quartier: quartiers.csv},
                 suppress_at_most: 30%}
            - \(stages)
            - drop: id
      outputs:
        cachees: {from: cachees, audience: research, path: out/recherche/\(path)\(shape)}

      """, to: "census.yml")
    return census
  }

  private func files(_ census: CensusProject) throws -> [String] {
    let folder = census.folder.url.appending(path: Self.rejects).path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test(arguments: [
    ("a.csv", ""), ("a.csv.gz", ""), ("a.csv", ", profile: excel-fr"), ("a.json", ""),
    ("a.jsonl", ""),
  ])
  func personsWhoDoNotLeaveAreCounted(_ path: String, _ shape: String) throws {
    let census = try hidden(path, shape)
    let run = try census.octroi(["run", "census.yml"])
    try #require(run.status == 0, "\(run.errors)")
    let sidecar = "census-cachees-1.sidecar." + (path.contains("json") ? "jsonl" : "csv.gz")
    #expect(try files(census).filter { $0.contains("sidecar") || $0.hasPrefix(".") } == [sidecar])
    let url = census.folder.url.appending(path: "\(Self.rejects)/\(sidecar)")
    let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let proven = try census.octroi(["verify", "out"])
    #expect(proven.status == 0)
    #expect(proven.output.contains("k=5 (quartier, tranche)"), "\(proven.output)")
    #expect(!proven.output.contains("not counted again"), "\(proven.output)")

    try FileManager.default.removeItem(at: url)
    let unproven = try census.octroi(["verify", "out"])
    #expect(unproven.status == 0)
    #expect(unproven.output.contains("not counted again: k=5 (quartier, tranche)"))
  }

  /// Rows that are as many as before, and of fewer persons; then rows of other classes.
  @Test func aSidecarIsReadAndNotBelieved() throws {
    let census = try hidden("a.jsonl")
    let run = try census.octroi(["run", "census.yml"])
    try #require(run.status == 0, "\(run.errors)")
    let published = try #require(census.text("out/recherche/a.jsonl"))
    let path = "\(Self.rejects)/census-cachees-1.sidecar.jsonl"
    let sidecar = try #require(census.text(path))
    #expect(!sidecar.contains("Personne"))
    let persons = Set(sidecar.matches(of: /"#1":(\d+)/).map(\.output.1))
    #expect(persons.count > 100 && persons.count <= 500)

    #expect(try abs(risk(census) - average(sidecar)) < 0.001)

    try census.folder.write(sidecar.replacing(/"#1":\d+/, with: "\"#1\":1"), to: path)
    let broken = try census.octroi(["verify", "out"])
    #expect(broken.status == 1)
    #expect(broken.output.contains("holds classes of fewer than 5 persons"), "\(broken.output)")

    try census.folder.write(
      sidecar.replacing("\"quartier\":\"", with: "\"quartier\":\"x"), to: path)
    let other = try census.octroi(["verify", "out"])
    #expect(other.status == 1 && other.output.contains("changed  \(path)"), "\(other.output)")

    // Numbers are drawn anew, what is published stays the same.
    #expect(try census.octroi(["run", "census.yml"]).status == 0)
    #expect(census.text("out/recherche/a.jsonl") == published)
    let again = try #require(census.text(path))
    #expect(again != sidecar && again.count > sidecar.count / 2)
    #expect(try census.octroi(["verify", "out"]).status == 0)
  }

  /// The average risk that the manifest tells, and that which persons by class give.
  private func risk(_ census: CensusProject) throws -> Double {
    let manifest = try #require(census.text("out/recherche/census.manifest.json"))
    return try #require(
      manifest.firstMatch(of: /"average" : ([0-9.]+)/).flatMap { Double($0.output.1) })
  }

  private func average(_ sidecar: String) throws -> Double {
    var classes: [Substring: Set<Substring>] = [:]
    for line in sidecar.split(separator: "\n") {
      let cut = try #require(line.range(of: "\"#1\":"))
      classes[line[..<cut.lowerBound], default: []].insert(line[cut.upperBound...])
    }
    let persons = classes.values.reduce(0) { $0 + $1.count }
    #expect(classes.values.allSatisfy { $0.count >= 5 })
    #expect(persons < sidecar.split(separator: "\n").count)
    return Double(classes.count) / Double(persons)
  }

  /// Fields that go, rows in another order, persons called otherwise.
  @Test(arguments: [
    "drop: quartier", "sort: [metier, age]", "derive: {id: lower(id)}",
    "select: [id, quartier, age]", "derive: {note: \"'x'\"}",
  ])
  func itIsKeptWhateverComesAfter(_ stages: String) throws {
    let census = try hidden("a.csv", then: stages)
    let run = try census.octroi(["run", "census.yml"])
    try #require(run.status == 0, "\(run.errors)")
    let proven = try census.octroi(["verify", "out"])
    // Classes of fields that are left.
    let told = stages == "drop: quartier" ? "k=5 (age)]" : "k=5 (age, quartier)]"
    #expect(proven.status == 0 && proven.output.contains(told), "\(proven.output)")
  }

  @Test func itGoesAsRejectsGo() throws {
    let census = try hidden("a.csv")
    try #require(try census.octroi(["run", "census.yml"]).status == 0)
    try census.folder.write(
      CensusProject.charter.replacing("retention_days: 30}", with: "retention_days: 0}"),
      to: "charte.yml")
    let due = try census.octroi(["purge", "--dry-run"])
    #expect(due.output.contains("due  proof of hidden persons  \(Self.rejects)/census-cachees-1"))
    #expect(try census.octroi(["purge"]).status == 0)
    #expect(try !files(census).contains { $0.contains("sidecar") })
  }

  /// Where rejects are kept for ever, it goes with its table.
  @Test func itGoesWithItsTable() throws {
    let census = try hidden("a.csv")
    try census.folder.write(
      CensusProject.charter.replacing("rejets, retention_days: 30}", with: "rejets}").replacing(
        "folder: out/recherche\n", with: "folder: out/recherche\n    retention_days: 0\n"),
      to: "charte.yml")
    try #require(try census.octroi(["run", "census.yml"]).status == 0)
    let other = "census-cachees-bis-1.sidecar.csv.gz"
    try census.folder.write("", to: "\(Self.rejects)/\(other)")
    #expect(try census.octroi(["purge"]).status == 0)
    #expect(census.text("out/recherche/a.csv") == nil)
    #expect(try files(census).filter { $0.contains("sidecar") } == [other])
  }

  // MARK: Cells

  /// Shops' turnovers by keys of every type, two cells dominated, one small.
  private func shops(_ output: String, then stage: String = "") throws -> CensusProject {
    let census = try CensusProject(rows: 10, stage: "{}")
    var lines = "quartier,mois,taux,ouvert,ca\n"
    for shop in 0..<240 {
      let (district, month) = ("Q\(shop % 4)", "2026-0\(1 + shop / 4 % 3)-01")
      let isGiant = shop == 0 || shop == 61
      let open = shop % 8 < 4 ? "true" : "false"
      lines += "\(district),\(month),\(shop % 2).50,\(open),\(isGiant ? 90_000 : 100 + shop).25\n"
    }
    try census.folder.write(lines + "Q9,2026-01-01,0.50,true,10.00\n", to: "commerces.csv")
    try census.folder.write(
      """
      {"fields": [{"name": "quartier", "type": "string", "privacy": "plain"},
       {"name": "mois", "type": "date", "privacy": "plain"},
       {"name": "taux", "type": "number", "privacy": "plain"},
       {"name": "ouvert", "type": "boolean", "privacy": "plain"},
       {"name": "ca", "type": "number", "privacy": "sensitive"}]}
      """, to: "commerces.json")
    try census.folder.write(
      """
      octroi: 1
      pipeline: commerces
      purpose: essai
      charter: charte.yml
      sources:
        commerces: {path: commerces.csv, schema: commerces.json, governance: personnes}
      steps:
        tableau:
          from: commerces
          stages:
            - aggregate:
                by: [quartier, mois, taux, ouvert]
                measures: {n: count(), total: sum(ca), premier: max(ca)}
            - protect_table:
                by: [quartier, mois, taux, ouvert]
                min_count: 3
                margins: none
                dominance: {at_most: 85%, value: total, largest: premier}
            \(stage)
      outputs:
        tableau: {from: tableau, audience: research, path: out/recherche/\(output)}

      """, to: "commerces.yml")
    return census
  }

  @Test(arguments: [
    "a.csv", "a.csv.gz", "a.json", "a.jsonl", "a.csv, profile: excel-fr",
    "a.csv.gz, profile: excel-fr",
  ])
  func cellsAreCountedByWhatTheyAreMadeOf(_ output: String) throws {
    for stage in ["", "- rename: {quartier: lieu, total: somme}", "- sort: [n]"] {
      let census = try shops(output, then: stage)
      let run = try census.octroi(["run", "commerces.yml"])
      try #require(run.status == 0, "\(stage) \(run.errors)")
      #expect(!run.errors.contains("cannot count again"), "\(run.errors)")
      // What single shops turned over is not kept.
      #expect(try files(census).allSatisfy { !$0.contains("sidecar") && !$0.hasPrefix(".") })
    }
  }

  /// The second largest contribution is that of the row which a window numbers 2.
  @Test func twoContributorsAreCounted() throws {
    let census = try shops("a.csv, profile: excel-fr")
    let yaml = try #require(census.text("commerces.yml"))
    let window =
      "- window: {by: [quartier, mois, taux, ouvert], order: [{ca: descending}], "
      + "measures: {rang: row_number()}}\n      - aggregate:"
    try census.folder.write(
      yaml.replacing("- aggregate:", with: window)
        .replacing("max(ca)}", with: "max(ca), deuxieme: {value: max(ca), where: rang = 2}}")
        .replacing("dominance: {at_most: 85%,", with: "p_percent: {p: 10, second: deuxieme,"),
      to: "commerces.yml")
    let run = try census.octroi(["run", "commerces.yml"])
    try #require(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("cells suppressed: 3 of 25"), "\(run.errors)")
    let verified = try census.octroi(["verify", "out"])
    #expect(verified.status == 0)
  }

  @Test func whoeverTakesTheKeysAwayIsTold() throws {
    for stage in ["- drop: mois", "- derive: {quartier: lower(quartier)}"] {
      let census = try shops("a.csv", then: stage)
      let check = try census.octroi(["check", "commerces.yml"])
      #expect(check.status == 0)
      #expect(
        check.errors.contains("cannot count again what protects the cells"), "\(check.errors)")
    }
  }
}
