import ArgumentParser
import Octroi
import Pipeline

/// Makes a static site.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Make a static site over the ledger and what is published.",
    discussion: """
      Reports by date, the catalogue, what runs, and where each table comes from, drawn and field \
      by field: pages that open from disk, without a server, scripts or requests. The site for \
      'open' tells what is published for everyone and nothing else; the one for 'internal' tells \
      of runs, rejects and everything published. Files are linked to where they lie, never \
      copied. The folder is replaced at once; one that holds anything else is refused.
      """)

  @Argument(help: "The site's folder.", completion: .directory)
  var folder: String

  @Argument(
    help: "Pipelines, or folders with pipelines; by default those beside the charter.",
    completion: .file(extensions: ["yml", "yaml"]))
  var places: [String] = []

  @Option(help: "For whom, as the charter names them.")
  var audience = "open"

  @Flag(help: "Let the folder lie out of the project.")
  var allowOutside = false

  @Option(help: "Seconds to wait while a run holds the project's lock.")
  var wait: Double = 0

  @OptionGroup var common: SharedOptions

  func run() throws {
    var options = SiteOptions(folder: folder, audience: audience, common.language)
    (options.allowOutside, options.wait) = (allowOutside, wait)
    let made = try Terminal.telling(common.language) { try Project.site(places, options) }
    guard let site = made.site else {
      return try Terminal.give(nil, to: nil, made.diagnostics, common)
    }
    if !common.quiet {
      Terminal.say(DiagnosticText.lines(made.diagnostics, common.language))
      Terminal.say(site.line(common.language))
    }
    if common.json { Terminal.give(try site.json()) }
  }
}
