import Foundation
import Octroi
import StageKit
import StageTestSupport
import Tabular
import TestSupport
import Testing

/// Every stage on small tables: what comes out, what is known of it, what it says.
@Suite struct StageGoldenTests {
  static let cases = Result { try StageCase.all() }

  @Test func casesAreAsRecorded() throws {
    for one in try Self.cases.get() { try compare(one) }
  }

  @Test func everyStageHasAnExampleAnEdgeAndAnError() throws {
    let cases = try Self.cases.get()
    for stage in StageCatalog.all {
      let name = stage.declaration.name
      let own = cases.filter { $0.stage == name }
      let examples = own.count { $0.isExample }
      let edges = own.count { $0.name.hasPrefix("edge") }
      let errors = own.count { $0.name.hasPrefix("error") }
      #expect(examples > 0, "\(name): no case runs its example")
      #expect(edges > 0, "\(name): no edge case")
      #expect(errors > 0, "\(name): no error case")
    }
    let names = Set(StageCatalog.all.map { $0.declaration.name })
    for one in cases { #expect(names.contains(one.stage), "\(one.folder): no such stage") }
  }

  private func compare(_ one: StageCase) throws {
    let bound = one.bind()
    var told = StageReport.findings(bound.diagnostics)
    var files: [String: String] = [:]
    if bound.isSound, let last = bound.stages.last {
      files["expected.facts.txt"] = StageReport.facts(last.output)
      do {
        let outcome = try one.run(bound.stages, rowsEach: 1000, workers: 1)
        files["expected.csv"] = StageReport.table(outcome)
        told += StageReport.tallies(outcome.tallies)
        told += outcome.remarks.map { "remark:\n" + StageReport.message($0) }.joined()
        for tally in outcome.tallies { #expect(tally.balances, "\(one.folder): \(tally)") }
      } catch let error as OperatorError {
        told += "the run fails:\n" + StageReport.message(error.message)
      }
    } else {
      #expect(bound.diagnostics.hasErrors, "\(one.folder): rejected without a reason")
    }
    let shouldFail = one.name.hasPrefix("error")
    #expect(shouldFail == (files["expected.csv"] == nil), "\(one.folder):\n\(told)")
    files["expected.txt"] = told
    try settle(files, in: one.folder)
  }

  /// Compares with what is recorded, or records it.
  private func settle(_ files: [String: String], in folder: String) throws {
    let isRecording = ProcessInfo.processInfo.environment["OCTROI_RECORD"] == "1"
    for name in ["expected.csv", "expected.facts.txt", "expected.txt"] {
      let url = Repository.root.appending(path: folder).appending(path: name)
      if isRecording {
        try? FileManager.default.removeItem(at: url)
        try files[name].map { try Data($0.utf8).write(to: url) }
      } else {
        let recorded = try? String(contentsOf: url, encoding: .utf8)
        #expect(files[name] == recorded, "\(folder)/\(name)")
      }
    }
  }
}
