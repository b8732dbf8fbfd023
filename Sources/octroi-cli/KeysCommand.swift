import ArgumentParser
import Octroi
import Pipeline

/// Keeps the keys of pseudonym scopes.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Make, list and rotate the keys of pseudonyms.",
    discussion: """
      Keys are drawn from the system's source of randomness and kept in files of mode 0600, in \
      the folder that OCTROI_KEYS names or in the project's state folder. They are never shown: \
      back the folder up, apart from the data. Losing a key means that its pseudonyms cannot be \
      made again.
      """,
    subcommands: [New.self, List.self, Rotate.self, Retire.self])

  /// Makes a scope's first key.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make the first key of a scope.")

    @Argument(help: "What the pseudonyms are for, as pipelines name it.")
    var scope: String
    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { keys in [try keys.make(scope)] }
    }
  }

  /// Lists keys.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List keys: scope, number, date, fingerprint.")

    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { $0.entries() }
    }
  }

  /// Makes the next key.
  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the next key of a scope; the older ones stay until they are retired.",
      discussion: """
        Pipelines use the newest key. During the overlap a copy of the field with the old key's \
        number (`key: 1`) gives the old pseudonyms beside the new ones.
        """)

    @Argument(help: "The scope.")
    var scope: String
    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { keys in [try keys.rotate(scope)] }
    }
  }

  /// Removes an older key.
  struct Retire: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End the overlap: overwrite and remove an older key.")

    @Argument(help: "The scope.")
    var scope: String
    @Argument(help: "The key's number; not the newest.")
    var id: Int
    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { keys in
        try keys.retire(scope, id)
        return keys.entries().filter { $0.scope == scope }
      }
    }
  }

  private static func tell(
    _ common: SharedOptions, _ body: (KeyStore) throws -> [KeyStore.Entry]
  ) throws {
    let entries = try Terminal.telling(common.language) { try body(try Project.keys()) }
    if common.json {
      Terminal.give(try KeyStore.json(entries, common.language))
    } else if !common.quiet {
      for entry in entries { Terminal.give(Self.line(entry, common.language)) }
      if entries.isEmpty {
        Terminal.say(
          Message(
            en: "there is no key yet: `octroi keys new SCOPE` makes the first",
            fr: "il n’y a pas encore de clé : `octroi keys new DOMAINE` crée la première"
          ).text(common.language))
      }
    }
  }

  private static func line(_ entry: KeyStore.Entry, _ language: Language) -> String {
    let state =
      entry.trouble
      ?? entry.variable.map {
        Message(en: "set aside: \($0) is set", fr: "écartée : \($0) est donnée")
      }
      ?? (entry.isNewest
        ? Message(en: "in use", fr: "en service") : Message(en: "older", fr: "ancienne"))
    let parts = [
      entry.scope, "\(entry.id)", entry.made ?? "-", entry.fingerprint ?? "-",
      state.text(language),
    ]
    return parts.joined(separator: "  ") + "\n"
  }
}
