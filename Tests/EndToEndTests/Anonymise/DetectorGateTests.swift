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

  /// One number that has a card's or a person's form and the right digits is enough where no other
  /// number of that form could have been right by chance.
  @Test(arguments: [
    ("payé avec 4970101234567890", false), ("payé avec 4970101234567893", true),
    ("réf 184034410000107", false), ("réf 184034410000135", true),
    ("rijksregister 85073003328", true), ("rijksregister 85073003329", false),
    ("virement FR7630006000011234567890189", true),
    ("virement FR7630006000011234567890188", false),
    // A file's number, a day with its hour, a SIRET, a telephone's digits within a longer number.
    ("dossier 2024110000123456", false), ("le 20241103142500", false),
    ("facture 73282932000074", false), ("n° 9906123456789", false),
    // What the word before says outweighs chance.
    ("CB 4970101234567893", true),
  ]) func oneIsEnough(_ one: (text: String, isRefused: Bool)) throws {
    let body = one.text
    let run = try project(remarks: [5: body]).octroi(["run", "lieux.yml"])
    #expect(run.status == (one.isRefused ? 1 : 0), "\(body): \(run.errors)")
    for word in body.split(separator: " ") where word.count > 9 {
      #expect(!run.errors.contains(word))
    }
  }

  /// Numbers as cards have them, of which one in ten is right by chance: no evidence.
  @Test func manyOfTheFormAreNone() throws {
    let remarks = (0..<300).map { row in (row, "réf \(4_970_101_000_000_000 + row * 7919)") }
    let run = try project(remarks: Dictionary(uniqueKeysWithValues: remarks))
      .octroi(["run", "lieux.yml"])
    #expect(run.status == 0, "\(run.errors)")
  }

  /// What its author writes about a table is looked through as its cells are.
  @Test func proseIsLookedThrough() throws {
    for (key, isRefused) in [
      ("title: \"Lieux de Mme Martin, a.b@exemple.fr\"", true),
      ("description: {fr: \"voir avec Paul au 06 12 34 56 78\", en: Places}", true),
      ("description: écrire à donnees@essai.example ou dpd@essai.example", false),
      ("description: \"SIREN 732829320, 300 lieux, 20241101\"", false),
    ] {
      let project = try project()
      let yaml = try project.folder.read("lieux.yml")
      try project.folder.write(
        yaml.replacing("profile: opendata}", with: "profile: opendata, \(key)}"), to: "lieux.yml")
      let said = try project.octroi(["check", "lieux.yml"])
      #expect(said.status == (isRefused ? 2 : 0), "\(key): \(said.errors)")
      if isRefused {
        #expect(said.errors.contains("lieux.yml:8:"), "\(said.errors)")
        #expect(!said.errors.contains("exemple.fr") && !said.errors.contains("06 12"))
      }
    }
    let project = try project()
    try project.folder.write(
      Self.schema.replacing(
        "\"name\": \"contact\",", with: "\"name\": \"contact\", \"title\": \"x@exemple.fr\","),
      to: "schema.json")
    let said = try project.octroi(["check", "lieux.yml"])
    #expect(said.status == 2 && said.errors.contains("lieux.contact"), "\(said.errors)")
    // A report prints what fields are called, too.
    let yaml = try project.folder.read("lieux.yml")
    let start = try #require(yaml.range(of: "outputs:")?.lowerBound)
    try project.folder.write(
      yaml[..<start] + "reports:\n  r: {from: lieux, audience: open, path: out/public/r.html}\n",
      to: "lieux.yml")
    let report = try project.octroi(["check", "lieux.yml"])
    #expect(report.status == 2 && report.errors.contains("lieux.yml:8:3:"), "\(report.errors)")
    #expect(report.errors.contains("r.lieux.contact") && !report.errors.contains("exemple.fr"))
  }

  /// Nor does anything of what only a run knows: values of parameters that are written down, and
  /// what a map's file calls its areas.
  @Test func parametersAndMapsAreLookedThrough() throws {
    let project = try project()
    let yaml = try project.folder.read("lieux.yml")
    let parameter = "parameters: {qui: {type: text, default: personne, privacy: plain}}\n"
    try project.folder.write(yaml + parameter, to: "lieux.yml")
    #expect(try project.octroi(["check", "lieux.yml"]).status == 0)
    let said = try project.octroi(["run", "lieux.yml", "--param", "qui=a.b@exemple.fr"])
    #expect(said.status == 2 && said.errors.contains("lieux.yml:9:"), "\(said.errors)")
    #expect(!said.errors.contains("exemple.fr"))

    for (name, status) in [("Place 2", Int32(0)), ("chez Paul, 06 12 34 56 78", 2)] {
      let areas = ["Place 1", name].map { name in
        "{\"type\": \"Feature\", \"properties\": {\"nom\": \"\(name)\"}, \"geometry\": {\"type\": "
          + "\"Polygon\", \"coordinates\": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}"
      }
      try project.folder.write(
        "{\"type\": \"FeatureCollection\", \"features\": [\(areas.joined(separator: ","))]}",
        to: "zones.geojson")
      try project.folder.write(
        yaml + "reports: {r: {from: lieux, audience: open, path: out/public/r.html, "
          + "map: zones.geojson}}\n", to: "lieux.yml")
      let said = try project.octroi(["check", "lieux.yml"])
      #expect(said.status == status, "\(said.errors)")
      if status == 2 { #expect(said.errors.contains("goes out with 'r'"), "\(said.errors)") }
    }
  }

  /// Whoever verifies looks for identifiers again, as the charter had it when it was published.
  @Test func verifyingLooksAgain() throws {
    let project = try project(
      detectors: "detectors: {expected: {x: {field: remarque, kinds: [email], because: essai}}}",
      remarks: [7: "a.b@exemple.fr"])
    #expect(try project.octroi(["run", "lieux.yml"]).status == 0)
    let sound = try project.octroi(["verify", "out/public"])
    #expect(sound.status == 0 && sound.output.contains("identifiers=0"), "\(sound.output)")
    let path = "out/public/lieux.manifest.json"
    let manifest = try project.folder.read(path)
    // A manifest that says that nothing was expected.
    try project.folder.write(
      manifest.replacing("\"expected\" : {", with: "\"unused\" : {"), to: path)
    let broken = try project.octroi(["verify", "out/public"])
    #expect(broken.status == 1 && broken.output.contains("remarque (email 1)"), "\(broken.output)")
    #expect(!broken.output.contains("exemple.fr"))
  }
}
