import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Looks at files that nobody has described yet.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: told(
      en: "Look at CSV files: dialect, types, missing values, personal data.",
      fr: "Examine des fichiers CSV : dialecte, types, valeurs manquantes, données personnelles."),
    discussion: told(
      en: """
        Shows what was detected and proposes a type and a privacy class for each column, with the \
        evidence; and, where persons seem to be in it, which columns single rows out, alone or up \
        to three together. Never prints a value. `octroi init --from FILE…` makes a project of it.

        With --to csv, writes one file anew as clean CSV (RFC 4180, UTF-8) to standard output, \
        values and all. Every row is kept, misshapen ones as they most likely were meant; what \
        was mended, filled up or left out is counted on standard error. What is not told of the \
        dialect is detected.
        """,
      fr: """
        Montre ce qui a été détecté et propose pour chaque colonne un type et une classe de \
        confidentialité, avec les indices ; et, si des personnes semblent y figurer, quelles \
        colonnes isolent des lignes, seules ou jusqu’à trois ensemble. N’affiche jamais une \
        valeur. `octroi init --from FICHIER…` en fait un projet.

        Avec --to csv, réécrit un fichier en CSV propre (RFC 4180, UTF-8) sur la sortie standard, \
        valeurs comprises. Chaque ligne est gardée, les difformes telles qu’elles devaient sans \
        doute être ; ce qui a été réparé, complété ou omis est compté sur la sortie d’erreur. Ce \
        qui n’est pas dit du dialecte est détecté.
        """))

  @Argument(
    help: told(
      en: "CSV or CSV.GZ files, patterns, or - for standard input.",
      fr: .init(
        "Fichiers CSV ou CSV.GZ, motifs, ou - pour l’entrée standard.", valueName: "fichiers")),
    completion: .file())
  var files: [String]

  @Flag(
    help: told(
      en: "Print the proposed Table Schema of one file instead.",
      fr: "Affiche plutôt le Table Schema proposé pour un fichier."))
  var schema = false

  @Option(
    help: told(en: "Write the file anew instead: csv.", fr: "Réécrit plutôt le fichier : csv."))
  var to: Rewriting?

  @Option(
    help: told(
      en: "With --to: the file to write instead of standard output.",
      fr: "Avec --to : le fichier à écrire au lieu de la sortie standard."), completion: .file())
  var output: String?

  @OptionGroup(title: told(en: "Dialect, with --to", fr: "Dialecte, avec --to"))
  var dialect: DialectFlags

  @OptionGroup var common: SharedOptions

  /// What a file may be written as.
  enum Rewriting: String, ExpressibleByArgument, CaseIterable {
    case csv
  }

  func validate() throws {
    if to == nil, dialect.texts.isGiven || output != nil {
      throw common.invalid(
        Message(
          en: "the dialect and --output are for --to csv",
          fr: "le dialecte et --output vont avec --to csv"))
    }
    if to != nil, files.count > 1 || schema {
      throw common.invalid(
        Message(
          en: "--to takes one file, and goes without --schema",
          fr: "--to prend un fichier, et va sans --schema"))
    }
    if schema, files.count > 1 {
      throw common.invalid(
        Message(
          en: "--schema takes one file; `octroi init --from` takes several",
          fr: "--schema prend un fichier ; `octroi init --from` en prend plusieurs"))
    }
  }

  func run() throws {
    if to != nil { return try rewrite() }
    let progress = ProgressLine(common)
    let profiles = try Terminal.telling(common.language) {
      defer { progress.clear() }
      return try FileScan.of(
        files, combines: !schema, threads: ProcessInfo.processInfo.activeProcessorCount
      ) { progress.add(rows: $0) }
    }
    if schema {
      Terminal.give(profiles.map { ScanReport($0, common.language).schema }.joined())
    } else if common.json {
      Terminal.give(try ScanReport.json(profiles, common.language))
    } else {
      let texts = profiles.map { ScanReport($0, common.language).text }
      Terminal.give(texts.joined(separator: "\n"))
    }
  }

  private func rewrite() throws {
    let report = try Terminal.telling(common.language) {
      try FileConversion.run(files[0], dialect.texts, output: output)
    }
    if common.json {
      let json = try report.json(common.language)
      if output == nil { Terminal.say(json) } else { Terminal.give(json) }
    } else if !common.quiet {
      Terminal.say(report.text(common.language))
    }
  }
}
