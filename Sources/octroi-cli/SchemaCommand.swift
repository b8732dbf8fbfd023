import ArgumentParser
import Octroi

/// Prints the JSON Schema that editors use.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: told(
      en: "Print the JSON Schema of pipeline files.",
      fr: "Affiche le JSON Schema des fichiers de pipelines."))

  @Flag(help: told(en: "The schema of charters instead.", fr: "Plutôt le schéma des chartes."))
  var charter = false
  @OptionGroup var common: SharedOptions

  func run() throws {
    Terminal.give(
      try charter
        ? Project.charterSchema(common.language) : Project.pipelineSchema(common.language))
  }
}
