import ArgumentParser
import Octroi
import Pipeline

extension CatalogueFormat: ExpressibleByArgument {}

/// Catalogues what is open.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "Catalogue what is published for everyone.",
    discussion: """
      Writes the catalogue of all tables that are published for the audience 'open', from the \
      charter, pipelines, manifests and ledger: DCAT-AP 3.0.1 as Turtle or JSON-LD, or the French \
      SCDL's catalogue as CSV. A fact that the format asks for and nobody has said is an error \
      that tells where to say it.
      """)

  @Argument(
    help: "Pipelines, or folders with pipelines; by default those beside the charter.",
    completion: .file(extensions: ["yml", "yaml"]))
  var places: [String] = []

  @Option(help: "turtle, jsonld or scdl.")
  var format: CatalogueFormat = .turtle

  @Option(name: .shortAndLong, help: "Where to write it; by default standard output.")
  var output: String?

  @OptionGroup var common: SharedOptions

  func run() throws {
    let document = try Terminal.telling(common.language) {
      try Project.catalogue(places, format)
    }
    try Terminal.give(
      document.text, to: output, document.diagnostics, common)
  }
}
