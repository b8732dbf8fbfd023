import Foundation
import TestSupport

/// A project that publishes persons' rows for research, as a census might: made from dice, always
/// the same.
final class CensusProject {
  let folder: TemporaryFolder

  static let charter = """
    octroi: 1
    charter: essai
    city: Essai
    language: fr
    time_zone: Europe/Paris
    audiences:
      research:
        allows: [plain, aggregate, quasi, pseudonym, sensitive]
        k: 5
        folder: out/recherche
        mode: "0640"
      internal:
        allows: [plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]
        folder: out/interne
        mode: "0600"
    rejects: {folder: out/interne/rejets, retention_days: 30}
    purposes:
      essai: {fr: Essai, en: Trial}
    governance:
      personnes:
        title: {fr: Personnes, en: Persons}
        description: {fr: Des personnes, en: Persons}
        publisher: Essai
        publisher_id: "SIRET 00042401000015"
        owner: Essai
        dpo: dpd@essai.example
        frequency: DAILY
        licence: etalab-2.0
        access: NON_PUBLIC
        personal_data: true
        controller: Essai
        contact: donnees@essai.example
        purposes: [essai]
        legal_basis: {fr: Intérêt public, en: Public interest}
        retention_period: P12M
        retention_trigger: {fr: Fin, en: End}
        retention_fate: {fr: Suppression, en: Erasure}
        recipients: [Laboratoire Alpha]

    """

  static let schema = """
    {"fields": [
      {"name": "age", "type": "integer", "privacy": "quasi", "constraints": {"required": true}},
      {"name": "sexe", "type": "string", "privacy": "quasi"},
      {"name": "quartier", "type": "string", "privacy": "quasi"},
      {"name": "diplome", "type": "integer", "privacy": "quasi"},
      {"name": "metier", "type": "string", "privacy": "sensitive"},
      {"name": "revenu", "type": "integer", "privacy": "sensitive"}
    ]}
    """

  /// - Parameter stage: the options of `k_anonymise`, in one line.
  init(rows: Int = 2000, seed: UInt64 = 7, stage: String) throws {
    folder = try TemporaryFolder()
    try folder.write(Self.charter, to: "charte.yml")
    try folder.write("octroi: 1\ncharter: charte.yml\n", to: "octroi.yml")
    try folder.write(Self.schema, to: "schema.json")
    try folder.write(Self.persons(rows, seed), to: "personnes.csv")
    try folder.write(
      (16...95).map { "\($0);\($0 / 5 * 5)-\($0 / 5 * 5 + 4);\($0 / 20 * 20)+;*\n" }.joined(),
      to: "ages.csv")
    try folder.write("F;*\nH;*\n", to: "sexes.csv")
    try folder.write(
      (1...12).map { "Q\($0);\($0 <= 5 ? "Nord" : "Sud");*\n" }.joined(), to: "quartiers.csv")
    try folder.write(
      (1...9).map { "\($0);\($0 <= 3 ? "court" : $0 <= 6 ? "moyen" : "long");*\n" }.joined(),
      to: "diplomes.csv")
    try pipeline(stage)
  }

  func pipeline(_ stage: String) throws {
    try folder.write(
      """
      octroi: 1
      pipeline: census
      purpose: essai
      charter: charte.yml
      sources:
        personnes: {path: personnes.csv, schema: schema.json, governance: personnes}
      steps:
        cachees: {from: personnes, stages: [k_anonymise: \(stage)]}
      outputs:
        cachees: {from: cachees, audience: research, path: out/recherche/cachees.csv}

      """, to: "census.yml")
  }

  /// Gives rows a field `id` of this class, in front.
  /// - Parameter person: of a row, by its place.
  func identify(_ privacy: String, _ person: (Int) -> String) throws {
    let lines = (text("personnes.csv") ?? "").split(separator: "\n")
    let rows = lines.dropFirst().enumerated().map { "\(person($0.offset)),\($0.element)\n" }
    try folder.write("id,\(lines.first ?? "")\n" + rows.joined(), to: "personnes.csv")
    let field = "{\"name\": \"id\", \"type\": \"string\", \"privacy\": \"\(privacy)\"},"
    try folder.write(
      Self.schema.replacing("{\"fields\": [", with: "{\"fields\": [" + field), to: "schema.json")
  }

  /// The same without some fields.
  func dropping(_ fields: [String]) throws {
    let yaml = text("census.yml") ?? ""
    try folder.write(
      yaml.replacing(
        "stages: [k_anon", with: "stages: [drop: [\(fields.joined(separator: ", "))], k_anon"),
      to: "census.yml")
  }

  /// A census of the whole city beside: of everybody's age and district, with their numbers.
  func addPopulation() throws {
    let ages = (16...95).flatMap { age in
      (1...12).map { "\(age),Q\($0),\(1 + (age * 7 + $0 * 5) % 13)\n" }
    }
    try folder.write("age,quartier,habitants\n" + ages.joined(), to: "population.csv")
    try folder.write(
      """
      {"fields": [{"name": "age", "type": "integer", "privacy": "plain"},
       {"name": "quartier", "type": "string", "privacy": "plain"},
       {"name": "habitants", "type": "integer", "privacy": "aggregate"}]}
      """, to: "population.json")
    let yaml = text("census.yml") ?? ""
    try folder.write(
      yaml.replacing(
        "steps:",
        with:
          "  population: {path: population.csv, schema: population.json, governance: personnes}\n"
          + "steps:"), to: "census.yml")
  }

  private static func persons(_ rows: Int, _ seed: UInt64) -> String {
    var state = seed
    func below(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var csv = "age,sexe,quartier,diplome,metier,revenu\n"
    for _ in 0..<rows {
      // Many young, few old; few with long studies; earnings that go with both.
      let age = 16 + min(below(80), below(80))
      let study = 1 + min(below(9), below(9))
      let pay = 1 + (study + below(4) + age / 30) / 2
      csv += "\(age),\(below(2) == 0 ? "F" : "H"),Q\(1 + below(12)),\(study),"
      csv += "M\(1 + min(below(8), below(8))),\(pay)\n"
    }
    return csv
  }

  func octroi(_ arguments: [String]) throws -> ProgramResult {
    try Program.run(
      Program.octroi, arguments + ["--lang", "en"], in: folder.url,
      environment: ["OCTROI_STATE": folder.url.appending(path: ".state").path])
  }

  func text(_ path: String) -> String? {
    try? String(contentsOf: folder.url.appending(path: path), encoding: .utf8)
  }

  static let published = "out/recherche/cachees.csv"
}
