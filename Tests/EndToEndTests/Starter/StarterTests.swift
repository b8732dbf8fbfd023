import Foundation
import TestSupport
import Testing

/// From dirty files to gated outputs without an editor: `init --from`, `check`, `run`.
@Suite struct StarterTests {
  /// A folder called `projet`, so that what is derived from its name is always the same.
  final class Place {
    let folder: TemporaryFolder
    let root: URL

    init() throws {
      folder = try TemporaryFolder()
      root = folder.url.appending(path: "projet")
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    func octroi(_ arguments: String..., input: Data = Data()) throws -> ProgramResult {
      try Program.run(
        Program.octroi, arguments, in: root,
        environment: ["OCTROI_STATE": folder.url.appending(path: "state").path, "TZ": "UTC"],
        input: input)
    }

    /// The folder of what is for internal use, in the project's language.
    func inside() throws -> String {
      try read("charte.yml").contains("out/interne") ? "out/interne" : "out/internal"
    }

    func read(_ path: String) throws -> String {
      try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// All files below the root, by path.
    func all() throws -> [String: Data] {
      let base = root.resolvingSymlinksInPath().path
      var found: [String: Data] = [:]
      for path in try FileManager.default.subpathsOfDirectory(atPath: base) {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: base + "/" + path, isDirectory: &isFolder)
        if isFolder.boolValue { continue }
        found[path] = try Data(contentsOf: URL(filePath: base + "/" + path))
      }
      return found
    }

    /// A folder of the project in which the test writes.
    func dirty() throws -> DirtyFiles {
      let files = try DirtyFiles(in: folder)
      for name in DirtyFiles.names {
        try FileManager.default.moveItem(
          at: folder.url.appending(path: name), to: root.appending(path: name))
      }
      return files
    }
  }

  @Test(arguments: ["fr", "en"])
  func dirtyFilesRunUnedited(language: String) throws {
    let place = try Place()
    let truth = try place.dirty()
    let before = try place.all()
    let scan = try place.octroi("scan", "*.csv", "mesures.tsv.gz", "--lang", language)
    #expect(scan.status == 0 && scan.errors.isEmpty, "\(scan.errors)")
    let made = try place.octroi("init", "--from", "*.csv", "mesures.tsv.gz", "--lang", language)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.isEmpty)
    for (path, data) in before { #expect(try place.all()[path] == data, "\(path) was changed") }
    #expect(try place.octroi("check", "pipeline.yml", "--lang", language).status == 0)
    let run = try place.octroi("run", "pipeline.yml", "--json", "--lang", language)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSONDecoder().decode(RunReport.self, from: Data(run.output.utf8))
    for source in report.sources {
      let left = source.rejected.values.reduce(0, +) + source.skipped.values.reduce(0, +)
      #expect(source.read == source.passed + left, "\(source.name) does not add up")
    }
    #expect(report.sources.map(\.name) == ["demandes", "mesures", "stock"])
    #expect(report.sources.map(\.passed) == [240, truth.measures.passed, truth.stockRows])
    #expect(report.sources[0].skipped == ["blank": 2, "footer": 2, "preamble": 2])
    #expect(report.sources[1].rejected.values.reduce(0, +) == 4)
    try compareCounts(place, truth)
    try golden(place, scan.output, language)
    try sums(place, truth)
  }

  private func compareCounts(_ place: Place, _ truth: DirtyFiles) throws {
    let inside = try place.inside()
    let folder = place.root.appending(path: inside).path
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder)
        .first { $0.hasPrefix("demandes_") && $0.hasSuffix(".csv") })
    let lines = try place.read(inside + "/" + name).split(separator: "\r\n")
    var expected = truth.requests.filter { $0.value.rows >= 11 }.map {
      "\($0.key),\($0.value.rows)"
    }
    expected.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(lines.dropFirst().map(String.init) == expected)
  }

  /// The texts are those that were recorded (again with OCTROI_RECORD=1).
  private func golden(_ place: Place, _ scan: String, _ language: String) throws {
    let recorded = Repository.root.appending(path: "Tests/GoldenTests/cases/starter/\(language)")
    for path in [
      "charte.yml", "octroi.yml", "pipeline.yml", "schemas/demandes.schema.json",
      "schemas/mesures.schema.json", "schemas/stock.schema.json", "scan.txt",
    ] {
      let file = recorded.appending(path: path)
      let text = path == "scan.txt" ? scan : try place.read(path)
      if ProcessInfo.processInfo.environment["OCTROI_RECORD"] == "1" {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      } else {
        #expect(text == (try? String(contentsOf: file, encoding: .utf8)), "\(path)")
      }
    }
  }

  /// Sums over the generated schemas, against the test's own and DuckDB's on clean rows.
  private func sums(_ place: Place, _ truth: DirtyFiles) throws {
    let pipeline = try place.read("pipeline.yml")
    let head = try #require(pipeline.range(of: "\nsteps:"))
    try Data(
      (pipeline[..<head.lowerBound] + """

        steps:
          sommes:
            from: demandes
            stages:
              - aggregate: {by: [categorie], measures: {n: count(), total: sum(montant)}}
          valeur:
            from: stock
            stages:
              - aggregate: {measures: {n: count(), total: sum(montant)}}
        outputs:
          sommes: {from: sommes, audience: internal, path: FOLDER/sommes.csv}
          valeur: {from: valeur, audience: internal, path: FOLDER/valeur.csv}

        """).replacing(
          "FOLDER", with: pipeline.contains("out/interne") ? "out/interne" : "out/internal"
        )
        .utf8
    ).write(to: place.root.appending(path: "sommes.yml"))
    let run = try place.octroi("run", "sommes.yml", "--lang", "en")
    #expect(run.status == 0, "\(run.errors)")
    let folder = try place.inside()
    var found: [String: (rows: Int, cents: Int)] = [:]
    for line in try place.read(folder + "/sommes.csv").split(separator: "\r\n").dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      found[cells[0]] = (Int(cells[1]) ?? -1, cents(cells[2]))
    }
    #expect(found.keys.sorted() == truth.requests.keys.sorted())
    for (key, value) in truth.requests {
      #expect(found[key]?.rows == value.rows && found[key]?.cents == value.cents, "\(key)")
    }
    let stock = try place.read(folder + "/valeur.csv").split(separator: "\r\n").last ?? ""
    let cells = stock.split(separator: ",").map(String.init)
    #expect(cells.first == String(truth.stockRows) && cents(cells.last ?? "") == truth.stockCents)
    let clean = place.folder.url.appending(path: "clean.csv")
    try Data(truth.clean.utf8).write(to: clean)
    let duck = try OracleTests.python(
      "duckdb_sums.py", [clean.path, place.root.appending(path: folder + "/sommes.csv").path])
    #expect(duck.status == 0, "\(duck.output)\(duck.errors)")
    let schema = place.folder.url.appending(path: "pipeline.schema.json")
    try Data(try place.octroi("schema").output.utf8).write(to: schema)
    let editor = try OracleTests.python(
      "jsonschema_check.py",
      ["accept", schema.path, place.root.appending(path: "pipeline.yml").path])
    #expect(editor.status == 0, "\(editor.output)\(editor.errors)")
    for file in ["charte.yml", "pipeline.yml"] {
      let yaml = try OracleTests.python("yaml12.py", [place.root.appending(path: file).path])
      #expect(yaml.status == 0, "\(yaml.output)\(yaml.errors)")
    }
  }

  private func cents(_ text: String) -> Int {
    let parts = text.split(separator: ".")
    let fraction = parts.count > 1 ? String((parts[1] + "00").prefix(2)) : "00"
    return (Int(parts.first ?? "") ?? -1) * 100 + (Int(fraction) ?? -1)
  }

  @Test func theExampleRunsAtOnce() throws {
    for language in ["fr", "en"] {
      let place = try Place()
      #expect(try place.octroi("init", "--lang", language).status == 0)
      let check = try place.octroi("check", "pipeline.yml")
      #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
      let run = try place.octroi("run", "pipeline.yml")
      #expect(run.status == 0, "\(run.errors)")
    }
  }

  @Test func nothingIsReplacedUnasked() throws {
    let place = try Place()
    try Data("mine".utf8).write(to: place.root.appending(path: "charte.yml"))
    let refused = try place.octroi("init", "--lang", "en")
    #expect(refused.status == 2 && refused.errors.contains("charte.yml"))
    #expect(refused.errors.contains("--force"))
    #expect(try place.all().keys.sorted() == ["charte.yml"])
    #expect(try place.octroi("init", "--force").status == 0)
    #expect(try place.read("charte.yml") != "mine")
    #expect(try !place.all().keys.contains { $0.hasPrefix(".octroi") })
  }

  @Test func aProjectThatWouldFailItsCheckIsNotWritten() throws {
    let place = try Place()
    #expect(try place.octroi("init", "--lang", "fr").status == 0)
    #expect(try place.octroi("run", "pipeline.yml").status == 0)
    let before = try place.all()
    // Its export would go where its input lies.
    let refused = try place.octroi(
      "init", "--force", "--from", "out/interne/demandes.csv", "--lang", "fr")
    #expect(refused.status == 2, "\(refused.errors)")
    #expect(try place.all() == before)
  }

  @Test func whatCannotBeReadWritesNothing() throws {
    let place = try Place()
    try Data("a;b\n1;2\n".utf8).write(to: place.root.appending(path: "bon.csv"))
    try Data().write(to: place.root.appending(path: "vide.csv"))
    try Data("a;b\n1;2\n".utf8).write(to: place.folder.url.appending(path: "dehors.csv"))
    // A link within the folder to a file outside of it.
    try FileManager.default.createSymbolicLink(
      atPath: place.root.path + "/lien.csv", withDestinationPath: "../dehors.csv")
    let cases: [([String], Int32, String)] = [
      (["--from", "bon.csv", "absent.csv"], 3, "absent.csv"),
      (["--from", "bon.csv", "vide.csv"], 3, "vide.csv"),
      (["--from", "../dehors.csv"], 2, "outside"), (["--from", "-"], 2, "standard input"),
      (["nouveau", "--from", "bon.csv"], 2, "outside"), (["bon.csv"], 2, "--from"),
      (["--from", "lien.csv"], 2, "outside"),
    ]
    for (files, status, word) in cases {
      let result = try Program.run(
        Program.octroi, ["init"] + files + ["--lang", "en"], in: place.root,
        environment: ["OCTROI_STATE": place.folder.url.path])
      #expect(result.status == status, "\(files): \(result.errors)")
      #expect(result.errors.contains(word), "\(result.errors)")
      #expect(try place.all().keys.sorted() == ["bon.csv", "lien.csv", "vide.csv"])
      #expect(!FileManager.default.fileExists(atPath: place.root.path + "/nouveau"))
    }
  }

  @Test func monthsThatChangeShapeAreOneSource() throws {
    let place = try Place()
    let rows = (0..<30).map { "\($0);\(["a", "b"][$0 % 2])" }
    for (name, head, more) in [
      ("Suivi janvier.csv", "n°;Type", ""), ("Suivi février.csv", "n°;Type;Note", ";12,5"),
      ("Suivi mars.csv", "n°;Type;Note", ";3"),
    ] {
      let text = head + "\n" + rows.map { $0 + more + "\n" }.joined()
      try FileManager.default.createDirectory(
        at: place.root.appending(path: "livraisons"), withIntermediateDirectories: true)
      try Data((text + "# \(name)").utf8).write(
        to: place.root.appending(path: "livraisons/" + name))
    }
    let made = try place.octroi("init", "--from", "livraisons", "--json", "--lang", "fr")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("livraisons/Suivi *.csv"))
    #expect(try place.read("pipeline.yml").contains("policy: union"))
    #expect(try place.octroi("check", "pipeline.yml").errors.isEmpty)
    let run = try place.octroi("run", "pipeline.yml", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSONDecoder().decode(RunReport.self, from: Data(run.output.utf8))
    #expect(report.sources.map(\.passed) == [90])
    #expect(try place.read("out/interne/suivi_par_type.csv") == "type,nombre\r\na,45\r\nb,45\r\n")
  }

  @Test func whatIsNotCertainIsSaidWhereItIsDecided() throws {
    let place = try Place()
    // No day past the twelfth, and a header that only its place tells.
    let rows = (1...9).map { "0\($0)/0\(10 - $0)/2026;x\($0)\n" }.joined()
    try Data(("Né le;lieu\n" + rows).utf8).write(to: place.root.appending(path: "dates.csv"))
    try Data("ville;pays\nNantes;France\nFès;Maroc\n".utf8)
      .write(to: place.root.appending(path: "villes.csv"))
    #expect(try place.octroi("init", "--from", "*.csv", "--lang", "fr").status == 0)
    let pipeline = try place.read("pipeline.yml")
    #expect(pipeline.contains("# À décider dans le schéma pour « Né le » :"))
    #expect(pipeline.contains("# Pas certain : header = true"))
    #expect(try place.octroi("run", "pipeline.yml").status == 0)
  }
}
