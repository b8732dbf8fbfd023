import Foundation
import Octroi
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// What leaves, written down: what it says, and what it does not mind.
@Suite struct PrivacyLockTests {
  static let body = """
    octroi: 1
    pipeline: essai
    purpose: recherche
    charter: charte.yml
    sources:
      gens: {path: gens.csv, schema: gens.schema.json, governance: gens}
    steps:
      a:
        from: gens
        stages:
          - filter: {where: "nom <> 'x'", because: essai}
          - pseudonymise: {fields: [courriel], scope: recherche-2026}
          - rename: {courriel: personne}
          - generalise: {field: postal, hierarchy: postal.csv, level: 1, unknown: star}
          - select: [personne, postal]
    outputs:
      a: {from: a, audience: internal, path: out/interne/a.csv}

    """

  private func project(_ text: String = body) throws -> TemporaryFolder {
    let place = try TemporaryFolder()
    for name in ["octroi.yml", "charte.yml", "gens.schema.json", "postal.csv"] {
      let file = Repository.root.appending(path: AdversarialTests.folder).appending(path: name)
      try FileManager.default.copyItem(at: file, to: place.url.appending(path: name))
    }
    try place.write(text, to: "essai.yml")
    return place
  }

  private func plan(_ place: TemporaryFolder) throws -> Plan {
    let result = Project.check(place.url.appending(path: "essai.yml").path)
    return try #require(result.plan, "\(result.diagnostics.map(\.message.en))")
  }

  private func lock(_ text: String) throws -> PrivacyLock {
    PrivacyLock(try plan(try project(text)))
  }

  @Test func saysWhatLeavesWithItsTreatment() throws {
    let text = try lock(Self.body).text
    for line in [
      "audience: \"internal\"", "path: \"out/interne/a.csv\"",
      "treatment: [\"pseudonymise {fields: [courriel], scope: recherche-2026}\"]",
      "from: [\"gens.courriel\"]", "what: \"singles out\"", "because: \"essai\"",
    ] {
      #expect(text.contains(line), "\(line) is not in:\n\(text)")
    }
    // Of a file that decides a treatment, what it says counts.
    #expect(text.contains("hierarchy: postal.csv (sha256 "))
  }

  @Test func cosmeticChangesChangeNothing() throws {
    let before = try lock(Self.body)
    let other = Self.body
      .replacing("pipeline: essai", with: "pipeline:    'essai'   # le même")
      .replacing(
        "{fields: [courriel], scope: recherche-2026}",
        with:
          "\n              scope: \"recherche-2026\"\n              fields:\n                - courriel"
      )
    let after = try lock(other)
    #expect(after.changes(since: before).isEmpty)
    #expect(after.text == before.text)
  }

  @Test(arguments: [
    ("scope: recherche-2026", "scope: recherche-2026, length: 20", "treatment of 'personne'"),
    ("level: 1, unknown: star", "level: 0, unknown: star", "treatment of 'postal'"),
    (
      "select: [personne, postal]", "select: [personne, postal, sexe]",
      "field 'sexe' (quasi) is new"
    ),
    ("select: [personne, postal]", "select: [personne]", "field 'postal' is gone"),
    ("purpose: recherche", "purpose: pilotage", "purpose: recherche → pilotage"),
    ("because: essai", "because: autre raison", "singles out: autre raison"),
    ("path: out/interne/a.csv", "path: out/interne/b.csv", "path: out/interne/a.csv →"),
    (
      "- select:", "- sort: [personne]\n      - select:",
      "rows chosen by: gens.nom → gens.courriel, gens.nom"
    ),
  ])
  func changesAreToldInPlainWords(_ change: (String, String, String)) throws {
    var text = Self.body.replacing(change.0, with: change.1)
    // (That scope is for research only.)
    if change.0.hasPrefix("purpose") {
      text = text.replacing("recherche-2026", with: "pilotage-2026")
    }
    let told = try lock(text).changes(since: try lock(Self.body)).map(\.en)
    #expect(told.contains { $0.contains(change.2) }, "\(told)")
  }

  @Test func aContentOfAFileCounts() throws {
    let place = try project()
    let before = PrivacyLock(try plan(place))
    try place.write("Nord;Centre;*\nSud;S;*\n", to: "postal.csv")
    let told = PrivacyLock(try plan(place)).changes(since: before)
    #expect(told.contains { $0.en.contains("treatment of 'postal'") })
  }

  /// Where the charter asks for approval, a run goes on only as signed off.
  @Test func runsAreHeldToTheLock() throws {
    let place = try project()
    let charter = place.url.appending(path: "charte.yml")
    let rules = try String(contentsOf: charter, encoding: .utf8)
    try place.write(
      rules.replacing(
        "folder: out/interne\n", with: "folder: out/interne\n    approval: required\n"),
      to: "charte.yml")
    try place.write(
      "id,nom,courriel,naissance,postal,sexe,sante,jeton,note,quartier,service,montant,ouverture\n",
      to: "gens.csv")
    func run() throws -> RunResult {
      var options = RunOptions(threads: 1, language: .en, version: "essai")
      options.state = place.url.appending(path: ".state").path
      return Project.run(try plan(place), options)
    }
    let missing = try run()
    #expect(missing.exit == .refused)
    #expect(missing.error?.en.contains("there is no privacy lock") == true)
    let path = try PrivacyLock.write(try plan(place))
    #expect(path.hasSuffix("/essai.lock.yml"))
    // What is refused now is the missing key, and no longer the lock.
    #expect(try run().error?.en.contains("lock") == false)
    try place.write(
      Self.body.replacing("length: 1", with: "").replacing(
        "[personne, postal]", with: "[personne, postal, nom]"), to: "essai.yml")
    let changed = try run()
    #expect(changed.exit == .refused)
    #expect(changed.error?.en.contains("field 'nom' (direct) is new") == true)
    let warned = Project.check(place.url.appending(path: "essai.yml").path)
    #expect(warned.diagnostics.contains { $0.code == "privacy-lock" })
    try place.write("octroi: 1\n", to: "essai.lock.yml")
    #expect(try run().error?.en.contains("cannot be read") == true)
  }
}
