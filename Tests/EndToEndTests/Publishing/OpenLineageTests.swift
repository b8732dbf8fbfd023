import Foundation
import TestSupport
import Testing

/// What other tools read of runs.
@Suite struct OpenLineageTests {
  @Test func runsAreEventsThatOthersRead() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["runs", "--openlineage"]).output.isEmpty)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let rows = try project.folder.read("personnes.csv")
    try project.folder.write(rows + "x,y\nx,y\nx,y\nx,y\nx,y\nx,y\n", to: "personnes.csv")
    #expect(try project.octroi(["run", "personnes.yml"]).status == 1)
    let events = try project.octroi(["runs", "--openlineage"])
    #expect(events.status == 0, "\(events.errors)")
    #expect(try project.octroi(["runs", "--openlineage"]).output == events.output)
    let python = try #require(Program.python)
    let oracle = Repository.root.appending(path: "Tests/EndToEndTests/oracles/openlineage.py")
    let judged = try Program.run(python, [oracle.path], input: Data(events.output.utf8))
    #expect(judged.status == 0, "\(judged.errors)")
    #expect(
      judged.output == "2 runs columnLineage dataQualityAssertions dataQualityMetrics errorMessage "
        + "outputStatistics processing_engine schema version\n")
    let lines = events.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[1].contains("\"COMPLETE\"") && lines[3].contains("\"FAIL\""))
    #expect(lines[1].contains("\"out/public/nombres.csv\"") && lines[1].contains("\"essai\""))
    for secret in PersonProject.identifiers + [PersonProject.key] {
      #expect(!events.output.contains(secret))
    }
    // Fields are told of runs only that were of the plan as it is.
    try project.folder.write(
      try project.folder.read("personnes.yml") + "# autre\n", to: "personnes.yml")
    let older = try project.octroi(["runs", "--openlineage", "--namespace", "ville"])
    #expect(!older.output.contains("columnLineage") && older.output.contains("\"ville\""))
    #expect(try project.octroi(["runs", "--namespace", "ville"]).status == 2)
  }
}
