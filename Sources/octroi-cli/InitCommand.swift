import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Begins a project.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Begin a project: an example, or one made of your own files.",
    discussion: """
      Writes a charter, a pipeline that runs and a schema for each source, all commented, in \
      French or English. With --from it looks at your files (any encoding, delimiter, dates, \
      decimals; monthly files of one shape become one source) and proposes types and privacy \
      classes. Your files stay where they are; nothing is replaced without --force.
      """)

  @Argument(help: "The project's folder.", completion: .directory)
  var folder = "."

  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: "CSV or CSV.GZ files, patterns or folders to look at.", completion: .file())
  var files: [String] = []

  @Flag(help: "Replace files of the same names.")
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
