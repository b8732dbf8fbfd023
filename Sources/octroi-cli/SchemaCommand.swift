import ArgumentParser
import Octroi

/// Prints the JSON Schema that editors use.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of pipeline files.")

  @Flag(help: "The schema of charters instead.")
  var charter = false
  @OptionGroup var common: SharedOptions

  func run() throws {
    Terminal.give(
      try charter
        ? Project.charterSchema(common.language) : Project.pipelineSchema(common.language))
  }
}
