import ArgumentParser
import Octroi
import Pipeline

extension RegisterFormat: ExpressibleByArgument {}

/// Writes the register of processing activities.
struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "Write the register of processing activities (GDPR art. 30).",
    discussion: """
      An activity for each purpose that pipelines serve with personal data: what the charter says \
      of it (controller, legal basis, persons, recipients, transfers, retention, security…) and \
      what the pipelines do (fields by class, what leaves for whom under which treatment, \
      decisions). What nobody has said is listed as missing, with where to write it. Holds names \
      of fields, never a value. Where a pipeline does not pass the check, no register is written.
      """)

  @Argument(
    help: "Pipelines, or folders with pipelines; by default those beside the charter.",
    completion: .file(extensions: ["yml", "yaml"]))
  var places: [String] = []

  @Option(help: "html, markdown, csv or json; by default what --output ends in, else markdown.")
  var format: RegisterFormat?

  @Option(name: .shortAndLong, help: "Where to write it; by default standard output.")
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
