import Foundation
import TestSupport
import Testing

/// Whoever is forgotten leaves the memory of releases, retention applies to it, and neither lets
/// anything through that would have been refused before.
@Suite struct ReleaseMemoryTests {
  private static let forgotten = "p7@exemple.fr\nNom7\n"

  private static func pipeline(_ person: String, scope: String = "recherche") -> String {
    """
    octroi: 1
    pipeline: personnes
    purpose: essai
    charter: charte.yml
    sources:
      personnes: {path: personnes.csv, schema: schema.json, governance: personnes}
    steps:
      codes:
        from: personnes
        stages:
          - derive: {code: courriel}
          - pseudonymise: {fields: code, scope: \(scope), domain: courriel}
          - tokenise: {fields: nom, scope: \(scope)}
          - select: [courriel, code, nom, quartier, age]
          - k_anonymise:
              k: 3
              person: \(person)
              quasi: {age: {intervals: {from: 0, to: 119, widths: [10, 40]}}}
              suppress_at_most: 20%
          - drop: [courriel]
    outputs:
      codes: {from: codes, audience: research, path: out/recherche/codes.csv}

    """
  }

  /// - Parameter days: that releases are remembered.
  private func project(_ person: String = "code", days: Int = 30) throws -> PersonProject {
    let project = try PersonProject(pipeline: Self.pipeline(person))
    try project.folder.write(
      PersonProject.charter.replacing("ledger_days: 0", with: "releases_days: \(days)"),
      to: "charte.yml")
    try persons(0..<40, project)
    return project
  }

  private func persons(_ numbers: Range<Int>, _ project: PersonProject) throws {
    let rows = numbers.map {
      "p\($0)@exemple.fr,06000000\(10 + $0),Nom\($0),Q\($0 % 4),\(20 + $0)\n"
    }
    try project.folder.write(
      "courriel,telephone,nom,quartier,age\n" + rows.joined(), to: "personnes.csv")
  }

  private func kept(_ project: PersonProject) -> [URL] {
    let folder = project.folder.url.appending(path: "out/interne/rejets/releases")
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walker?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "persons" }
      .sorted { $0.path < $1.path }
  }

  private func run(_ project: PersonProject, status: Int32 = 0) throws -> ProgramResult {
    let run = try project.octroi(["run", "personnes.yml"])
    #expect(run.status == status, "\(run.errors)")
    return run
  }

  /// Told apart by pseudonyms, by tokens or by an identifier in clear.
  @Test(arguments: ["code", "nom", "courriel"]) func theForgottenLeaveIt(_ person: String) throws {
    let project = try project(person)
    _ = try run(project)
    let file = try #require(kept(project).first)
    let (before, date) = (try Data(contentsOf: file), Date(timeIntervalSince1970: 1_700_000_000))
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
    let dry = try project.octroi(["forget", "--dry-run"], input: Self.forgotten)
    #expect(
      dry.output.contains("would be taken out of the memory of 1 release(s)"), "\(dry.output)")
    #expect(try Data(contentsOf: file) == before)

    let done = try project.octroi(["forget", "--json"], input: Self.forgotten)
    #expect(done.status == 0 && done.output.contains("\"releases\" : 1"), "\(done.output)")
    let after = try Data(contentsOf: file)
    // A person, with its class.
    #expect(after.count < before.count + 12 && after != before)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.modificationDate] as? Date == date)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let again = try project.octroi(["forget", "--json"], input: Self.forgotten)
    #expect(again.output.contains("\"releases\" : 0"), "\(again.output)")
    let verified = try project.octroi(["verify", "out"])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.contains("intact  out/interne/rejets/releases/"), "\(verified.output)")

    // Somebody else is there still, and the next release is audited with what is left.
    let other = try project.octroi(
      ["forget", "--dry-run", "--json"], input: "p8@exemple.fr\nNom8\n")
    #expect(other.output.contains("\"releases\" : 1"), "\(other.output)")
    #expect(try run(project).errors.contains("audited with the earlier releases"))
  }

  /// A memory that was tampered with may hold anybody: it is told, and by `verify`, too.
  @Test func changedMemoriesAreTold() throws {
    let project = try project()
    _ = try run(project)
    let file = try #require(kept(project).first)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let told = try project.octroi(["forget"], input: Self.forgotten)
    #expect(told.output.contains("1.persons: was changed"), "\(told.output)")
    let verified = try project.octroi(["verify", "out"])
    #expect(
      verified.status == 1 && verified.output.contains("changed  out/interne/rejets/releases"))
    try FileManager.default.removeItem(at: file.deletingLastPathComponent())
    let lost = try project.octroi(["verify", "out"])
    #expect(lost.status == 1 && lost.output.contains("missing  out/interne/rejets/releases"))
  }

  /// Stopped at any moment, forgetting can be begun again, and ends.
  @Test func whateverMomentItIsKilledItCanBeginAgain() throws {
    let project = try project("nom")
    _ = try run(project)
    let state = project.folder.url.appending(path: ".state")
    let rejects = project.folder.url.appending(path: "out/interne/rejets")
    let (oldState, oldRejects) = (
      project.keys.url.appending(path: "state"), project.keys.url.appending(path: "rejets")
    )
    try FileManager.default.copyItem(at: state, to: oldState)
    try FileManager.default.copyItem(at: rejects, to: oldRejects)
    let began = Date()
    _ = try project.octroi(["forget", "--dry-run"], input: Self.forgotten)
    let usual = Date().timeIntervalSince(began)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      for (here, old) in [(state, oldState), (rejects, oldRejects)] {
        try FileManager.default.removeItem(at: here)
        try FileManager.default.copyItem(at: old, to: here)
      }
      let forget = try Program.start(
        Program.octroi, ["forget"], in: project.folder.url, environment: project.environment)
      try forget.input.fileHandleForWriting.write(contentsOf: Data(Self.forgotten.utf8))
      try forget.input.fileHandleForWriting.close()
      Thread.sleep(forTimeInterval: Double.random(in: usual * 0.3...usual * 1.4, using: &random))
      kill(forget.process.processIdentifier, SIGKILL)
      forget.process.waitUntilExit()
      #expect(try project.octroi(["forget"], input: Self.forgotten).status == 0)
      let last = try project.octroi(["forget", "--dry-run", "--json"], input: Self.forgotten)
      #expect(last.output.contains("\"vault_rows\" : 0"), "\(last.output)")
      #expect(last.output.contains("\"releases\" : 0"), "\(last.output)")
      #expect(try project.octroi(["verify", "out"]).status == 0)
      // Nobody can tell from the memory who it was: neither token nor vault is there any more. The
      // file itself must have lost the person.
      let file = try #require(kept(project).first)
      let old = try Data(
        contentsOf: oldRejects.appending(
          path: file.path.components(separatedBy: "/rejets/").last ?? ""))
      #expect(try Data(contentsOf: file) != old)
    }
  }

  /// What retention has emptied vouches for nobody: the next release is refused, unless nobody can
  /// link it to the earlier ones.
  @Test func purgedMemoriesLetNothingThrough() throws {
    let project = try project(days: 0)
    _ = try run(project)
    let dry = try project.octroi(["purge", "--dry-run"])
    #expect(dry.output.contains("due  memory of a release  out/interne/rejets/releases/"))
    #expect(kept(project).count == 1)
    let done = try project.octroi(["purge", "--json"])
    #expect(done.status == 0 && done.output.contains("\"releases\""), "\(done.output)")
    #expect(kept(project).isEmpty)
    let folder = project.folder.url.appending(path: "out/interne/rejets/releases")
    let left = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? [])
      .filter { $0.contains("/") }
    #expect(left.map { $0.split(separator: "/").last } == ["purged.json"])
    let verified = try project.octroi(["verify", "out"])
    #expect(verified.status == 0 && verified.output.contains("purged on "), "\(verified.output)")
    #expect(!verified.output.contains("missing  out/interne"))

    let refused = try run(project, status: 1)
    #expect(refused.errors.contains("was purged on"), "\(refused.errors)")
    #expect(refused.errors.contains("a new scope"))
    // Without the ledger, too.
    try FileManager.default.removeItem(at: project.folder.url.appending(path: ".state"))
    _ = try run(project, status: 1)
    try project.keys.write(PersonProject.key + "\n", to: "autre.key")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: project.keys.url.appending(path: "autre.key").path)
    try project.folder.write(Self.pipeline("code", scope: "autre"), to: "personnes.yml")
    _ = try run(project)
  }

  /// Only what is old goes; what was published again counts from then on.
  @Test func whatIsPublishedAgainIsYoung() throws {
    let project = try project(days: 10)
    _ = try run(project)
    try persons(0..<36, project)
    _ = try run(project)
    let files = kept(project)
    #expect(files.count == 2)
    let old = Date().addingTimeInterval(-86_400 * 20)
    for file in files {
      try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: file.path)
    }
    _ = try run(project)
    #expect(try project.octroi(["purge"]).status == 0)
    #expect(kept(project) == [files[1]])
    let next = try run(project)
    #expect(next.errors.contains("audited with the earlier releases"), "\(next.errors)")
    let verified = try project.octroi(["verify", "out"])
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.contains("/1.persons") && verified.output.contains("/2.persons"))
  }

  /// What lies beside the memory under a name that no run gives is not taken for a release; what
  /// should lie between two is told in one line.
  @Test func strangeNumbersAreBorne() throws {
    let project = try project()
    _ = try run(project)
    let file = try #require(kept(project).first)
    let folder = file.deletingLastPathComponent()
    for name in ["9223372036854775807", "-1", "01", "+2"] {
      try FileManager.default.copyItem(at: file, to: folder.appending(path: name + ".persons"))
    }
    try Data("{\"through\": 9223372036854775807, \"purged\": \"2026-01-01\"}".utf8)
      .write(to: folder.appending(path: "purged.json"))
    let sound = try project.octroi(["verify", "out"])
    #expect(sound.status == 0 && !sound.output.contains("missing"), "\(sound.output)")
    try persons(0..<36, project)
    _ = try run(project)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/2.persons"))
    try FileManager.default.moveItem(
      at: folder.appending(path: "2.persons"), to: folder.appending(path: "3000000000.persons"))
    let gap = try project.octroi(["verify", "out"])
    #expect(gap.status == 1 && gap.output.contains("/2-2999999999.persons"), "\(gap.output)")
  }
}
