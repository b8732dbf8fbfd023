import ArgumentParser
import Octroi
import Pipeline
import StageKit

/// Options of commands that take a pipeline.
struct PipelineOptions: ParsableArguments {
  @Argument(
    help: told(en: "The pipeline's file.", fr: "Le fichier du pipeline."),
    completion: .file(extensions: ["yml", "yaml"]))
  var pipeline: String

  @Option(
    name: .customLong("param"),
    help: told(
      en: "A parameter's value, as name=value; repeatable.",
      fr: "La valeur d’un paramètre, sous la forme nom=valeur ; peut se répéter."))
  var parameters: [String] = []

  @Flag(
    help: told(
      en: "Let paths lead out of the project's folder.",
      fr: "Admet des chemins qui mènent hors du dossier du projet."))
  var allowOutside = false

  func validate() throws {
    // What was given may be a value: it is not said again.
    for text in parameters where !text.contains("=") {
      throw ValidationError(
        Message(
          en: "--param takes name=value, with a '='",
          fr: "--param prend nom=valeur, avec un « = »"
        ).text(Terminal.language))
    }
  }

  /// Checks the pipeline and tells what was found; exits with 2 when there are errors, which
  /// machines find on standard output as `check --json` gives them.
  /// - Parameter refused: codes of warnings that the command refuses to go on for, and tells then.
  func plan(_ common: SharedOptions, refused: Set<String> = []) throws -> Plan {
    let result = check()
    if !common.json || result.hasErrors {
      let told = result.diagnostics.filter {
        $0.severity == .error || !common.quiet && !refused.contains($0.code)
      }
      Terminal.say(DiagnosticText.lines(told, common.language))
    }
    guard let plan = result.plan else {
      if common.json {
        Terminal.give(try DiagnosticText.json(result.diagnostics, common.language))
      }
      throw ExitCode(2)
    }
    return plan
  }

  func check() -> PlanResult {
    var values: [String: String] = [:]
    for text in parameters {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0])] = String(parts[1])
    }
    return Project.check(pipeline, parameters: values, allowOutside: allowOutside)
  }
}
