import Octroi

/// The words of the command line, looked through for `--lang` before ArgumentParser reads them:
/// help, and what is wrong with a command line, are told before anything is parsed.
struct CommandWords {
  static let given = CommandWords(CommandLine.arguments.dropFirst())

  /// The language that is asked for last, if any.
  private(set) var language: Language?
  /// What ArgumentParser reads. `octroi` before a command and `octroi help` know no options there:
  /// their `--lang` is left out.
  private(set) var rest: [String] = []

  init(_ words: ArraySlice<String>) {
    var left = words
    while let word = left.first, word != "--" {
      let (asked, count) = Self.asked(left)
      language = asked ?? language
      if asked == nil || !(rest.isEmpty || rest.first == "help") { rest += left.prefix(count) }
      left = left.dropFirst(count)
    }
    rest += left
  }

  /// The language that the first words ask for, and how many they are.
  private static func asked(_ words: ArraySlice<String>) -> (language: Language?, count: Int) {
    let value = words.first.flatMap { $0.hasPrefix("--lang=") ? $0.dropFirst(7) : nil }
    if let value { return (Language(rawValue: String(value)), 1) }
    guard words.first == "--lang", let next = words.dropFirst().first,
      let language = Language(rawValue: next)
    else { return (nil, 1) }
    return (language, 2)
  }
}
