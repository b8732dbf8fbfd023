import ArgumentParser
import Octroi
import Pipeline

extension RegisterFormat: ExpressibleByArgument {}

/// Writes the register of processing activities.
struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: told(
      en: "Write the register of processing activities (GDPR art. 30).",
      fr: "Écrit le registre des activités de traitement (RGPD art. 30)."),
    discussion: told(
      en: """
        An activity for each purpose that pipelines serve with personal data: what the charter \
        says of it (controller, legal basis, persons, recipients, transfers, retention, \
        security…) and what the pipelines do (fields by class, what leaves for whom under which \
        treatment, decisions). What nobody has said is listed as missing, with where to write it. \
        Holds names of fields, never a value. Where a pipeline does not pass the check, no \
        register is written.
        """,
      fr: """
        Une activité pour chaque finalité que des pipelines servent avec des données \
        personnelles : ce que la charte en dit (responsable, base légale, personnes, \
        destinataires, transferts, durées, sécurité…) et ce que font les pipelines (champs par \
        classe, ce qui sort pour qui sous quel traitement, décisions). Ce que personne n’a dit \
        est listé comme manquant, avec l’endroit où l’écrire. Contient des noms de champs, jamais \
        une valeur. Quand un pipeline ne passe pas le contrôle, aucun registre n’est écrit.
        """))

  @Argument(help: .pipelines, completion: .file(extensions: ["yml", "yaml"]))
  var places: [String] = []

  @Option(
    help: told(
      en: "html, markdown, csv or json; by default what --output ends in, else markdown.",
      fr: "html, markdown, csv ou json ; par défaut d’après la fin de --output, sinon markdown."))
  var format: RegisterFormat?

  @Option(name: .shortAndLong, help: .output)
  var output: String?

  @OptionGroup var common: SharedOptions

  func validate() throws {
    if common.json, let format, format != .json {
      throw common.invalid(
        Message(en: "--json is the format json", fr: "--json est le format json"))
    }
    if let output, format == nil, !common.json, RegisterFormat(ofPath: output) == nil {
      throw common.invalid(
        Message(
          en: "'\(output)' tells no format: end it in .html, .md, .csv or .json, or give --format",
          fr:
            "« \(output) » ne dit aucun format : terminez-le par .html, .md, .csv ou .json, ou "
            + "donnez --format"))
    }
  }

  func run() throws {
    let asked = common.json ? .json : format ?? output.flatMap { RegisterFormat(ofPath: $0) }
    let document = try Terminal.telling(common.language) {
      try Project.register(places, asked ?? .markdown, common.language)
    }
    try Terminal.give(document.text, to: output, document.diagnostics, common)
  }
}
