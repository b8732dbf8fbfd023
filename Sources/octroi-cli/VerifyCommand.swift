import ArgumentParser
import Octroi
import Pipeline

/// Holds published files to their manifests.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Hold published files to their manifests.",
    discussion: """
      Reads every file that the manifests in a folder name, with other parsers than wrote it: \
      hash, rows, columns, min_count, k and distinct l where the manifest has them; persons who \
      did not leave by the sidecar beside the rejects. What cannot be proven is named. Purged \
      files are told from missing ones. Exits with 1 when anything is missing, changed or broken.
      """)

  @Argument(help: "A folder with manifests, in it or below.", completion: .directory)
  var folder: String

  @OptionGroup var common: SharedOptions

  func run() throws {
    let verification = try Terminal.telling(common.language) { try Project.verify(folder) }
    if common.json {
      Terminal.give(try verification.json(common.language))
    } else if !common.quiet || !verification.isSound {
      Terminal.give(verification.text(common.language, shown: Terminal.shown))
    }
    if !verification.isSound { throw ExitCode(1) }
  }
}
