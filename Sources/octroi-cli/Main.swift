import ArgumentParser
import Octroi

/// The `octroi` command: flags in, one call of the library, exit code out.
@main
struct OctroiCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "octroi",
    abstract: "Urban data in and out, every row accounted for, nothing personal by accident.",
    discussion: """
      Data goes to standard output, everything else to standard error.
      Exit codes: 0 done, 1 data or gate refused, 2 the spec or the command line is wrong, \
      3 an input is missing or unreadable, 4 the machine failed, 75 another run holds the lock, \
      130/143 interrupted.
      """,
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
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code.isSuccess {
        if !text.isEmpty { print(text) }
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
