import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Applies retention.
struct PurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: told(
      en: "Remove what the charter says has been kept long enough.",
      fr: "Retire ce que la charte dit avoir été gardé assez longtemps."),
    discussion: told(
      en: """
        Outputs (retention_days of their audience), rejected rows and sidecars (retention_days \
        of rejects), rows of the vault, runs in the ledger and releases of persons that are \
        remembered (retention: vault_days, ledger_days, releases_days). Names, hashes and days of \
        what was removed are noted, so that `octroi verify` tells purged from missing. A file \
        whose bytes are not those that were published is left and told.
        """,
      fr: """
        Les sorties (retention_days de leur public), les lignes rejetées et les fichiers annexes \
        (retention_days des rejets), les lignes du coffre, les exécutions du registre et les \
        diffusions de personnes gardées en mémoire (vault_days, ledger_days et releases_days sous \
        retention). Les noms, les empreintes et les jours de ce qui a été retiré sont notés, pour \
        que `octroi verify` distingue purgé de manquant. Un fichier dont les octets ne sont pas \
        ceux qui ont été publiés est laissé et signalé.
        """))

  @Flag(
    help: told(
      en: "Tell what is due, and remove nothing.", fr: "Dit ce qui est à purger, et ne retire rien."
    ))
  var dryRun = false

  @Option(help: .charter, completion: .file())
  var charter: String?

  @Option(help: .wait)
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
