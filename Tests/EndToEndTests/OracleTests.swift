import Foundation
import TestSupport
import Testing

/// Other people's programs as judges: DuckDB for sums, ruamel.yaml for YAML, jsonschema for the
/// editors' schema. The Makefile prepares them; a run without them fails and says so.
@Suite struct OracleTests {
  static func python(_ script: String, _ arguments: [String]) throws -> ProgramResult {
    guard let python = Program.python else {
      throw ProjectError(text: "no Python with the oracles: run `make test`")
    }
    let file = Repository.root.appending(path: "Tests/EndToEndTests/oracles/\(script)")
    return try Program.run(python, [file.path] + arguments, in: Repository.root)
  }

  @Test(arguments: shippedPipelines + ["Pipelines/charte.yml"])
  func yamlMeansTheSameToAYAML12Loader(file: String) throws {
    let result = try Self.python("yaml12.py", [file])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test func jsonSchemaAcceptsWhatCheckAccepts() throws {
    let project = try TinyProject()
    let schema = try project.octroi(["schema"])
    #expect(schema.status == 0)
    let file = try project.folder.write(schema.output, to: "pipeline.schema.json")
    let accepted = try Self.python("jsonschema_check.py", ["accept", file.path] + shippedPipelines)
    #expect(accepted.status == 0, "\(accepted.output)\(accepted.errors)")
    let cases = Repository.root.appending(path: "Tests/GoldenTests/cases/spec-errors").path
    let rejected = try Self.python("jsonschema_check.py", ["reject", file.path, cases])
    #expect(rejected.status == 0, "\(rejected.output)\(rejected.errors)")
  }

  @Test func sumsEqualDuckDBsToTheLastDigit() throws {
    let project = try Project()
    try project.folder.write(
      """
      octroi: 1
      pipeline: oracle
      purpose: pilotage-des-services
      charter: charte.yml
      parameters:
        jour: {type: date, default: yesterday}
      sources:
        demandes:
          path: ../SampleData/demandes/demandes-*.csv.gz
          schema: ../SampleData/demandes/schema.json
          dialect: {encoding: windows-1252, delimiter: ";"}
          reject: {at_most: 20%}
          governance: demandes
      steps:
        lignes:
          from: demandes
          stages:
            - select: [id, ouverture, cloture, categorie, quartier, montant]
        groupes:
          from: demandes
          stages:
            - aggregate:
                by: [quartier, categorie]
                measures:
                  n: count()
                  avec_montant: count(montant)
                  total: sum(montant)
                  moyenne: mean(montant)
                  petit: min(montant)
                  grand: max(montant)
                  delai: sum(days_between(ouverture, cloture))
                  jours: count_distinct(ouverture)
                  mediane: median(montant)
      outputs:
        lignes: {from: lignes, audience: internal, path: ../out/interne/lignes.csv}
        groupes: {from: groupes, audience: internal, path: ../out/interne/groupes.csv}

      """, to: "Pipelines/oracle.yml")
    _ = try project.run("Pipelines/oracle.yml")
    let out = project.folder.url.appending(path: "out/interne")
    let result = try Self.python(
      "duckdb_groups.py",
      [out.appending(path: "lignes.csv").path, out.appending(path: "groupes.csv").path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }
}
