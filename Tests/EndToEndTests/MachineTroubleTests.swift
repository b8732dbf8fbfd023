import Foundation
import TestSupport
import Testing

/// What happens when the machine fails a run: full disks, folders that cannot be written.
@Suite struct MachineTroubleTests {
  // The thread sanitizer needs large files of its own: under such a limit no program of it starts.
  @Test(.enabled(if: Program.sanitizer != .thread))
  func fileSizeLimitActsAsAFullDisk() throws {
    let project = try TinyProject()
    try project.folder.write(BadInputTests.good, to: "lignes.csv")
    #expect(try project.run().status == 0)
    let before = try project.folder.read("out/lignes.csv")
    let big = "id,montant,note\n" + (1...200_000).map { "\($0),1.5,grand\n" }.joined()
    try project.folder.write(big, to: "lignes.csv")
    let result = try Program.run(
      URL(filePath: "/bin/bash"),
      ["-c", "ulimit -f 256; exec \"$0\" run essai.yml --lang en", Program.octroi.path],
      in: project.folder.url,
      environment: ["OCTROI_STATE": project.folder.url.appending(path: ".state").path])
    #expect(result.status == 4, "\(result.errors)")
    #expect(try project.folder.read("out/lignes.csv") == before, "the previous output is whole")
    #expect(try project.run().status == 0)
    #expect(try project.folder.read("out/lignes.csv").hasSuffix("200000,1.5,grand\r\n"))
  }

  @Test(.enabled(if: MachineTroubleTests.canMount))
  func fullDisk() throws {
    let project = try TinyProject()
    try project.folder.write(BadInputTests.good, to: "lignes.csv")
    let big = "id,montant,note\n" + (1...200_000).map { "\($0),1.5,grand\n" }.joined()
    try project.folder.write(big, to: "grand.csv")
    // The previous output, then too much; what is published is looked at before the disk goes.
    let result = try Self.mounted(
      project, "tmpfs -o size=1m",
      """
      "$0" run essai.yml --lang en 2>&1 || exit 90
      cp out/lignes.csv before && cp grand.csv lignes.csv
      "$0" run essai.yml --lang en; status=$?
      cmp out/lignes.csv before || exit 91
      [ -z "$(ls -A out | grep staging)" ] || exit 92
      exit $status
      """)
    #expect(result.status == 4, "\(result.output)\(result.errors)")
    #expect(result.errors.contains("No space left"), "\(result.errors)")
    #expect(result.errors.contains("free some space"), "\(result.errors)")
  }

  @Test(.enabled(if: MachineTroubleTests.canMount))
  func readOnlyOutputFolder() throws {
    let project = try TinyProject()
    try project.folder.write(BadInputTests.good, to: "lignes.csv")
    let result = try Self.mounted(
      project, "tmpfs -o ro", "exec \"$0\" run essai.yml --lang en")
    #expect(result.status == 4, "\(result.errors)")
    #expect(result.errors.contains("out"), "\(result.errors)")
    #expect(result.errors.contains("Read-only"), "\(result.errors)")
  }

  /// Runs a script in the project with something mounted over `out`, seen by nobody else.
  static func mounted(
    _ project: TinyProject, _ mount: String, _ script: String
  ) throws -> ProgramResult {
    try Program.run(
      URL(filePath: "/usr/bin/unshare"),
      [
        "-rm", "/bin/sh", "-c", "mkdir -p out && mount -t \(mount) none out || exit 99\n" + script,
        Program.octroi.path,
      ], in: project.folder.url,
      environment: ["OCTROI_STATE": project.folder.url.appending(path: ".state").path])
  }

  /// Whether this machine lets a test mount in a namespace of its own.
  static let canMount: Bool = {
    let result = try? Program.run(
      URL(filePath: "/usr/bin/unshare"), ["-rm", "/bin/mount", "-t", "tmpfs", "none", "/mnt"])
    return result?.status == 0
  }()
}
