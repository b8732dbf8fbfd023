import Foundation
import TestSupport
import Testing

/// Retention is applied, noted, and told from loss.
@Suite struct PurgeTests {
  private func exists(_ project: PersonProject, _ path: String) -> Bool {
    FileManager.default.fileExists(atPath: project.folder.url.appending(path: path).path)
  }

  @Test func whatIsDueIsPurgedAndVerified() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let sound = try project.octroi(["verify", "out"])
    #expect(sound.status == 0, "\(sound.output)")
    #expect(sound.output.contains("min_count=2"))

    let dry = try project.octroi(["purge", "--dry-run"])
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("due  file  out/recherche/codes.csv.gz"))
    #expect(dry.output.contains("due  rejects  "))
    #expect(!dry.output.contains("clairs"))
    #expect(exists(project, "out/recherche/codes.csv.gz"))

    let done = try project.octroi(["purge"])
    #expect(done.status == 0, "\(done.output)\(done.errors)")
    #expect(!exists(project, "out/recherche/codes.csv.gz"))
    #expect(!exists(project, "out/interne/rejets/personnes-personnes.rejects.csv"))
    #expect(exists(project, "out/interne/clairs.csv"))
    let notes = try project.folder.read("out/recherche/octroi.purged.json")
    #expect(notes.contains("codes.csv.gz") && notes.contains("kept_days"))

    let after = try project.octroi(["verify", "out"])
    #expect(after.status == 0, "\(after.output)")
    #expect(after.output.contains("purged on "))
    #expect(try project.octroi(["purge", "--dry-run"]).output.contains("codes") == false)
  }

  /// A moment is a whole second in the ledger: what began in this one is not yet past.
  @Test func vaultAndLedgerForget() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let state = try #require(project.environment["OCTROI_STATE"])
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: state).first)
    let aged = try OracleTests.python("age_state.py", [state + "/" + name])
    #expect(aged.status == 0, "\(aged.errors)")
    let done = try project.octroi(["purge", "--json"])
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("\"vault\"") && done.output.contains("\"ledger\""))
    #expect(try project.octroi(["runs"]).output.isEmpty)
    #expect(!(try project.octroi(["purge", "--json"])).output.contains("\"vault\""))
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
  }

  @Test func missingAndChangedFilesAreTold() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    try project.folder.write("quartier,personnes\r\nQ1,1\r\n", to: "out/public/nombres.csv")
    let changed = try project.octroi(["verify", "out/public"])
    #expect(changed.status == 1)
    #expect(changed.output.contains("changed  out/public/nombres.csv"))
    let codes = project.folder.url.appending(path: "out/recherche/codes.csv.gz")
    try FileManager.default.removeItem(at: codes)
    let missing = try project.octroi(["verify", "out/recherche"])
    #expect(missing.status == 1)
    #expect(missing.output.contains("missing  out/recherche/codes.csv.gz"))
    #expect(try project.octroi(["verify", ".state"]).status == 3)
  }

  /// Bytes that nobody published are not thrown away.
  @Test func changedFilesAreLeft() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    try project.folder.write("autre chose", to: "out/recherche/codes.csv.gz")
    let result = try project.octroi(["purge"])
    #expect(result.status == 1)
    #expect(exists(project, "out/recherche/codes.csv.gz"))
  }

  /// A manifest that promises more than the bytes hold.
  @Test func brokenPromisesAreFound() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let path = "out/recherche/personnes.manifest.json"
    let manifest = try project.folder.read(path)
    let claim =
      "\"classes\" : [{\"k\" : K, \"quasi\" : [\"quartier\"], \"person\" : \"code\", "
      + "\"distinct\" : [{\"field\" : \"nom\", \"values\" : 2}]}],\n      \"fields\" :"
    for (k, status) in [(2, 0), (3, 1)] {
      try project.folder.write(
        manifest.replacing("\"fields\" :", with: claim.replacing("K", with: "\(k)")), to: path)
      let result = try project.octroi(["verify", "out/recherche"])
      #expect(result.status == Int32(status), "k=\(k): \(result.output)\(result.errors)")
      #expect(result.output.contains(k == 2 ? "k=2 (quartier); l=2 (nom)" : "broken"))
    }
  }
}
