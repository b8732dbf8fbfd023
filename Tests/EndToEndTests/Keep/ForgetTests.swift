import Foundation
import TestSupport
import Testing

/// Tokens can be reversed by who holds the key, until the person is forgotten.
@Suite struct ForgetTests {
  /// By age, which is first, the rows come out as they stand in the source.
  private static let pipeline = PersonProject.pipeline.replacing(
    "select: [code, nom, quartier]", with: "select: [age, code, nom, quartier]")

  private func rows(_ project: PersonProject) throws -> [[String]] {
    try project.text("out/recherche/codes.csv.gz").split(whereSeparator: \.isNewline).dropFirst()
      .map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).dropFirst().map(String.init)
      }
  }

  @Test func tokensStayAndAreReversible() throws {
    let project = try PersonProject(pipeline: Self.pipeline)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let first = try rows(project)
    #expect(first.count == 4 && Set(first.map { $0[1] }).count == 4)
    #expect(try project.octroi(["run", "personnes.yml", "--threads", "1"]).status == 0)
    #expect(try rows(project) == first)
    let asked = first[0][1] + "\n" + first[2][1] + "\nxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
    let revealed = try project.octroi(["reveal", "recherche"], input: asked)
    #expect(
      revealed.output == "token,domain,value\r\n\(first[0][1]),nom,Tazrout-Lemoine\r\n"
        + "\(first[2][1]),nom,Chraïbi\r\n")

    // After a rotation the vault opens with the new key alone.
    #expect(try project.octroi(["keys", "rotate", "recherche"]).status == 0)
    #expect(try project.octroi(["keys", "retire", "recherche", "1"]).status == 0)
    #expect(try project.octroi(["reveal", "recherche"], input: asked).output == revealed.output)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    #expect(try rows(project).map { $0[1] } == first.map { $0[1] })
    #expect(try rows(project).map { $0[0] } != first.map { $0[0] })

    // Without the key nothing opens.
    for name in try FileManager.default.contentsOfDirectory(atPath: project.keys.url.path) {
      try FileManager.default.removeItem(at: project.keys.url.appending(path: name))
    }
    #expect(try project.octroi(["reveal", "recherche"], input: asked).status == 1)
  }

  @Test func aPersonIsForgotten() throws {
    let project = try PersonProject(pipeline: Self.pipeline)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let first = try rows(project)
    let asked = "AMELIE.tazrout@exemple.fr\n Tazrout-Lemoine \n\n"
    let dry = try project.octroi(["forget", "--dry-run"], input: asked)
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("1 row(s) of the vault would be removed"))

    let done = try project.octroi(["forget"], input: asked)
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("1 row(s) of the vault removed"))
    #expect(done.output.contains("codes.csv.gz: holds \(first[0][0])"))
    #expect(done.output.contains("codes.csv.gz: holds \(first[0][1])"))
    #expect(done.output.contains("Laboratoire Alpha; Laboratoire Bêta"))
    #expect(done.output.contains("out/interne/clairs.csv: holds an identifier in clear"))
    for identifier in ["AMELIE", "amelie", "Tazrout"] {
      #expect(!(done.output + done.errors).contains(identifier))
    }
    #expect(try project.octroi(["reveal", "recherche"], input: first[0][1] + "\n").status == 1)
    #expect(try project.octroi(["reveal", "recherche"], input: first[1][1] + "\n").status == 0)
    #expect(try project.octroi(["forget"], input: asked).output.contains("0 row(s) of the vault"))

    // Gone from the source: the next run holds nothing of the person.
    let source = try project.folder.read("personnes.csv").split(separator: "\n")
    try project.folder.write(
      source.filter { !$0.contains("amelie") }.joined(separator: "\n") + "\n", to: "personnes.csv")
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let after = try project.octroi(["forget", "--json"], input: asked)
    #expect(after.output.contains("\"held\" : false"))
    #expect(!after.output.contains(first[0][0]))
  }

  /// Without the ledger the pipelines still tell how pseudonyms are made, the manifests where; and
  /// what nobody can tell any more is said.
  @Test func aDeletedLedgerIsTold() throws {
    let project = try PersonProject(pipeline: Self.pipeline)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let first = try rows(project)
    let asked = "AMELIE.tazrout@exemple.fr\n Tazrout-Lemoine \n\n"
    let state = try #require(project.environment["OCTROI_STATE"])
    for case let name as String in FileManager.default.enumerator(atPath: state) ?? .init()
    where name.split(separator: "/").last?.hasPrefix("ledger.sqlite") == true {
      try FileManager.default.removeItem(atPath: state + "/" + name)
    }
    let done = try project.octroi(["forget"], input: asked)
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("the ledger knows of no run"), "\(done.output)")
    #expect(done.output.contains("does not know of 3 published files"), "\(done.output)")
    #expect(done.output.contains("codes.csv.gz: holds \(first[0][0])"), "\(done.output)")
    #expect(done.output.contains("codes.csv.gz: holds \(first[0][1])"))
    #expect(done.output.contains("the ledger does not know when it was published"))
    #expect(done.output.contains("Laboratoire Alpha; Laboratoire Bêta"))
    #expect(done.output.contains("out/interne/clairs.csv: holds an identifier in clear"))
    #expect(done.output.contains("1 row(s) of the vault removed"))

    // A pipeline that does not pass is named.
    let broken = Self.pipeline.replacing("from: personnes", with: "from: personne")
    try project.folder.write(broken, to: "personnes.yml")
    let told = try project.octroi(["forget", "--dry-run"], input: asked)
    #expect(told.output.contains("personnes.yml: does not pass its check"), "\(told.output)")
    #expect(!told.output.contains("holds \(first[0][0])"))
  }

  /// On a terminal, what is typed is not shown.
  @Test func typedIdentifiersAreNotShown() throws {
    let project = try PersonProject(pipeline: Self.pipeline)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let python = try #require(Program.python, "run `make test`")
    let script = Repository.root.appending(path: "Tests/EndToEndTests/oracles/typed.py").path
    let result = try Program.run(
      python,
      [
        script, "amelie.tazrout@exemple.fr", "Tazrout-Lemoine", "--", Program.octroi.path, "forget",
      ],
      in: project.folder.url, environment: project.environment)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("not shown"))
    #expect(result.output.contains("1 row(s) of the vault removed"))
    #expect(!result.output.contains("amelie") && !result.output.contains("Tazrout"))
  }

  @Test func nothingGivenIsAnError() throws {
    let project = try PersonProject(pipeline: Self.pipeline)
    #expect(try project.octroi(["forget"], input: "\n").status == 2)
    #expect(try project.octroi(["forget", "amelie"], input: "\n").status == 2)
  }
}
