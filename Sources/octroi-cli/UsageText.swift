import ArgumentParser
import Octroi
import Reports

/// What ArgumentParser says in its own words, which are English: of a wrong command line, and
/// around the help of a command.
enum UsageText {
  /// Commands that ask for what nobody else may see, and that somebody may give it as an argument.
  private static let asking: Set<String> = ["forget", "reveal", "keys"]

  private static let hidden =
    "There is something on the command line that does not belong there; it is not repeated here, "
    + "since it may be secret. Identifiers and tokens are asked for, or read from standard input"

  /// The same without what was typed, where that may name a person: after these commands, and
  /// after what may be one of them misspelt.
  private static func hidingSecrets(_ text: String, of words: [String]) -> String {
    let isMissing = ["Error: Missing expected argument", "Error: Missing value"].contains {
      text.hasPrefix($0)
    }
    let names = Set(
      OctroiCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    )
    let command = words.first { !$0.hasPrefix("-") }
    let isKnown = command.map(names.contains) ?? true
    guard !isMissing, !isKnown || !asking.isDisjoint(with: words) else { return text }
    let usage = text.ranges(of: "\nUsage: octroi").last.map { String(text[$0.lowerBound...]) } ?? ""
    guard let command, !isKnown else { return "Error: " + hidden + usage }
    return "Error: Unexpected argument '\(command)'" + usage
  }

  /// What is wrong with a command line.
  static func told(_ text: String) -> String {
    let shown = hidingSecrets(text, of: CommandWords.given.rest)
    guard Terminal.language == .fr else { return shown }
    return shown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      for (start, french) in starts where line.hasPrefix(start) {
        return french + sentence(String(line.dropFirst(start.count)))
      }
      return sentence(String(line))
    }.joined(separator: "\n")
  }

  /// Help, or a script that completes commands and tells their help; what is JSON stays as it is.
  static func help(_ text: String) -> String {
    guard Terminal.language == .fr, !text.hasPrefix("{") else { return text }
    var said = replaced(text, everywhere)
    guard said.hasPrefix("OVERVIEW: ") else { return said }
    said = replaced(said, around)
      .replacing(/See '(.*)' for detailed help\./) { "`\($0.1)` en dit plus." }
      .replacing(/;(\s+défaut :)/) { " ;\($0.1)" }
      .replacing(title) { "\($0.1) :" }
    return Typography.text(said, .fr)
  }

  private static func replaced(_ text: String, _ words: [Message]) -> String {
    words.reduce(text) { $0.replacing($1.en, with: $1.fr) }
  }

  private static let everywhere = [
    Message(en: "Show help information.", fr: "Affiche l’aide."),
    Message(en: "Show subcommand help information.", fr: "Affiche l’aide d’une commande."),
    Message(en: "Show the version.", fr: "Affiche la version."),
  ]

  /// What stands on lines that are full already has as many letters in French.
  private static let around = [
    Message(en: "OVERVIEW: ", fr: "OBJET : "),
    Message(en: "\nUSAGE: ", fr: "\nUSAGE : "),
    Message(en: "\nSUBCOMMANDS:", fr: "\nCOMMANDES:"),
    Message(en: "<subcommand", fr: "<commande"),
    Message(en: "(values:", fr: "(choix :"),
    Message(en: "default:", fr: "défaut :"),
  ]

  /// A section's title, in capitals on a line of its own.
  private static var title: Regex<(Substring, Substring)> {
    /^(\p{Lu}[^\p{Ll}\n]*):$/.anchorsMatchLineEndings()
  }

  private static let starts = [
    ("Error: ", "erreur : "), ("Usage: ", "Usage : "), ("Help:  ", "Aide :  "),
  ]

  private static func sentence(_ text: String) -> String {
    if text == hidden {
      return "la ligne de commande contient quelque chose qui n’y a pas sa place, et n’est pas "
        + "répété ici, car ce peut être secret. Identifiants et jetons sont demandés, ou lus sur "
        + "l’entrée standard"
    }
    if let found = text.wholeMatch(of: /Missing expected argument '(.*)'/) {
      return "il manque « \(found.1) »"
    }
    if let found = text.wholeMatch(of: /Missing value for '(.*)'/) {
      return "il manque la valeur de « \(found.1) »"
    }
    if let found = text.wholeMatch(of: /Unexpected argument '(.*)'/) {
      return "« \(found.1) » est de trop"
    }
    if let found = text.wholeMatch(of: /\d+ unexpected arguments: (.*)/) {
      return "sont de trop : \(quoted(found.1))"
    }
    if let found = text.wholeMatch(of: /Unknown option '(.*?)'(?:\. Did you mean '(.*)'\?)?/) {
      let near = found.2.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""
      return "option inconnue « \(found.1) »\(near)"
    }
    if let found = text.wholeMatch(
      of: /The value '(.*?)' is invalid for '(.*?)'(?:\. Please provide one of (.*)\.)?/)
    {
      let choices = found.3.map { " ; au choix : \(quoted($0))" } ?? ""
      return "« \(found.1) » ne va pas avec « \(found.2) »\(choices)"
    }
    if let found = text.wholeMatch(of: #/  See '(.*)' for more information\./#) {
      return "  `\(found.1)` en dit plus."
    }
    if let found = text.wholeMatch(
      of: /The option '(.*?)' does not take any value, but '(.*)' was specified\./)
    {
      return "« \(found.1) » ne prend pas de valeur, et « \(found.2) » est donné"
    }
    if let found = text.wholeMatch(of: /Can't generate completion scripts for '(.*)'\./) {
      return "il n’y a pas de complétion pour « \(found.1) »"
    }
    if let found = text.wholeMatch(of: /Please use (--.*) with one of:/) {
      return "\(found.1) en connaît pour :"
    }
    return text.replacing("<subcommand>", with: "<commande>")
  }

  /// `'fr' and 'en'` in French quotes.
  private static func quoted(_ list: Substring) -> String {
    list.matches(of: /'(.*?)'/).map { "« \($0.1) »" }.joined(separator: ", ")
  }
}
