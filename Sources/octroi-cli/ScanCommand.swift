import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Looks at files that nobody has described yet.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Look at CSV files: dialect, types, missing values, personal data.",
    discussion: """
      Shows what was detected and proposes a type and a privacy class for each column, with the \
      evidence; and, where persons seem to be in it, which columns single rows out, alone or up \
      to three together. Never prints a value. `octroi init --from FILE…` makes a project of it.

      With --to csv, writes one file anew as clean CSV (RFC 4180, UTF-8) to standard output, \
      values and all. Every row is kept, misshapen ones as they most likely were meant; what was \
      mended, filled up or left out is counted on standard error. What is not told of the dialect \
      is detected.
      """)

  @Argument(help: "CSV or CSV.GZ files, patterns, or - for standard input.", completion: .file())
  var files: [String]

  @Flag(help: "Print the proposed Table Schema of one file instead.")
  var schema = false

  @Option(help: "Write the file anew instead: csv.")
  var to: Rewriting?

  @Option(help: "With --to: the file to write instead of standard output.", completion: .file())
  var output: String?

  @OptionGroup(title: "Dialect, with --to") var dialect: DialectFlags

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
