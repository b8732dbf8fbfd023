import Foundation
import TestSupport
import Testing

/// What harvesters read of a city's open data, judged by what harvesters are made of.
@Suite struct CatalogueTests {
  /// Signs that mean something in Turtle, JSON, CSV and HTML.
  static let title = #"<b>“Q”</b> & "x" \ ; = é, fin"#

  static let catalogue = """
    catalogue:
      title: {fr: Données d’Essai, en: Essai’s data}
      description: {fr: Tout., en: All.}
      publisher: Ville d’Essai
      publisher_id: "SIRET 00042401000015"
      base_url: https://donnees.essai.example/f
      landing_page: https://donnees.essai.example/jeux/{id}
      themes: [GOVE]
      spatial: {name: "Essai \\"sur\\" Mer", level: departementale}
      temporal: 2026-01-01/2026-12-31
      keywords: [{fr: Éssai ; un, en: trial}]

    """

  static let outputs = """
    outputs:
      nombres:
        from: nombres
        audience: open
        path: out/public/les nombres.csv
        title: {fr: '\(title)', en: Counts}
        description: |
          Première ligne
          "seconde" \\ ligne
      compact: {from: nombres, audience: open, path: out/public/n/nombres.csv.gz}
      lignes:
        from: nombres
        audience: open
        path: out/public/nombres.jsonl
        title: {fr: Nombres bis, en: Counts again}
        description: {fr: Encore., en: Again.}
        catalogue: {id: bis, licence: ODbL-1.0, frequency: DECENNIAL, issued: 2020-02-29}
      clairs: {from: clairs, audience: internal, path: out/interne/clairs.csv}

    """

  private func project(
    catalogue: String = CatalogueTests.catalogue, outputs: String = CatalogueTests.outputs
  ) throws -> PersonProject {
    let pipeline = PersonProject.pipeline
    let start = try #require(pipeline.range(of: "outputs:\n"))
    let lines = outputs.replacing("lignes:\n    from: nombres", with: "lignes:\n    from: copie")
    let project = try PersonProject(
      pipeline: pipeline[..<start.lowerBound]
        + "  copie: {from: nombres, stages: [{derive: {plus: personnes + 1}}]}\n" + lines)
    try project.folder.write(
      PersonProject.charter.replacing("governance:", with: catalogue + "governance:"),
      to: "charte.yml")
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    return project
  }

  @Test func isOneGraphThatKeepsWhatIsMandatory() throws {
    let project = try project()
    for (format, file) in [("turtle", "c.ttl"), ("jsonld", "c.json"), ("scdl", "c.csv")] {
      let result = try project.octroi(["catalog", "--format", format, "--output", file])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.isEmpty && result.errors.isEmpty, "\(result.errors)")
    }
    let judged = try OracleTests.python(
      "catalogue.py", ["c.ttl", "c.json", "c.csv"].map { project.folder.url.path + "/" + $0 })
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    let lines = judged.output.split(separator: "\n")
    #expect(lines.last == "2 data sets, 3 files")
    let titles = try lines.dropLast().map {
      try JSONDecoder().decode([[String]].self, from: Data($0.utf8))
    }
    #expect(titles.contains([["en", "Counts"], ["fr", Self.title]]))
    let turtle = try project.folder.read("c.ttl")
    for told in [
      "https://donnees.essai.example/f/les%20nombres.csv", "application/gzip", "licence/ODC_BL",
      "https://spdx.org/licenses/etalab-2.0.html", "\"2020-02-29\"^^xsd:date", "frequency/DAILY",
      "Première ligne\\n\\\"seconde\\\" \\\\ ligne", "une source non publique",
      "nombres.jsonl.datapackage.json", "https://donnees.essai.example/jeux/bis",
    ] { #expect(turtle.contains(told), "no \(told)") }
    // Nothing of what is not open, and no name of a personal source.
    for secret in ["clairs", "personnes.csv", "Personnes", "Laboratoire"] {
      #expect(!turtle.contains(secret), "tells \(secret)")
    }
    let csv = try project.folder.read("c.csv")
    #expect(csv.contains("essai   un") && csv.contains("Départementale"))
    #expect(try project.octroi(["catalog", "."]).output == turtle)
    #expect(try project.octroi(["catalog", "personnes.yml"]).output == turtle)
  }

  @Test func datesAreThoseOfTheContent() throws {
    let project = try project()
    let first = try project.octroi(["catalog"]).output
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    // The same content again is no modification.
    #expect(try project.octroi(["catalog"]).output == first)
    let day = Date().formatted(.iso8601.year().month().day()).prefix(4)
    #expect(first.contains("dct:modified \"\(day)-"))
    // Without the ledger nobody knows; the format that asks for the dates is refused.
    try FileManager.default.removeItem(at: project.folder.url.appending(path: ".state"))
    let turtle = try project.octroi(["catalog"])
    #expect(turtle.status == 0 && !turtle.output.contains("dct:modified"))
    let scdl = try project.octroi(["catalog", "--format", "scdl"])
    #expect(scdl.status == 2 && scdl.output.isEmpty)
    #expect(scdl.errors.contains("lacks 'issued' of nombres"))
  }

  @Test func whatLacksIsToldWhereToSayIt() throws {
    let bare = try project(catalogue: "catalogue: {title: Essai}\n")
    let result = try bare.octroi(["catalog", "--format", "scdl", "--output", "c.csv"])
    #expect(result.status == 2)
    for lacking in [
      "charte.yml:", "'description' of Essai", "'publisher' of Essai", "'base_url' of Essai",
    ] { #expect(result.errors.contains(lacking), "\(result.errors)") }
    #expect(!FileManager.default.fileExists(atPath: bare.folder.url.path + "/c.csv"))
    let short = try project(
      catalogue: Self.catalogue.replacing("  themes: [GOVE]\n", with: "  themes: [TRAM]\n")
        .replacing("  keywords: [{fr: Éssai ; un, en: trial}]\n", with: ""),
      outputs: Self.outputs.replacing("licence: ODbL-1.0", with: "licence: 'de la ville'"))
    let wrong = try short.octroi(["catalog", "--format", "scdl", "--json"])
    #expect(wrong.status == 2)
    for told in [
      "did you mean 'TRAN'", "'keywords' of nombres", "'de la ville' will not do",
      "\"line\" :",
    ] { #expect(wrong.output.contains(told), "\(wrong.output)") }
  }

  @Test func whatIsNotThereIsNotCatalogued() throws {
    let project = try project()
    let file = project.folder.url.path + "/out/public/nombres.jsonl"
    try FileManager.default.removeItem(atPath: file)
    let less = try project.octroi(["catalog"])
    #expect(less.status == 0 && !less.output.contains("nombres.jsonl"))
    #expect(less.errors.contains("'lignes' is not published"))
    try project.folder.write("autre\n", to: "out/public/les nombres.csv")
    let changed = try project.octroi(["catalog"])
    #expect(changed.status == 2 && changed.output.isEmpty)
    #expect(changed.errors.contains("not the one that was published"))
    let nothing = try PersonProject()
    #expect(try nothing.octroi(["catalog"]).status == 3)
  }

  @Test func theShippedCatalogueIsWhole() throws {
    let project = try Project()
    _ = try project.run("Pipelines/recensement.yml")
    let paths = try [("turtle", "c.ttl"), ("jsonld", "c.json"), ("scdl", "c.csv")].map {
      let result = try project.octroi("catalog", "--format", $0.0, "--output", $0.1, "-q")
      #expect(result.status == 0, "\(result.errors)")
      return project.folder.url.path + "/" + $0.1
    }
    let judged = try OracleTests.python("catalogue.py", paths)
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    #expect(judged.output.hasSuffix("5 data sets, 5 files\n"))
  }
}
