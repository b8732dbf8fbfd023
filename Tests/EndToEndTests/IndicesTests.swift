import Foundation
import TestSupport
import Testing

/// Composite indices through the binary, every table of every variant held to numpy: ASEM as the
/// field's reference program has published it, and random data with all that is awkward.
@Suite struct IndicesTests {
  @Test func everyTableEqualsTheSlowFormulas() throws {
    let project = try TinyProject()
    let folder = project.folder.url.path
    let prepared = try OracleTests.python("indices.py", ["prepare", folder])
    try #require(prepared.status == 0, "\(prepared.errors)")
    for name in prepared.output.split(separator: "\n") {
      let run = try project.octroi(["run", "\(name).yml", "--quiet"])
      #expect(run.status == 0, "\(name): \(run.errors)")
    }
    let checked = try OracleTests.python("indices.py", ["check", folder])
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  /// Intervals and sensitivities come of chance that knows no threads.
  @Test func chanceIsTheSameOnOneThreadAndOnThree() throws {
    let project = try TinyProject()
    let prepared = try OracleTests.python("indices.py", ["prepare", project.folder.url.path])
    try #require(prepared.status == 0, "\(prepared.errors)")
    let text = try project.folder.read("geometric.yml")
    let doubts = """
          uncertainty:
            draws: 200
            weights: 0.25
            treatment: [none, winsorise]
            normalisation: [{method: min_max, range: [1, 100]}, rank]
            aggregation: [arithmetic, geometric]
            sobol: 16
            bootstrap: 20
          domains:
      """
    try project.folder.write(
      text.replacingOccurrences(of: "    domains:", with: doubts)
        + "  sensitivity: {from: x.sensitivity, audience: internal, path: out/geometric/s.csv}\n",
      to: "doubts.yml")
    var published: [String] = []
    for threads in ["1", "3"] {
      let run = try project.octroi(["run", "doubts.yml", "--quiet", "--threads", threads])
      #expect(run.status == 0, "\(run.errors)")
      published.append(
        try project.folder.read("out/geometric/ranks.csv")
          + project.folder.read("out/geometric/s.csv"))
    }
    #expect(published[0] == published[1])
    let lines = published[0].split(whereSeparator: \.isNewline)
    #expect(lines.contains { $0.hasPrefix("aggregation,") })
    let ranks = lines.dropFirst().prefix(51).map { $0.split(separator: ",") }
    #expect(ranks.contains { Double($0[5]) ?? 0 < Double($0[7]) ?? 0 })
  }
}
