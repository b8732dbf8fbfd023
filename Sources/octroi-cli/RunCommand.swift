import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Runs a pipeline.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a pipeline and publish what passes the gate.")

  @OptionGroup var options: PipelineOptions

  @Option(help: "Worker threads; by default one a processor. Results never depend on it.")
  var threads: Int?

  @Option(
    help: """
      Memory for the rows that stages hold, such as 512M or 2G; at least 1M, by default 1G. \
      Beyond it rows go to disk; what cannot (a table that is joined, the values behind one \
      group's median) is told.
      """)
  var memory: MemorySize?

  @Option(help: "Seconds to wait while another run holds the project's lock.")
  var wait: Double = 0

  @Flag(help: "Print each report to PDF, too, by Chromium, which must be installed.")
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
