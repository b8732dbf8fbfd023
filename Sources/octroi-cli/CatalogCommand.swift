import ArgumentParser
import Octroi
import Pipeline

extension CatalogueFormat: ExpressibleByArgument {}

/// Catalogues what is open.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: told(
      en: "Catalogue what is published for everyone.",
      fr: "Dresse le catalogue de ce qui est publié pour tout le monde."),
    discussion: told(
      en: """
        Writes the catalogue of all tables that are published for the audience 'open', from the \
        charter, pipelines, manifests and ledger: DCAT-AP 3.0.1 as Turtle or JSON-LD, or the \
        French SCDL's catalogue as CSV. A fact that the format asks for and nobody has said is an \
        error that tells where to say it.
        """,
      fr: """
        Écrit le catalogue de toutes les tables publiées pour le public « open », d’après la \
        charte, les pipelines, les manifestes et le registre : DCAT-AP 3.0.1 en Turtle ou \
        JSON-LD, ou le catalogue CSV du SCDL. Ce que le format demande et que personne n’a dit \
        est une erreur qui indique où le dire.
        """))

  @Argument(help: .pipelines, completion: .file(extensions: ["yml", "yaml"]))
  var places: [String] = []

  @Option(help: told(en: "turtle, jsonld or scdl.", fr: "turtle, jsonld ou scdl."))
  var format: CatalogueFormat = .turtle

  @Option(name: .shortAndLong, help: .output)
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
