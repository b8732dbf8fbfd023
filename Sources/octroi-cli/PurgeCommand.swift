import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Applies retention.
struct PurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Remove what the charter says has been kept long enough.",
    discussion: """
      Outputs (retention_days of their audience), rejected rows (retention_days of rejects), rows \
      of the vault, runs in the ledger and releases of persons that are remembered (retention: \
      vault_days, ledger_days, releases_days). Names, hashes and \
      days of what was removed are noted, so that `octroi verify` tells purged from missing. A \
      file whose bytes are not those that were published is left and told.
      """)

  @Flag(help: "Tell what is due, and remove nothing.")
  var dryRun = false

  @Option(help: "The charter; by default the one that octroi.yml names.", completion: .file())
  var charter: String?

  @Option(help: "Seconds to wait while a run holds the project's lock.")
  var wait: Double = 0

  @OptionGroup var common: SharedOptions

  func run() throws {
    let items = try Terminal.telling(common.language) {
      try Project.purge(charter: charter, isDry: dryRun, wait: wait)
    }
    if common.json {
      Terminal.give(try Purge.Item.json(items))
    } else if !common.quiet {
      for item in items {
        Terminal.give(item.line(common.language, shown: Terminal.shown) + "\n")
      }
    }
    if items.contains(where: { $0.outcome == .changed || $0.outcome == .failed }) {
      throw ExitCode(1)
    }
  }
}
