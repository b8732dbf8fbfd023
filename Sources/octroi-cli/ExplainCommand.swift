import ArgumentParser
import Octroi
import Pipeline

/// Shows where a field comes from, and its classes on the way.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show a field's lineage and privacy classes.")

  @OptionGroup var options: PipelineOptions
  @Option(help: "The field's name, or step.field.")
  var field: String
  @OptionGroup var common: SharedOptions

  func run() throws {
    let plan = try options.plan(common)
    guard let lineage = FieldLineage(plan, field: field) else {
      let near = Suggestion.nearest(to: field, among: FieldLineage.names(plan))
      let message = Message(
        en: "unknown field '\(field)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
        fr: "champ inconnu « \(field) »"
          + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
      Terminal.say(message.text(common.language))
      throw ExitCode(2)
    }
    Terminal.give(common.json ? try lineage.json() : lineage.text(common.language))
  }
}
