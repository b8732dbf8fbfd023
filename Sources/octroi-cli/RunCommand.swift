import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Runs a pipeline.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: told(
      en: "Run a pipeline and publish what passes the gate.",
      fr: "Exécute un pipeline et publie ce qui passe la porte."))

  @OptionGroup var options: PipelineOptions

  @Option(
    help: told(
      en: "Worker threads; by default one a processor. Results never depend on it.",
      fr: "Les fils d’exécution ; par défaut un par processeur. Le résultat n’en dépend jamais."))
  var threads: Int?

  @Option(
    help: told(
      en: """
        Memory for the rows that stages hold, such as 512M or 2G; at least 1M, by default 1G. \
        Beyond it rows go to disk; what cannot (a table that is joined, the values behind one \
        group's median) is told.
        """,
      fr: """
        La mémoire pour les lignes que tiennent les opérations, comme 512M ou 2G ; au moins 1M, \
        par défaut 1G. Au-delà, les lignes passent par le disque ; ce qui ne le peut pas (une \
        table jointe, les valeurs derrière la médiane d’un groupe) est dit.
        """))
  var memory: MemorySize?

  @Option(
    help: told(
      en: "Seconds to wait while another run holds the project's lock.",
      fr: "Secondes d’attente tant qu’une autre exécution tient le verrou du projet."))
  var wait: Double = 0

  @Flag(
    help: told(
      en: "Print each report to PDF, too, by Chromium, which must be installed.",
      fr: "Imprime aussi chaque rapport en PDF, par Chromium, qui doit être installé."))
  var pdf = false

  @OptionGroup var common: SharedOptions

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw common.invalid(
        Message(
          en: "--threads takes a number from 1 to 1024", fr: "--threads prend un nombre de 1 à 1024"
        ))
    }
  }

  func run() throws {
    let plan = try options.plan(common, refused: ["privacy-lock"])
    let progress = ProgressLine(common)
    var options = RunOptions(
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      memory: memory?.bytes ?? 1 << 30, wait: wait,
      language: common.language, version: octroiVersion, progress: { progress.add($0) })
    options.pdf = pdf
    let result = Project.run(plan, options)
    progress.clear()
    if common.json {
      Terminal.give(try result.json(common.language))
      if let error = result.error { Terminal.say(error.text(common.language)) }
    } else if !common.quiet || result.exit != .done {
      Terminal.say(result.text(common.language, shown: Terminal.shown))
    }
    if result.exit != .done { throw ExitCode(result.exit.rawValue) }
  }
}
