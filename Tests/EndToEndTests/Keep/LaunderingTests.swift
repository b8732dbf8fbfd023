import Foundation
import TestSupport
import Testing

/// What was published about persons is about persons still when it is read again, by whatever name.
@Suite struct LaunderingTests {
  private static let again = """
    octroi: 1
    pipeline: relu
    purpose: essai
    charter: charte.yml
    sources:
      relu: {path: FILE, schema: relu.schema.json, governance: lieux}
    outputs:
      relu: {from: relu, audience: open, path: out/public/relu.csv}

    """

  /// A first run, and what `check` says of a pipeline that reads one of its files again.
  private func check(
    _ file: String, _ fields: [String], _ prepare: (PersonProject) throws -> Void = { _ in }
  ) throws -> ProgramResult {
    let project = try again(file, fields, prepare)
    return try project.octroi(["check", "relu.yml"])
  }

  private func again(
    _ file: String, _ fields: [String], _ prepare: (PersonProject) throws -> Void
  ) throws -> PersonProject {
    let project = try PersonProject()
    let entry = PersonProject.charter.components(separatedBy: "governance:\n  personnes:\n")[1]
    let places = entry.replacing("personal_data: true", with: "personal_data: false")
    try project.folder.write(PersonProject.charter + "  lieux:\n" + places, to: "charte.yml")
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    try prepare(project)
    let columns = fields.map {
      "{\"name\": \"\($0)\", \"type\": \"string\", \"privacy\": \"plain\"}"
    }
    try project.folder.write(
      "{\"fields\": [\(columns.joined(separator: ", "))]}\n", to: "relu.schema.json")
    try project.folder.write(Self.again.replacing("FILE", with: file), to: "relu.yml")
    return project
  }

  private func shell(_ project: PersonProject, _ command: String) throws {
    let done = try Program.run(
      URL(filePath: "/bin/sh"), ["-c", command], in: project.folder.url)
    #expect(done.status == 0, "\(command): \(done.errors)")
  }

  @Test func personalColumnsStayPersonal() throws {
    let said = try check("out/interne/clairs.csv", ["courriel", "quartier"])
    #expect(said.status == 2)
    #expect(said.errors.contains("'courriel' was published as"), "\(said.errors)")
  }

  /// Not one personal column is read: the rows are of persons all the same.
  @Test func rowsStayRowsOfPersons() throws {
    let said = try check("out/interne/clairs.csv", ["quartier"])
    #expect(said.status == 2)
    #expect(said.errors.contains("about persons"), "\(said.errors)")
  }

  @Test func aLinkIsWhatItPointsTo() throws {
    let said = try check("lieux/liste.csv", ["quartier"]) { project in
      let root = project.folder.url
      try FileManager.default.createDirectory(
        at: root.appending(path: "lieux"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        at: root.appending(path: "lieux/liste.csv"),
        withDestinationURL: root.appending(path: "out/interne/clairs.csv"))
    }
    #expect(said.status == 2)
    #expect(said.errors.contains("about persons"), "\(said.errors)")
  }

  @Test func openDataMayBeReadAgain() throws {
    let said = try check("out/public/nombres.csv", ["quartier", "personnes"])
    #expect(said.status == 0, "\(said.errors)")
  }

  /// The same bytes elsewhere, as they were, unpacked or packed: `check` cannot see it, the run does.
  @Test(arguments: [
    ("cp out/interne/clairs.csv lieux.csv", "courriel", "'courriel' was published as"),
    ("gzip -c out/interne/clairs.csv > lieux.csv", "courriel", "'courriel' was published as"),
    ("cp out/interne/clairs.csv lieux.csv", "quartier", "about persons"),
    ("cp out/recherche/codes.csv.gz lieux.csv", "code", "'code' was published as"),
    ("gzip -dc out/recherche/codes.csv.gz > lieux.csv", "code", "'code' was published as"),
    (
      "gzip -dc out/recherche/codes.csv.gz | gzip -9 > lieux.csv", "code", "'code' was published as"
    ),
    ("mv out/interne/clairs.csv lieux.csv; rm -r out", "courriel", "'courriel' was published as"),
    ("cp out/interne/clairs.csv lieux.csv; rm -r .state", "courriel", "'courriel' was published"),
  ]) func copiesAreWhatTheyWere(_ copy: (command: String, field: String, told: String)) throws {
    let project = try again("lieux.csv", [copy.field]) { try self.shell($0, copy.command) }
    #expect(try project.octroi(["check", "relu.yml"]).status == 0)
    let run = try project.octroi(["run", "relu.yml"])
    #expect(run.status == 1, "\(copy.command)")
    #expect(run.errors.contains(copy.told), "\(run.errors)")
    #expect(run.errors.contains("out/"), "\(run.errors)")
    let output = project.folder.url.appending(path: "out/public/relu.csv").path
    #expect(!FileManager.default.fileExists(atPath: output))
    for identifier in PersonProject.identifiers { #expect(!run.errors.contains(identifier)) }
  }

  /// What never was about persons may be copied, and so may what keeps its classes.
  @Test func otherCopiesPass() throws {
    let open = try again("lieux.csv", ["quartier", "personnes"]) {
      try self.shell($0, "cp out/public/nombres.csv lieux.csv")
    }
    #expect(try open.octroi(["run", "relu.yml"]).status == 0)
    let other = try again("lieux.csv", ["quartier"]) {
      try self.shell($0, "echo quartier > lieux.csv; echo Q1 >> lieux.csv")
    }
    #expect(try other.octroi(["run", "relu.yml"]).status == 0)
  }

  /// A hierarchy brings values in past all classes: it is no place for persons.
  @Test(arguments: ["out/interne/clairs.csv", "personnes.csv", "liste.csv"])
  func hierarchiesAreNoPersons(_ file: String) throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    try FileManager.default.createSymbolicLink(
      at: project.folder.url.appending(path: "liste.csv"),
      withDestinationURL: project.folder.url.appending(path: "personnes.csv"))
    try project.folder.write("quartier\nQ1\n", to: "lieux.csv")
    try project.folder.write(
      "{\"fields\": [{\"name\": \"quartier\", \"type\": \"string\", \"privacy\": \"plain\"}]}",
      to: "lieux.schema.json")
    // The persons are another pipeline's source, beside this one.
    try project.folder.write(
      """
      octroi: 1
      pipeline: lieux
      purpose: essai
      charter: charte.yml
      sources:
        lieux: {path: lieux.csv, schema: lieux.schema.json, governance: personnes}
      steps:
        a: {from: lieux, stages: [generalise: {field: quartier, hierarchy: \(file), level: 1}]}
      outputs:
        a: {from: a, audience: internal, path: out/interne/lieux.csv}

      """, to: "lieux.yml")
    let said = try project.octroi(["check", "lieux.yml"])
    #expect(said.status == 2)
    #expect(said.errors.contains("past its classes"), "\(said.errors)")
    #expect(said.errors.contains("lieux.yml:8:"), "\(said.errors)")
    for identifier in PersonProject.identifiers { #expect(!said.errors.contains(identifier)) }
  }

  /// Nor saved anew: told by their records, whatever these stand in.
  @Test(arguments: [
    ("tr ',' ';' < personnes.csv > codes.csv", true),
    ("printf '\\357\\273\\277' > codes.csv; tail -n +2 personnes.csv | sort -r >> codes.csv", true),
    ("sed -e 's/^/\"/; s/,/\",\"/g; s/$/\"/' personnes.csv | sed 2d > codes.csv", true),
    ("sed -e 's/$/\\r/' personnes.csv > codes.csv; gzip personnes.csv", true),
    ("printf 'Q1;Nord;*\\nQ2;Sud;*\\n' > codes.csv", false),
    ("cut -d, -f1 personnes.csv > codes.csv", false),
  ]) func sourcesSavedAnewAreNoHierarchies(_ copy: (command: String, isRefused: Bool)) throws {
    let stage = "generalise: {field: quartier, hierarchy: codes.csv, level: 0, unknown: star}"
    let packed = copy.command.contains("gzip") ? ".gz" : ""
    let pipeline = PersonProject.pipeline.replacing(
      "  clairs:\n", with: "  vide: {from: personnes, stages: [\(stage)]}\n  clairs:\n")
    let project = try PersonProject(
      pipeline: pipeline.replacing(
        "path: personnes.csv", with: "path: personnes.csv\(packed)"))
    try shell(project, copy.command)
    let run = try project.octroi(["run", "personnes.yml"])
    #expect((run.status == 1) == copy.isRefused, "\(copy.command): \(run.errors)")
    #expect(run.errors.contains("has records of the source 'personnes'") == copy.isRefused)
    for identifier in PersonProject.identifiers { #expect(!run.errors.contains(identifier)) }
  }

  /// Nor under another name, from this pipeline or one beside it: `check` sees only sizes, the run
  /// compares bytes before it reads a row.
  @Test(arguments: [
    ("cp personnes.csv codes.csv", "personnes.csv"),
    ("cp personnes.csv codes.csv; gzip -k personnes.csv", "personnes.csv.gz"),
  ]) func copiesOfSourcesAreNoHierarchies(_ copy: (command: String, source: String)) throws {
    let stage = "generalise: {field: quartier, hierarchy: codes.csv, level: 1, unknown: star}"
    let pipeline = PersonProject.pipeline.replacing(
      "  clairs:\n", with: "  vide: {from: personnes, stages: [\(stage)]}\n  clairs:\n")
    let project = try PersonProject(
      pipeline: pipeline.replacing("path: personnes.csv", with: "path: \(copy.source)"))
    try shell(project, copy.command)
    let run = try project.octroi(["run", "personnes.yml"])
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.errors.contains("has the bytes of the source 'personnes'"), "\(run.errors)")
    for identifier in PersonProject.identifiers { #expect(!run.errors.contains(identifier)) }
    #expect(
      !FileManager.default.fileExists(atPath: project.folder.url.appending(path: "out").path))
  }
}
