import ArgumentParser
import Octroi

extension Language: ExpressibleByArgument {}

/// The option that says the language: `Terminal` knows it by then, ArgumentParser holds it to the
/// languages that there are.
struct LanguageOption: ParsableArguments {
  @Option(
    help: told(
      en: "Language of messages and help: fr or en; by default the locale's.",
      fr: "Langue des messages et de l’aide : fr ou en ; par défaut celle de la locale."))
  var lang: Language?
}

/// Options that every command takes.
struct SharedOptions: ParsableArguments {
  @OptionGroup var spoken: LanguageOption

  @Flag(help: told(en: "Print JSON for machines.", fr: "Affiche du JSON, pour les machines."))
  var json = false

  @Flag(
    name: .shortAndLong,
    help: told(en: "Say nothing but errors.", fr: "Ne dit rien, sauf les erreurs."))
  var quiet = false

  var language: Language { Terminal.language }
}

extension SharedOptions {
  /// What is wrong with a command line.
  func invalid(_ message: Message) -> ValidationError {
    ValidationError(message.text(language))
  }
}
