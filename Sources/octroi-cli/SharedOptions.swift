import ArgumentParser
import Octroi

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
}

extension SharedOptions {
  /// What is wrong with a command line.
  func invalid(_ message: Message) -> ValidationError {
    ValidationError(message.text(language))
  }
}
