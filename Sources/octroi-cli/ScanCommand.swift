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
      evidence. Never prints a value. `octroi init --from FILE…` makes a project of it.
      """)

  @Argument(help: "CSV or CSV.GZ files, patterns, or - for standard input.", completion: .file())
  var files: [String]

  @Flag(help: "Print the proposed Table Schema of one file instead.")
  var schema = false

  @OptionGroup var common: SharedOptions

  func validate() throws {
    if schema, files.count > 1 {
      throw ValidationError("--schema takes one file; `octroi init --from` takes several")
    }
  }

  func run() throws {
    let progress = ProgressLine(common)
    let profiles = try Terminal.telling(common.language) {
      defer { progress.clear() }
      return try FileScan.of(files, threads: ProcessInfo.processInfo.activeProcessorCount) {
        progress.add(rows: $0)
      }
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
}
