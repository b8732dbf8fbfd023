import ArgumentParser
import Octroi

/// The `octroi` command: flags in, one call of the library, exit code out.
@main
struct OctroiCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "octroi",
    abstract: told(
      en: "Urban data in and out, every row accounted for, nothing personal by accident.",
      fr: """
        Données urbaines, à l’entrée et à la sortie : chaque ligne comptée, rien de personnel par \
        accident.
        """),
    discussion: told(
      en: """
        Data goes to standard output, everything else to standard error. Messages and help are in \
        French where the locale is, or with --lang fr.
        Exit codes: 0 done, 1 data or gate refused, 2 the spec or the command line is wrong, \
        3 an input is missing or unreadable, 4 the machine failed, 75 another run holds the lock, \
        130/143 interrupted.
        """,
      fr: """
        Les données vont sur la sortie standard, tout le reste sur la sortie d’erreur. Messages \
        et aide sont en français si la locale l’est, ou avec --lang fr ; sinon en anglais.
        Codes de sortie : 0 fait, 1 données ou porte refusées, 2 texte du pipeline ou ligne de \
        commande à corriger, 3 entrée absente ou illisible, 4 panne de la machine, 75 une autre \
        exécution tient le verrou, 130/143 interrompu.
        """),
    version: octroiVersion,
    subcommands: [
      InitCommand.self, ScanCommand.self, CheckCommand.self, PlanCommand.self, RunCommand.self,
      ExplainCommand.self, PreviewCommand.self, TraceCommand.self, WhyCommand.self,
      SchemaCommand.self, StagesCommand.self, RunsCommand.self, KeysCommand.self,
      BudgetCommand.self, RiskCommand.self, CatalogCommand.self, RegisterCommand.self,
      SiteCommand.self,
      VerifyCommand.self, PurgeCommand.self, ForgetCommand.self, RevealCommand.self,
      ManCommand.self,
    ])

  /// ArgumentParser exits with 64 on a wrong command line; Octroi's users are promised 2.
  static func main() {
    do {
      var command = try parseAsRoot(CommandWords.given.rest)
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code.isSuccess {
        if !text.isEmpty { print(UsageText.help(text)) }
        exit(withError: ExitCode.success)
      }
      if code == .validationFailure {
        Terminal.say(UsageText.told(text))
        exit(withError: ExitCode(2))
      }
      exit(withError: error)
    }
  }
}
