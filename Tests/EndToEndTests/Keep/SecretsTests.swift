import Foundation
import TestSupport
import Testing

/// Keys and identifiers stand where they must and nowhere else: every artefact of every run is
/// searched for them.
@Suite struct SecretsTests {
  private func check(_ files: [String: Data], _ secrets: [String], _ what: String) {
    for (path, bytes) in files {
      for secret in secrets where bytes.range(of: Data(secret.utf8)) != nil {
        Issue.record("\(what): \(path) holds \(secret.prefix(6))…")
      }
      for secret in secrets where path.contains(secret) {
        Issue.record("\(what): a file is called \(secret.prefix(6))…")
      }
    }
  }

  private func mode(_ url: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  @Test func tinyRunsTellNothing() throws {
    let project = try PersonProject()
    let secrets = PersonProject.identifiers + [PersonProject.key]
    var said: [String: Data] = [:]
    func octroi(_ arguments: [String], status: Int32) throws {
      let result = try project.octroi(arguments)
      #expect(result.status == status, "\(arguments.first ?? ""): \(result.errors)")
      said[arguments.prefix(3).joined(separator: " ")] = Data((result.output + result.errors).utf8)
    }
    let parameters = [
      "--param", "cherche=\(PersonProject.identifiers[0])", "--param", "numero=0699887766",
    ]
    try octroi(["run", "personnes.yml"] + parameters, status: 0)
    // A second run, so that `why` has something to compare.
    try octroi(["run", "personnes.yml", "--json"] + parameters, status: 0)
    try octroi(["check", "personnes.yml"] + parameters, status: 0)
    try octroi(["plan", "personnes.yml"] + parameters, status: 0)
    try octroi(["plan", "personnes.yml", "--json"] + parameters, status: 0)
    try octroi(["why", "clairs"], status: 0)
    try octroi(["runs", "--json"], status: 0)
    try octroi(["keys", "list"], status: 0)
    try octroi(["keys", "list", "--json"], status: 0)
    try octroi(["explain", "personnes.yml", "--field", "code"], status: 0)
    try octroi(["preview", "personnes.yml", "--step", "codes"], status: 0)
    try octroi(["verify", "out"], status: 0)
    // What holds identifiers is the staff's alone.
    let inside = project.folder.url.appending(path: "out/interne")
    let rejects = inside.appending(path: "rejets/personnes-personnes.rejects.csv")
    #expect(try String(contentsOf: rejects, encoding: .utf8).contains(PersonProject.identifiers[3]))
    #expect(try mode(rejects) == 0o600)
    #expect(try mode(rejects.deletingLastPathComponent()) == 0o700)
    #expect(try mode(inside.appending(path: "clairs.csv")) == 0o600)
    // Runs that fail: too many rejects, a wrong key.
    let text = try project.folder.read("personnes.yml")
    try project.folder.write(
      text.replacing("at_most: 50%", with: "at_most: 0"), to: "personnes.yml")
    try octroi(["run", "personnes.yml"] + parameters, status: 1)
    try project.folder.write(text, to: "personnes.yml")
    let key = project.keys.url.appending(path: "recherche.key")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
    try octroi(["run", "personnes.yml", "--threads", "1"], status: 1)

    let sources = ["personnes.csv", "personnes.yml"]
    check(
      try project.artefacts(but: sources + ["out/interne/clairs.csv", "out/interne/rejets/"]),
      secrets, "files")
    check(said, secrets, "output")
    // The key stands nowhere at all.
    check(try project.artefacts(but: sources), [PersonProject.key], "files")
    for name in ["ledger.sqlite", "vault.sqlite"] {
      let state = project.folder.url.appending(path: ".state")
      let folder = try #require(
        FileManager.default.contentsOfDirectory(atPath: state.path).first)
      #expect(try mode(state.appending(path: folder + "/" + name)) == 0o600)
    }
  }

  /// Commands that look at data or at what was kept, a bundle, and a lock: none tells.
  @Test func lookingTellsNothing() throws {
    let bundled = PersonProject.pipeline
      .replacing("path: out/recherche/codes.csv.gz", with: "path: out/recherche/codes/")
    let project = try PersonProject(pipeline: bundled)
    let secrets = PersonProject.identifiers + [PersonProject.key]
    let mail = PersonProject.identifiers[0]
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    var said: [String: Data] = [:]
    let looks: [([String], String)] = [
      (["explain", "personnes.yml", "--field", "code", "--json"], ""),
      (["preview", "personnes.yml", "--step", "clairs", "--json"], ""),
      (["preview", "personnes.yml", "--step", "personnes"], ""),
      (["trace", "personnes.yml", "--key", "courriel=-"], mail + "\n"),
      (["trace", "personnes.yml", "--key", "courriel=-", "--json"], mail + "\n"),
      (["check", "--lock", "personnes.yml"], ""), (["why", "clairs", "--json"], ""),
      (["runs"], ""), (["budget", "--json"], ""), (["verify", "out", "--json"], ""),
      (["scan", "personnes.csv"], ""), (["scan", "personnes.csv", "--json"], ""),
      (["scan", "personnes.csv", "--schema"], ""), (["purge", "--dry-run", "--json"], ""),
      (["forget", "--dry-run"], mail + "\n\n"), (["forget", "--json"], mail + "\n\n"),
    ]
    for (arguments, input) in looks {
      let result = try project.octroi(arguments, input: input)
      #expect([0, 1].contains(result.status), "\(arguments): \(result.errors)")
      said[arguments.joined(separator: " ")] = Data((result.output + result.errors).utf8)
    }
    check(said, secrets, "output")
    let files = try project.artefacts(
      but: ["personnes.csv", "personnes.yml", "out/interne/clairs.csv", "out/interne/rejets/"])
    #expect(files.keys.contains("personnes.lock.yml"))
    #expect(files.keys.contains { $0.hasSuffix("codebook.fr.html") })
    check(files, secrets, "files")
  }

  /// What fails by a value says where, and not which.
  @Test(arguments: [
    "cast: {nom: integer}", "cast: {courriel: date}",
    "recode: {field: nom, map: {x: y}, otherwise: error}",
    "pivot: {by: quartier, column: nom, value: age, columns: [Personne]}",
    "join: {with: autres, key: {nom: quartier}, unmatched: {at_most: 0}}",
    "generalise: {field: courriel, hierarchy: niveaux.csv, level: 1}",
    "derive: {x: \"cast(nom as integer)\"}", "derive: {x: \"1 / length(substr(nom, 1, 0))\"}",
    "k_anonymise: {k: 2, person: courriel, quasi: {quartier: niveaux.csv}}",
    "microaggregate: {fields: age, k: 9, person: nom}",
  ])
  func failuresTellNothing(_ stage: String) throws {
    let text = PersonProject.pipeline.replacing(
      "  clairs:\n    from: personnes\n    stages:\n",
      with: "  autres: {from: personnes, stages: [aggregate: {by: [quartier]}]}\n"
        + "  clairs:\n    from: personnes\n    stages:\n      - \(stage)\n"
    )
    let project = try PersonProject(pipeline: text)
    try project.folder.write("a;A\nb;B\n", to: "niveaux.csv")
    let result = try project.octroi(["run", "personnes.yml"])
    var files = try project.artefacts(
      but: ["personnes.csv", "personnes.yml", "out/interne/clairs.csv", "out/interne/rejets/"])
    files["output"] = Data((result.output + result.errors).utf8)
    check(files, PersonProject.identifiers + [PersonProject.key, "Bernard", "Diallo"], stage)
  }

  /// Public manifests speak neither of inputs nor of rejects.
  @Test func publicManifestsOmitInputs() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let manifest = try project.folder.read("out/public/personnes.manifest.json")
    for word in ["personnes.csv", "reject", "input", "telephone", "\"numero\""] {
      #expect(!manifest.contains(word) || word == "\"numero\"", "the manifest says \(word)")
    }
    #expect(manifest.contains("\"an\" : \"2026\""))
    #expect(!manifest.contains("cherche"))
  }

  /// Parameters are written down as they are classed.
  @Test func parametersAreTold() throws {
    let classed = PersonProject.pipeline
      .replacing("cherche: {type: text,", with: "cherche: {type: text, privacy: plain,")
      .replacing("an: {type: integer,", with: "an: {type: integer, privacy: quasi,")
    let project = try PersonProject(pipeline: classed)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let manifest = try project.folder.read("out/public/personnes.manifest.json")
    #expect(manifest.contains("\"cherche\" : \"personne\""))
    #expect(!manifest.contains("\"an\""))
    let plan = try project.octroi(["plan", "personnes.yml"])
    #expect(plan.output.contains(":an = ***"))
  }

  /// The shipped pipelines, with identifiers taken from what they read.
  @Test func shippedRunsTellNothing() throws {
    let project = try Project()
    let folder = project.folder.url
    let requests = folder.appending(path: "SampleData/demandes")
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: requests.path).sorted()
        .first { $0.hasSuffix(".gz") })
    let unzipped = try Program.run(
      URL(filePath: "/bin/sh"),
      [
        "-c", "gzip -dc \"$0\" | head -n 4000 | tail -n 3900 | LC_ALL=C tr -cd '\\11-\\176'",
        requests.appending(path: name).path,
      ])
    let mails = unzipped.output.split(whereSeparator: { ";\n\r\"".contains($0) }).filter {
      $0.contains("@") && $0.contains(".") && !$0.contains(" ")
    }.map(String.init)
    #expect(mails.count > 100)
    let key = String(repeating: "5a", count: 32)
    let sample = Set(mails).sorted().enumerated().filter { $0.offset % 37 == 0 }.map(\.element)
    let secrets = sample + sample.map { $0.lowercased() } + [key]
    var said: [String: Data] = [:]
    for pipeline in shippedPipelines {
      let result = try project.octroi(
        "run", pipeline, "--json", "--param", "jour=2026-10-31")
      said[pipeline] = Data((result.output + result.errors).utf8)
    }
    check(said, secrets, "output")
    var files: [String: Data] = try project.published().filter {
      !$0.key.hasPrefix("interne/rejets/")
    }
    for (path, _) in files where path.hasSuffix(".gz") {
      let text = try Program.run(
        URL(filePath: "/usr/bin/env"), ["gzip", "-dc", folder.appending(path: "out/" + path).path])
      files[path] = Data(text.output.utf8)
    }
    #expect(files.count > 5)
    let state = folder.appending(path: ".state")
    let walker = FileManager.default.enumerator(at: state, includingPropertiesForKeys: nil)
    for case let file as URL in walker ?? FileManager.DirectoryEnumerator() {
      files["state/" + file.lastPathComponent] = try? Data(contentsOf: file)
    }
    check(files, secrets, "files")
  }
}
