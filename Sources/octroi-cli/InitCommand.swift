import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Begins a project.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: told(
      en: "Begin a project: an example, or one made of your own files.",
      fr: "Commence un projet : un exemple, ou d’après vos propres fichiers."),
    discussion: told(
      en: """
        Writes a charter, a pipeline that runs and a schema for each source, all commented, in \
        French or English. With --from it looks at your files (any encoding, delimiter, dates, \
        decimals; monthly files of one shape become one source) and proposes types and privacy \
        classes. Your files stay where they are; nothing is replaced without --force.
        """,
      fr: """
        Écrit une charte, un pipeline qui tourne et un schéma par source, le tout commenté, en \
        français ou en anglais. Avec --from, examine vos fichiers (quels que soient encodage, \
        délimiteur, dates, décimales ; les fichiers mensuels de même forme deviennent une source) \
        et propose types et classes de confidentialité. Vos fichiers restent où ils sont ; rien \
        n’est remplacé sans --force.
        """))

  @Argument(
    help: told(
      en: "The project's folder.", fr: .init("Le dossier du projet.", valueName: "dossier")),
    completion: .directory)
  var folder = "."

  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: told(
      en: "CSV or CSV.GZ files, patterns or folders to look at.",
      fr: "Fichiers CSV ou CSV.GZ, motifs ou dossiers à examiner."), completion: .file())
  var files: [String] = []

  @Flag(
    help: told(en: "Replace files of the same names.", fr: "Remplace les fichiers de mêmes noms."))
  var force = false

  @OptionGroup var common: SharedOptions

  func run() throws {
    let progress = ProgressLine(common)
    let result = try Terminal.telling(common.language) {
      defer { progress.clear() }
      return try Starter(
        folder: folder, files: files, force: force, language: common.language,
        threads: ProcessInfo.processInfo.activeProcessorCount, progress: { progress.add(rows: $0) }
      ).make()
    }
    if common.json { Terminal.give(try result.json()) }
    if !common.quiet { Terminal.say(result.text(common.language)) }
  }
}
