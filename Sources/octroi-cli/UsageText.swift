import Octroi

/// What ArgumentParser says of a wrong command line, which it says in English.
enum UsageText {
  /// In the language that the command line asks for, wrong as it is, or else the locale's.
  static func told(_ text: String) -> String {
    language == .fr ? french(text) : text
  }

  private static var language: Language {
    let words = CommandLine.arguments
    let asked = words.indices.compactMap { index -> String? in
      if words[index].hasPrefix("--lang=") { return String(words[index].dropFirst(7)) }
      return words[index] == "--lang" && index + 1 < words.count ? words[index + 1] : nil
    }
    return asked.last.flatMap(Language.init(rawValue:)) ?? Terminal.language
  }

  static func french(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      for (start, french) in starts where line.hasPrefix(start) {
        return french + sentence(String(line.dropFirst(start.count)))
      }
      return sentence(String(line))
    }.joined(separator: "\n")
  }

  private static let starts = [
    ("Error: ", "erreur : "), ("Usage: ", "Usage : "), ("Help:  ", "Aide :  "),
  ]

  private static func sentence(_ text: String) -> String {
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
    return text
  }

  /// `'fr' and 'en'` in French quotes.
  private static func quoted(_ list: Substring) -> String {
    list.matches(of: /'(.*?)'/).map { "« \($0.1) »" }.joined(separator: ", ")
  }
}
