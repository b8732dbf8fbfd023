import Foundation
import TestSupport
import Testing

/// A run killed at any moment leaves the previous outputs whole, and the next run is clean.
@Suite(.serialized) struct KillTests {
  @Test func killedAtFiftyMomentsThePreviousOutputsStayWhole() throws {
    let project = try Project()
    _ = try project.run("Pipelines/demandes.yml")
    let started = Date()
    _ = try project.octroi("run", "Pipelines/demandes.yml", "--param", "jour=2026-09-30")
    let duration = Date().timeIntervalSince(started)
    let new = try project.published()
    // Reports list what was revised since the one of the other day.
    _ = try project.run("Pipelines/demandes.yml")
    let old = try project.published()
    #expect(old != new, "the two days give different outputs")

    var random = SystemRandomNumberGenerator()
    for moment in 0..<50 {
      let day = moment.isMultiple(of: 2) ? "2026-10-31" : "2026-09-30"
      let run = try Program.start(
        Program.octroi, ["run", "Pipelines/demandes.yml", "--param", "jour=\(day)"],
        in: project.folder.url, environment: project.environment)
      Thread.sleep(forTimeInterval: Double.random(in: 0...(duration * 1.05), using: &random))
      kill(run.process.processIdentifier, SIGKILL)
      run.process.waitUntilExit()
      // Between the first rename and the last there is no atomic moment for several files; each
      // file by itself is old or new and whole, and the next run finishes the journal.
      for (path, bytes) in try project.published()
      where path.hasSuffix(".csv") && !path.contains(".octroi-staging") {
        #expect(
          bytes == old[path] || bytes == new[path] || path.contains("rejet"),
          "\(path) is neither the old nor the new file")
      }
    }
    _ = try project.run("Pipelines/demandes.yml")
    #expect(try project.published() == old, "the next run is clean and leaves no orphan")
  }
}
