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
    return try project.octroi(["check", "relu.yml"])
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
}
