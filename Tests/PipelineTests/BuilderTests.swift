import Foundation
import Octroi
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// Pipelines written in Swift say what YAML says.
@Suite struct BuilderTests {
  static let yaml = """
    octroi: 1
    pipeline: compte
    purpose: pilotage-des-services
    charter: charte.yml
    sources:
      demandes:
        path: ../SampleData/demandes/demandes-*.csv.gz
        schema: ../SampleData/demandes/schema.json
        dialect: {encoding: windows-1252, delimiter: ";"}
        reject: {at_most: 8%}
        governance: demandes
    steps:
      par_quartier:
        from: demandes
        stages:
          - derive: {quartier: upper(quartier)}
          - aggregate: {by: [quartier], measures: {demandes: count()}}
          - filter: demandes >= 11
    outputs:
      tableau: {from: par_quartier, audience: open, path: ../out/public/compte.csv}
    reports:
      elus: {from: par_quartier, audience: open, path: ../out/public/compte.html, languages: [fr, en]}

    """

  /// The project as it ships, in a folder of its own.
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for part in ["octroi.yml", "Pipelines", "SampleData", "seeds"] {
      try FileManager.default.copyItem(
        at: Repository.root.appending(path: part), to: folder.url.appending(path: part))
    }
    return folder
  }

  @Test func runsAsTheYAMLRuns() throws {
    let folder = try project()
    let builder = shown(in: folder.url.appending(path: "Pipelines").path)
    let file = try folder.write(Self.yaml, to: "Pipelines/compte.yml")
    var options = RunOptions(threads: 2, language: .en, version: "test")
    options.state = folder.url.appending(path: ".state").path
    let results = [Project.check(builder), Project.check(file.path)]
    for result in results { #expect(result.diagnostics.isEmpty, "\(result.diagnostics)") }
    let runs = try results.map { Project.run(try #require($0.plan), options) }
    #expect(runs.map(\.exit) == [.done, .done])
    let digests = runs.map { $0.outputs.map(\.sha256) }
    #expect(digests[0].count == 2, "the table and the report")
    #expect(digests[0] == digests[1])
  }

  @Test func errorsAreToldAtTheLineOfTheSwiftFile() throws {
    let folder = try project()
    let line = #line + 3
    let builder = shown(in: folder.url.appending(path: "Pipelines").path).step(
      "autre", from: "demandes",
      .stage("filtre", "quartier = 'Q01'"))
    let finding = try #require(Project.check(builder).diagnostics.first { $0.severity == .error })
    #expect(finding.code == "unknown-stage")
    #expect(finding.position.file == #filePath)
    #expect(finding.position.line == line)
  }

  @Test func classesAreHeldAgainstTheCharter() throws {
    let folder = try project()
    let builder = shown(in: folder.url.appending(path: "Pipelines").path)
      .output("fuite", from: "demandes", audience: "open", path: "../out/public/fuite.csv")
    let codes = Set(Project.check(builder).diagnostics.map(\.code))
    #expect(codes.contains("forbidden-class"))
  }

  /// The pipeline of the READMEs; a test compares the texts.
  private func shown(in folder: String) -> PipelineBuilder {
    // begin
    let pipeline = PipelineBuilder(
      "compte", in: folder, purpose: "pilotage-des-services", charter: "charte.yml"
    )
    .source(
      "demandes", path: "../SampleData/demandes/demandes-*.csv.gz",
      schema: "../SampleData/demandes/schema.json", governance: "demandes",
      ["dialect": ["encoding": "windows-1252", "delimiter": ";"], "reject": ["at_most": "8%"]]
    )
    .step(
      "par_quartier", from: "demandes",
      .stage("derive", ["quartier": "upper(quartier)"]),
      .stage("aggregate", ["by": ["quartier"], "measures": ["demandes": "count()"]]),
      .stage("filter", "demandes >= 11")
    )
    .output(
      "tableau", from: "par_quartier", audience: "open", path: "../out/public/compte.csv"
    )
    .report(
      "elus", from: "par_quartier", audience: "open", path: "../out/public/compte.html",
      ["languages": ["fr", "en"]])
    // end
    return pipeline
  }

  @Test(arguments: ["README.md", "LISEZMOI.md"])
  func theReadmesShowThisPipeline(_ page: String) throws {
    let page = try Self.lines(Repository.root.appending(path: page))
    let source = try Self.lines(URL(filePath: #filePath))
    let begin = try #require(source.firstIndex(of: "// begin"))
    let end = try #require(source.firstIndex(of: "// end"))
    let code = source[(begin + 1)..<end].map {
      $0.replacing("in: folder", with: "in: \"Pipelines\"")
    }
    let block = page.drop { $0 != "```swift" }.dropFirst().prefix { $0 != "```" }
    #expect(block.starts(with: ["import Octroi", ""]))
    #expect(Array(block.dropFirst(2).prefix(code.count)) == Array(code))
  }

  private static func lines(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
