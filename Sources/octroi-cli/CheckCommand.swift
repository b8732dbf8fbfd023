import ArgumentParser
import Octroi
import Pipeline

/// Checks a pipeline without reading data.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check spec, schemas and privacy; reads no data.")

  @OptionGroup var options: PipelineOptions
  @OptionGroup var common: SharedOptions

  func run() throws {
    let result = options.check()
    if common.json {
      Terminal.give(try DiagnosticText.json(result.diagnostics, common.language))
    } else {
      Terminal.say(DiagnosticText.lines(result.diagnostics, common.language))
    }
    if result.hasErrors { throw ExitCode(2) }
  }
}
