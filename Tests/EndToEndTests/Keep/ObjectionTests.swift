import Foundation
import TestSupport
import Testing

/// Who objected is left out of what leaves, and counted; nobody else is.
@Suite struct ObjectionTests {
  private static let pipeline = """
    octroi: 1
    pipeline: personnes
    purpose: essai
    charter: charte.yml
    sources:
      personnes: {path: personnes.csv, schema: schema.json, governance: personnes}
      oppositions: {path: oppositions.csv, schema: oppositions.schema.json, governance: personnes}
    steps:
      jetons:
        from: oppositions
        stages:
          - pseudonymise: {fields: courriel, scope: recherche}
      codes:
        from: personnes
        stages:
          - pseudonymise: {fields: courriel, scope: recherche}
          - oppose: {field: courriel, list: jetons}
          - select: [courriel, age]
    outputs:
      codes: {from: codes, audience: research, path: out/recherche/codes.csv}

    """

  private func project(_ list: String) throws -> PersonProject {
    let project = try PersonProject(pipeline: Self.pipeline)
    let source = try project.folder.read("personnes.csv").split(separator: "\n")
    try project.folder.write(
      (source.filter { !$0.contains("pas un âge") } + source.suffix(2).prefix(1))
        .joined(separator: "\n") + "\n", to: "personnes.csv")
    try project.folder.write(
      "{\"fields\": [{\"name\": \"courriel\", \"type\": \"string\", \"privacy\": \"direct\"}]}",
      to: "oppositions.schema.json")
    try project.folder.write("courriel\n" + list, to: "oppositions.csv")
    return project
  }

  @Test func whoObjectedIsCountedAndGone() throws {
    // One of two rows, another of one, one whom nobody knows, and an empty line.
    let list = "d@exemple.fr\n\(PersonProject.identifiers[0])\nz@exemple.fr\n\n"
    let project = try project(list)
    let run = try project.octroi(["run", "personnes.yml", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    struct Told: Decodable {
      struct Step: Decodable {
        let stage: String
        let rowsIn: Int
        let rowsOut: Int
        let left: [String: Int]
      }
      let steps: [Step]
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let told = try decoder.decode(Told.self, from: Data(run.output.utf8))
    let step = try #require(told.steps.first { $0.stage == "oppose" })
    #expect((step.rowsIn, step.rowsOut) == (5, 2) && step.left == ["opposed": 3])
    let rows = try project.folder.read("out/recherche/codes.csv").split(whereSeparator: \.isNewline)
    #expect(Set(rows.dropFirst().compactMap { $0.split(separator: ",").last }) == ["41", "42"])
    #expect(try project.octroi(["verify", "out"]).status == 0)
    let why = try project.octroi(["why", "codes"])
    #expect(why.output.contains("persons who objected"), "\(why.output)")
    for identifier in PersonProject.identifiers {
      #expect(!(run.output + run.errors + why.output).contains(identifier))
    }
  }

  @Test func nobodyObjected() throws {
    let project = try project("")
    let run = try project.octroi(["run", "personnes.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let rows = try project.folder.read("out/recherche/codes.csv").split(whereSeparator: \.isNewline)
    #expect(rows.count == 6)
  }
}
