import Foundation
import TestSupport
import Testing

/// The export that the shipped pipeline makes for researchers, judged from outside.
@Suite struct ExportAttackTests {
  private static let quasi = ["annee_naissance", "quartier"]

  /// What the attack came to.
  private struct Attack: Decodable {
    let records: Int
    let least_candidates: Int
    let least_pseudonyms: Int
    let right: Int
    let alone_before: Int
  }

  private struct Judgement: Decodable {
    struct Field: Decodable { let l: Int }
    let k: Int
    let categorie: Field
  }

  private func answer<Answer: Decodable>(
    _ type: Answer.Type, _ script: String, _ arguments: [String]
  ) throws -> Answer {
    guard let python = Program.python else {
      throw ProjectError(text: "no Python with the oracles: run `make test`")
    }
    let path = Repository.root.appending(path: "Tests/EndToEndTests/oracles/" + script).path
    let result = try Program.run(python, ["-B", path] + arguments, in: Repository.root)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(type, from: Data(result.output.utf8))
  }

  @Test func pycanonAndAnAttackerFindWhatIsPromised() throws {
    let project = try Project()
    let report = try project.run("Pipelines/chercheurs.yml")
    let export = try #require(report.outputs.first { $0.name == "microdonnees" })
    let file = project.folder.url.appending(path: "out/recherche/demandes/microdonnees.csv.gz").path
    let judged = try answer(
      Judgement.self, "classes.py", [file, Self.quasi.joined(separator: ","), "categorie"])
    #expect(judged.k >= 5 && judged.categorie.l >= 3)
    // One row a person and class: its k is in persons.
    let plain = try project.folder.write(try persons(of: file), to: "persons.csv").path
    let persons = try answer(
      Judgement.self, "classes.py", [plain, Self.quasi.joined(separator: ","), "categorie"])
    #expect(persons.k >= 5 && persons.k <= judged.k)

    let folder = project.folder.url.appending(path: "SampleData/demandes")
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".csv.gz") }.sorted().map { folder.appending(path: $0).path }
    let attack = try answer(
      Attack.self, "attack.py", [file, String(repeating: "5a", count: 32)] + sources)
    #expect(attack.records == export.rows && attack.records > 10_000)
    // The link is right (but for rows of broken files that are read otherwise), and still points
    // at five persons or more.
    #expect(attack.right * 100 >= attack.records * 99)
    #expect(attack.least_candidates >= 5 && attack.least_pseudonyms >= 5)
    // Without the treatment the same knowledge finds persons alone.
    #expect(attack.alone_before > 0)

    let verified = try project.octroi("verify", "out")
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.output.contains("k=5 (annee_naissance, quartier); l=3 (categorie)"))
  }

  /// The first row of each person in each class.
  private func persons(of file: String) throws -> String {
    let unzipped = try Program.run(URL(filePath: "/usr/bin/env"), ["gzip", "-dc", file])
    var seen: Set<[Substring]> = []
    let lines = unzipped.output.split(whereSeparator: \.isNewline)
    let kept = lines.filter { line in
      seen.insert(Array(line.split(separator: ",", omittingEmptySubsequences: false).prefix(3)))
        .inserted
    }
    return kept.joined(separator: "\n") + "\n"
  }
}
