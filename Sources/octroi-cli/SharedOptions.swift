import ArgumentParser
import Octroi
import Pipeline

extension Language: ExpressibleByArgument {}

/// Options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(help: "Language of messages: fr or en; by default the locale's.")
  var lang: Language?

  @Flag(help: "Print JSON for machines.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  var language: Language { lang ?? Terminal.language }

  /// Does something; a failure is told, and becomes the exit code.
  func telling(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as RunError {
      Terminal.say(error.text(language))
      throw ExitCode(error.exit.rawValue)
    }
  }
}
