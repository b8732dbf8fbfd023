import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Tells what ran.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: told(
      en: "Tell what ran in this project, newest first.",
      fr: "Dit ce qui s’est exécuté dans ce projet, le plus récent d’abord."))

  @Option(help: told(en: "How many.", fr: "Combien d’exécutions."))
  var last = 20

  @Flag(
    name: .customLong("openlineage"),
    help: told(
      en: "Print events of OpenLineage 2-0-2 instead, oldest first, a line of JSON each.",
      fr: """
        Affiche plutôt des événements d’OpenLineage 2-0-2, les plus anciens d’abord, une ligne de \
        JSON chacun.
        """))
  var isLineage = false

  @Option(
    help: told(
      en: "With --openlineage: what jobs and files are names in; by default the charter.",
      fr: """
        Avec --openlineage : l’espace de noms des travaux et des fichiers ; par défaut la charte.
        """))
  var namespace: String?

  @OptionGroup var common: SharedOptions

  func validate() throws {
    if namespace != nil, !isLineage {
      throw common.invalid(
        Message(en: "--namespace is for --openlineage", fr: "--namespace va avec --openlineage"))
    }
  }

  func run() throws {
    if isLineage {
      let events = try Terminal.telling(common.language) {
        try Project.lineage(last: last, namespace: namespace)
      }
      return Terminal.give(events)
    }
    let entries = try Terminal.telling(common.language) { try Project.runs(last: last) }
    if common.json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      Terminal.give(String(decoding: try encoder.encode(entries), as: UTF8.self) + "\n")
      return
    }
    for entry in entries {
      let line = Message(
        en:
          "\(entry.id)  \(entry.started)  \(entry.pipeline)  "
          + "exit \(entry.outcome)  \(entry.read) read, \(entry.rejected) rejected, "
          + "\(entry.outputs) outputs",
        fr:
          "\(entry.id)  \(entry.started)  \(entry.pipeline)  "
          + "sortie \(entry.outcome)  \(entry.read) lus, \(entry.rejected) rejetés, "
          + "\(entry.outputs) sorties"
      )
      Terminal.give(line.text(common.language) + "\n")
    }
  }
}
