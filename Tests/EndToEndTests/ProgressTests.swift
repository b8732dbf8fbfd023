import Foundation
import TestSupport
import Testing

/// Progress is for terminals, and leaves nothing behind on them.
@Suite struct ProgressTests {
  static let rows =
    "id,montant,note\n" + (1...20_000).map { "\($0),\($0).50,une note\n" }.joined()

  @Test func onTerminalsOnly() throws {
    let project = try TinyProject()
    try project.folder.write(Self.rows, to: "lignes.csv")
    let piped = try project.run()
    #expect(piped.status == 0)
    #expect(!piped.errors.contains("\u{1b}") && !piped.errors.contains("\r"))

    let shown = try Self.onTerminal(project, ["run", "essai.yml", "--lang", "fr"])
    #expect(shown.contains("\r\u{1b}[Klignes  "), "\(shown.debugDescription)")
    #expect(shown.contains("\u{202f}%  ") && shown.contains(" lignes"))
    // What comes last of it is an empty line, and then the account.
    let end = try #require(shown.range(of: "\r\u{1b}[K", options: .backwards))
    #expect(shown[end.upperBound...].hasPrefix("  lu        lignes"))

    for flag in ["--quiet", "--json"] {
      let silent = try Self.onTerminal(project, ["run", "essai.yml", flag])
      #expect(!silent.contains("\u{1b}"), "\(flag)")
    }
  }

  /// Runs the binary with a terminal of its own.
  private static func onTerminal(_ project: TinyProject, _ arguments: [String]) throws -> String {
    let python = try #require(Program.python)
    let script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    let result = try Program.run(
      python, ["-c", script, Program.octroi.path] + arguments, in: project.folder.url,
      environment: [
        "OCTROI_STATE": project.folder.url.appending(path: ".state").path, "TERM": "xterm",
      ])
    #expect(result.status == 0)
    return result.output
  }
}
