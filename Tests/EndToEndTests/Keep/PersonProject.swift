import Foundation
import TestSupport

/// A small project with persons in it: pseudonyms and tokens for research, counts for everybody,
/// rows in clear for the staff.
final class PersonProject {
  let folder: TemporaryFolder
  /// Outside of the project, with one key in a file.
  let keys: TemporaryFolder
  /// A key that nothing else looks like.
  static let key = "9f3b5c1de86a47f2b0d4c7e1a95836fe2d70b4c9f8e1536a7bd2904ce6f18a37"
  /// Identifiers that stand in the source and nowhere else.
  static let identifiers = [
    "amelie.tazrout@exemple.fr", "0699887766", "Tazrout-Lemoine", "AMELIE.TAZROUT",
  ]
  let environment: [String: String]

  static let charter = """
    octroi: 1
    charter: essai
    city: Essai
    language: fr
    time_zone: Europe/Paris
    audiences:
      open:
        allows: [plain, aggregate]
        min_count: 2
        folder: out/public
        mode: "0644"
      research:
        allows: [plain, aggregate, quasi, pseudonym]
        folder: out/recherche
        mode: "0640"
        retention_days: 0
      internal:
        allows: [plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]
        folder: out/interne
        mode: "0600"
        retention_days: 30
    rejects: {folder: out/interne/rejets, retention_days: 0}
    retention: {vault_days: 0, ledger_days: 0}
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
        recipients: [Laboratoire Alpha, Laboratoire Bêta]

    """

  static let schema = """
    {"fields": [
      {"name": "courriel", "type": "string", "privacy": "direct", "title": "Courriel"},
      {"name": "telephone", "type": "string", "privacy": "direct"},
      {"name": "nom", "type": "string", "privacy": "direct"},
      {"name": "quartier", "type": "string", "privacy": "plain"},
      {"name": "age", "type": "integer", "privacy": "quasi"}
    ]}
    """

  static let pipeline = """
    octroi: 1
    pipeline: personnes
    purpose: essai
    charter: charte.yml
    parameters:
      cherche: {type: text, default: personne}
      numero: {type: integer, default: 1}
      an: {type: integer, default: 2026}
    sources:
      personnes:
        path: personnes.csv
        schema: schema.json
        reject: {at_most: 50%}
        governance: personnes
    steps:
      codes:
        from: personnes
        stages:
          - derive: {code: courriel}
          - pseudonymise: {fields: code, scope: recherche, domain: courriel}
          - tokenise: {fields: nom, scope: recherche}
          - select: [code, nom, quartier]
      clairs:
        from: personnes
        stages:
          - derive:
              autre: quartier <> :cherche
              ancien: age <> :numero and age < :an
      nombres:
        from: personnes
        stages:
          - aggregate: {by: quartier, measures: {personnes: count()}}
          - filter: personnes >= 2
    outputs:
      codes: {from: codes, audience: research, path: out/recherche/codes.csv.gz}
      clairs: {from: clairs, audience: internal, path: out/interne/clairs.csv}
      nombres: {from: nombres, audience: open, path: out/public/nombres.csv}
    summary: {path: out/interne/compte.html}

    """

  init(pipeline: String = PersonProject.pipeline) throws {
    folder = try TemporaryFolder()
    keys = try TemporaryFolder()
    environment = [
      "OCTROI_STATE": folder.url.appending(path: ".state").path, "OCTROI_KEYS": keys.url.path,
    ]
    for (path, mode) in [("", 0o700), ("recherche.key", 0o600)] {
      if mode == 0o600 { try keys.write(Self.key + "\n", to: path) }
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: keys.url.appending(path: path).path)
    }
    try folder.write(Self.charter, to: "charte.yml")
    try folder.write("octroi: 1\ncharter: charte.yml\n", to: "octroi.yml")
    try folder.write(Self.schema, to: "schema.json")
    try folder.write(pipeline, to: "personnes.yml")
    let first = Self.identifiers
    try folder.write(
      """
      courriel,telephone,nom,quartier,age
      \(first[0]),\(first[1]),\(first[2]),Q1,40
      b@exemple.fr,0600000002,Bernard,Q1,41
      c@exemple.fr,0600000003,Chraïbi,Q2,42
      d@exemple.fr,0600000004,Diallo,Q2,43
      \(first[3])@exemple.fr,0600000005,Etxea,Q2,pas un âge

      """, to: "personnes.csv")
  }

  func octroi(_ arguments: [String], input: String = "") throws -> ProgramResult {
    try Program.run(
      Program.octroi, arguments + ["--lang", "en"], in: folder.url, environment: environment,
      input: Data(input.utf8))
  }

  /// A file's text, unzipped if need be.
  func text(_ path: String) throws -> String {
    guard path.hasSuffix(".gz") else { return try folder.read(path) }
    let result = try Program.run(
      URL(filePath: "/usr/bin/env"), ["gzip", "-dc", folder.url.appending(path: path).path])
    return result.output
  }

  /// All files below the folder but those given, with their bytes, by path; gzip files unzipped.
  func artefacts(but left: [String]) throws -> [String: Data] {
    let root = folder.url.resolvingSymlinksInPath()
    var files: [String: Data] = [:]
    let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    for case let file as URL in walker ?? FileManager.DirectoryEnumerator() {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      let path = String(file.resolvingSymlinksInPath().path.dropFirst(root.path.count + 1))
      guard !isFolder.boolValue, !left.contains(where: { path.hasPrefix($0) }) else { continue }
      files[path] =
        path.hasSuffix(".gz") ? Data(try text(path).utf8) : try Data(contentsOf: file)
    }
    return files
  }
}
