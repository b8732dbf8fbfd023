import ArgumentParser
import Octroi
import Pipeline
import StageKit

/// Checks a pipeline without reading data.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: told(
      en: "Check spec, schemas and privacy; reads no data.",
      fr: "Contrôle le texte, les schémas et la confidentialité ; ne lit aucune donnée."))

  @OptionGroup var options: PipelineOptions
  @Flag(
    help: told(
      en: """
        Write what leaves, for whom, with which treatment and guarantee, beside the pipeline as \
        NAME.lock.yml, for the data protection officer to sign off by committing it.
        """,
      fr: """
        Écrit ce qui sort, pour qui, sous quel traitement et quelle garantie, à côté du pipeline \
        dans NOM.lock.yml, pour que la personne déléguée à la protection des données l’approuve \
        en le versant au dépôt.
        """))
  var lock = false

  @OptionGroup var common: SharedOptions

  func run() throws {
    if lock { return try writeLock() }
    let result = options.check()
    if common.json {
      Terminal.give(try DiagnosticText.json(result.diagnostics, common.language))
    } else {
      Terminal.say(DiagnosticText.lines(result.diagnostics, common.language))
    }
    if result.hasErrors { throw ExitCode(2) }
  }

  private func writeLock() throws {
    let result = options.check()
    let told = result.diagnostics.filter { !["privacy-lock", "stale-lock"].contains($0.code) }
    Terminal.say(DiagnosticText.lines(told, common.language))
    guard let plan = result.plan else { throw ExitCode(2) }
    let path = try Terminal.telling(common.language) { try PrivacyLock.write(plan) }
    Terminal.say(Terminal.shown(path))
  }
}
