import Foundation
import TestSupport
import Testing

/// Runs that somebody stops, or that meet another run or another program at work.
@Suite struct InterruptionTests {
  @Test func anotherRunHoldsTheLock() throws {
    let project = try TinyProject(path: "fifo")
    let fifo = project.folder.url.appending(path: "fifo")
    #expect(mkfifo(fifo.path, 0o600) == 0)
    let first = try Program.start(
      Program.octroi, ["run", "essai.yml"], in: project.folder.url,
      environment: ["OCTROI_STATE": project.folder.url.appending(path: ".state").path])
    Thread.sleep(forTimeInterval: 1)
    let second = try project.octroi(["run", "essai.yml", "--wait", "0"])
    #expect(second.status == 75, "\(second.errors)")
    kill(first.process.processIdentifier, SIGKILL)
    first.process.waitUntilExit()
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func stoppedWhileAPipeIsWaitedFor(_ signal: Int32, _ status: Int32) throws {
    let project = try TinyProject(path: "fifo")
    #expect(mkfifo(project.folder.url.appending(path: "fifo").path, 0o600) == 0)
    let run = try project.start()
    Thread.sleep(forTimeInterval: 0.7)
    kill(run.process.processIdentifier, signal)
    expectStopped(run, status, project)
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func stoppedWhileReading(_ signal: Int32, _ status: Int32) throws {
    let project = try TinyProject()
    try project.folder.write(BadInputTests.good, to: "lignes.csv")
    #expect(try project.run().status == 0)
    let before = try project.folder.read("out/lignes.csv")
    try Self.writeLong(project)
    let run = try project.start()
    // Staging begins after the plan: from then on there is something to clean up.
    let staging = project.folder.url.appending(path: "out").path
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline, try !Self.isStaging(staging) { usleep(500) }
    kill(run.process.processIdentifier, signal)
    let errors = run.end(within: 20)
    #expect(run.process.terminationStatus == status)
    #expect(errors.contains("interrupted"), "\(errors)")
    #expect(try project.folder.read("out/lignes.csv") == before, "the previous output is whole")
    #expect(try !Self.isStaging(staging), "nothing staged is left")
  }

  /// Chance is drawn without a row being read: who asks to stop is heard all the same.
  @Test(arguments: [
    (SIGINT, Int32(130), "x.ranks"), (SIGTERM, Int32(143), "x.ranks"),
    (SIGINT, Int32(130), "x.sensitivity"),
  ])
  func stoppedWhileDrawing(_ signal: Int32, _ status: Int32, _ table: String) throws {
    let project = try TinyProject()
    let rows = (1...300).map { "\($0),\($0 * 37 % 101),u\($0)\n" }.joined()
    try project.folder.write("id,montant,note\n" + rows, to: "lignes.csv")
    let choice = table == "x.ranks" ? "rank_5" : "total"
    try project.folder.write(
      try project.folder.read("essai.yml") + """
          rangs: {from: rangs, audience: internal, path: out/rangs.csv}
        steps:
          rangs: {from: \(table), stages: [select: [\(choice)]]}
        indicators:
          x:
            units: {from: lignes, key: note}
            indicators: {id: {}, montant: {}}
            uncertainty: {draws: 10000000, sobol: 1000000, weights: 0.25}

        """, to: "essai.yml")
    let run = try project.start()
    let staging = project.folder.url.appending(path: "out").path
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline, (try? Self.isStaging(staging)) != true { usleep(500) }
    Thread.sleep(forTimeInterval: 1)
    #expect(run.process.isRunning, "it draws for minutes")
    kill(run.process.processIdentifier, signal)
    let asked = Date()
    expectStopped(run, status, project)
    #expect(Date().timeIntervalSince(asked) < 5, "it is heard within a draw")
    #expect(try !Self.isStaging(staging), "nothing staged is left")
  }

  @Test func aFileThatGrowsWhileItIsRead() throws {
    let project = try TinyProject()
    try Self.writeLong(project)
    let run = try project.start()
    let file = try FileHandle(
      forWritingTo: project.folder.url.appending(path: "lignes.csv"))
    try file.seekToEnd()
    while run.process.isRunning {
      try file.write(contentsOf: Data("1,2.5,encore\n".utf8))
      usleep(500)
    }
    let errors = run.end(within: 20)
    #expect(run.process.terminationStatus == 3, "\(errors)")
    #expect(errors.contains("lignes.csv") && errors.contains("changed"), "\(errors)")
    #expect(!project.hasOutput)
  }

  private static func isStaging(_ folder: String) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .contains { $0.contains("staging") }
  }

  private func expectStopped(_ run: Program.Started, _ status: Int32, _ project: TinyProject) {
    let errors = run.end(within: 20)
    #expect(run.process.terminationReason == .exit)
    #expect(run.process.terminationStatus == status, "\(errors)")
    #expect(errors.contains("interrupted"), "\(errors)")
    #expect(!project.hasOutput)
  }

  /// About 40 MB: some tenths of a second to read and write.
  private static func writeLong(_ project: TinyProject) throws {
    let rows = Data((1...20_000).map { "\($0),\($0).25,une note\n" }.joined().utf8)
    var data = Data("id,montant,note\n".utf8)
    for _ in 0..<80 { data.append(rows) }
    try project.folder.write(data, to: "lignes.csv")
  }
}
