import ArgumentParser
import Octroi
import Pipeline

/// Makes a static site.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site",
    abstract: told(
      en: "Make a static site over the ledger and what is published.",
      fr: "Fait un site statique sur le registre et ce qui est publié."),
    discussion: told(
      en: """
        Reports by date, the catalogue, what runs, and where each table comes from, drawn and \
        field by field: pages that open from disk, without a server, scripts or requests. The \
        site for 'open' tells what is published for everyone and nothing else; the one for \
        'internal' tells of runs, rejects and everything published. Files are linked to where \
        they lie, never copied. The folder is replaced at once; one that holds anything else is \
        refused.
        """,
      fr: """
        Les rapports par date, le catalogue, ce qui s’exécute et d’où vient chaque table, en \
        dessin et champ par champ : des pages qui s’ouvrent depuis le disque, sans serveur, \
        script ni requête. Le site pour « open » dit ce qui est publié pour tout le monde et rien \
        d’autre ; celui pour « internal » y ajoute les exécutions, les rejets et tout ce qui est \
        publié. Les fichiers sont liés là où ils sont, jamais copiés. Le dossier est remplacé \
        d’un coup ; celui qui contient autre chose est refusé.
        """))

  @Argument(
    help: told(en: "The site's folder.", fr: .init("Le dossier du site.", valueName: "dossier")),
    completion: .directory)
  var folder: String

  @Argument(help: .pipelines, completion: .file(extensions: ["yml", "yaml"]))
  var places: [String] = []

  @Option(
    help: told(
      en: "For whom, as the charter names them.", fr: "Le public, tel que la charte le nomme."))
  var audience = "open"

  @Flag(
    help: told(
      en: "Let the folder lie out of the project.", fr: "Admet un dossier hors du projet."))
  var allowOutside = false

  @Option(help: .wait)
  var wait: Double = 0

  @OptionGroup var common: SharedOptions

  func run() throws {
    var options = SiteOptions(folder: folder, audience: audience, common.language)
    (options.allowOutside, options.wait) = (allowOutside, wait)
    let made = try Terminal.telling(common.language) { try Project.site(places, options) }
    guard let site = made.site else {
      return try Terminal.give(nil, to: nil, made.diagnostics, common)
    }
    if !common.quiet {
      Terminal.say(DiagnosticText.lines(made.diagnostics, common.language))
      Terminal.say(site.line(common.language))
    }
    if common.json { Terminal.give(try site.json()) }
  }
}
