import Foundation
import TestSupport

/// A project with something for everyone and something for nobody outside: a site over it must tell
/// the two apart, whatever things are called.
final class SiteProject {
  let folder: TemporaryFolder

  /// Names that would be markup, addresses or queries if text were not text.
  static let title = #"<script>alert('é')</script> & "Co" 100 %"#
  static let openFile = "les nombres #1?a=100%25 é.csv"
  static let staffFile = "brutes ünd 'mehr'.csv"

  static let charter = """
    octroi: 1
    charter: essai
    city: Essai-sur-Mer & Cie
    language: fr
    time_zone: Europe/Paris
    audiences:
      open:
        title: {fr: Tout le monde, en: Everyone}
        allows: [plain, aggregate]
        min_count: 2
        folder: out/public
        mode: "0644"
      internal:
        title: {fr: Agents habilités, en: Authorised staff}
        allows: [plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]
        folder: out/interne
        mode: "0600"
        retention_days: 0
    rejects: {folder: out/interne/rejets, retention_days: 30}
    purposes:
      essai: {fr: Essayer, en: Trying}
    governance:
      lignes:
        title: {fr: Fichier confidentiel, en: Confidential file}
        description: {fr: Lignes confidentielles., en: Confidential rows.}
        publisher: Essai
        publisher_id: "SIRET 00042401000015"
        owner: Essai
        contact: essai@essai.example
        frequency: DAILY
        licence: etalab-2.0
        access: NON_PUBLIC
        personal_data: true
        controller: Essai
        dpo: dpd@essai.example
        purposes: [essai]
        legal_basis: {fr: Intérêt public, en: Public interest}
        retention_period: P12M
        retention_trigger: {fr: Fin, en: End}
        retention_fate: {fr: Suppression, en: Erasure}
      zones:
        title: {fr: Zones <publiques>, en: Public <zones>}
        description: {fr: Zones, en: Zones}
        publisher: Géomètres & Cie
        publisher_id: "SIRET 00042401000015"
        owner: Essai
        contact: essai@essai.example
        frequency: ANNUAL
        licence: CC-BY-4.0
        access: PUBLIC
        personal_data: false
        purposes: [essai]
        legal_basis: {fr: Intérêt public, en: Public interest}
        retention_period: P12M
        retention_trigger: {fr: Fin, en: End}
        retention_fate: {fr: Suppression, en: Erasure}

    """

  static let schema = """
    {"fields": [
      {"name": "numero_confidentiel", "type": "integer", "privacy": "direct"},
      {"name": "zone", "type": "string", "privacy": "plain"},
      {"name": "montant", "type": "number", "privacy": "plain"}
    ]}
    """
  static let zoneSchema = """
    {"fields": [
      {"name": "zone", "type": "string", "privacy": "plain"},
      {"name": "nom", "type": "string", "privacy": "plain", "title": "Nom"}
    ]}
    """

  /// 2,345 rows, 1,237 of them broken.
  static let lines: String =
    "numero_confidentiel,zone,montant\n"
    + (0..<2345).map { "\(987_000_000 + $0),Z\($0 % 3),\($0 < 1237 ? "douze" : "1.5")\n" }
    .joined()

  static let pipeline = """
    octroi: 1
    pipeline: "essai #1? <b>"
    title: {fr: '\(title.replacingOccurrences(of: "'", with: "''"))', en: Trial <i>}
    purpose: essai
    charter: charte.yml
    sources:
      lignes:
        path: lignes-confidentielles.csv
        schema: schema.json
        reject: {at_most: 80%}
        governance: lignes
      zones: {path: zones.csv, schema: zones.schema.json, governance: zones}
    steps:
      etape_reservee:
        from: lignes
        stages:
          - join: {with: zones, key: zone, take: [nom]}
      nombres:
        from: etape_reservee
        stages:
          - aggregate: {by: [zone, nom], measures: {lignes: count()}}
          - filter: lignes >= 2
    outputs:
      nombres:
        from: nombres
        audience: open
        path: "out/public/\(openFile)"
        title: {fr: Nombres & <em>plus</em>, en: Counts & <em>more</em>}
        description: {fr: Combien., en: How many.}
        catalogue:
          licence: ODbL-1.0
          temporal: 2024-01-01/2026-12-31
          keywords: [{fr: mot <1>, en: word}]
      brutes: {from: etape_reservee, audience: internal, path: "out/interne/\(staffFile)"}
    reports:
      elus:
        from: nombres
        audience: open
        path: "out/public/rapport élus.html"
        title: {fr: Rapport aux élus, en: Report to the council}
        languages: [fr, en]
        also: [xlsx, md]
      reserve:
        from: nombres
        audience: internal
        path: out/interne/reserve.html
        title: {fr: Rapport réservé, en: Reserved report}
    summary: {path: out/interne/compte.html}

    """

  /// Nothing of it is for anybody outside.
  static let hidden = """
    octroi: 1
    pipeline: cachee
    title: {fr: Enquête cachée, en: Hidden inquiry}
    purpose: essai
    charter: charte.yml
    sources:
      lignes:
        path: lignes-confidentielles.csv
        schema: schema.json
        reject: {at_most: 80%}
        governance: lignes
    outputs:
      tout: {from: lignes, audience: internal, path: out/interne/tout.csv}

    """

  /// What stands in the project and is nobody's business outside.
  static let secrets = [
    "confidentiel", "Confidential", "etape_reservee", "brutes", "reserve", "Réservé", "réservé",
    "cachee",
    "Enquête", "Hidden", "interne", "internal", "rejets", "rejects", "1237", "1,237",
    "1\u{202f}237", "2345", "2,345", "2\u{202f}345", "98700", "numero", "Agents", "staff",
    "compte.html", "charte.yml", "essai.yml", "cassee",
  ]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("octroi: 1\ncharter: charte.yml\n", to: "octroi.yml")
    try folder.write(Self.charter, to: "charte.yml")
    try folder.write(Self.schema, to: "schema.json")
    try folder.write(Self.zoneSchema, to: "zones.schema.json")
    try folder.write("zone,nom\nZ0,Nord\nZ1,Sud\nZ2,Île\n", to: "zones.csv")
    try folder.write(Self.lines, to: "lignes-confidentielles.csv")
    try folder.write(Self.pipeline, to: "essai.yml")
    try folder.write(Self.hidden, to: "cachee.yml")
  }

  var environment: [String: String] {
    ["OCTROI_STATE": folder.url.appending(path: ".state").path]
  }

  @discardableResult
  func octroi(_ arguments: String..., language: String = "en", from place: String = "") throws
    -> ProgramResult
  {
    try Program.run(
      Program.octroi, arguments + ["--lang", language], in: folder.url.appending(path: place),
      environment: environment)
  }

  /// Both pipelines, once.
  func run() throws {
    for file in ["essai.yml", "cachee.yml"] {
      let result = try octroi("run", file)
      guard result.status == 0 else { throw ProjectError(text: result.errors) }
    }
  }

  /// The files of a site, by name.
  func site(_ name: String = "site") throws -> [String: String] {
    let place = folder.url.appending(path: name)
    var files: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: place.path) {
      files[file] = try String(contentsOf: place.appending(path: file), encoding: .utf8)
    }
    return files
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.url.appending(path: path).path)
  }

  func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(
      atPath: folder.url.appending(path: path).path)[.posixPermissions] as? Int
  }
}
