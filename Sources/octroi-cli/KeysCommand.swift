import ArgumentParser
import Octroi
import Pipeline

/// Keeps the keys of pseudonym scopes.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: told(
      en: "Make, list and rotate the keys of pseudonyms.",
      fr: "Crée, liste et renouvelle les clés des pseudonymes."),
    discussion: told(
      en: """
        Keys are drawn from the system's source of randomness and kept in files of mode 0600, in \
        the folder that OCTROI_KEYS names or in the project's state folder. They are never shown: \
        back the folder up, apart from the data. Losing a key means that its pseudonyms cannot be \
        made again.
        """,
      fr: """
        Les clés sont tirées de la source d’aléa du système et gardées dans des fichiers de mode \
        0600, dans le dossier que désigne OCTROI_KEYS ou dans le dossier d’état du projet. Elles \
        ne sont jamais montrées : sauvegardez ce dossier, à part des données. Qui perd une clé ne \
        peut plus refaire ses pseudonymes.
        """),
    subcommands: [New.self, List.self, Rotate.self, Retire.self])

  /// Makes a scope's first key.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: told(
        en: "Make the first key of a scope.", fr: "Crée la première clé d’un domaine."))

    @Argument(
      help: told(
        en: "What the pseudonyms are for, as pipelines name it.",
        fr: .init(
          "À quoi servent les pseudonymes, tel que les pipelines le nomment.",
          valueName: "domaine")))
    var scope: String
    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { keys in [try keys.make(scope)] }
    }
  }

  /// Lists keys.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: told(
        en: "List keys: scope, number, date, fingerprint.",
        fr: "Liste les clés : domaine, numéro, date, empreinte."))

    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { $0.entries() }
    }
  }

  /// Makes the next key.
  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: told(
        en: "Make the next key of a scope; the older ones stay until they are retired.",
        fr: "Crée la clé suivante d’un domaine ; les anciennes restent jusqu’à leur retrait."),
      discussion: told(
        en: """
          Pipelines use the newest key. During the overlap a copy of the field with the old key's \
          number (`key: 1`) gives the old pseudonyms beside the new ones.
          """,
        fr: """
          Les pipelines se servent de la clé la plus récente. Pendant la transition, une copie du \
          champ avec le numéro de l’ancienne clé (`key: 1`) donne les anciens pseudonymes à côté \
          des nouveaux.
          """))

    @Argument(help: .scope)
    var scope: String
    @OptionGroup var common: SharedOptions

    func run() throws {
      try KeysCommand.tell(common) { keys in [try keys.rotate(scope)] }
    }
  }

  /// Removes an older key.
  struct Retire: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: told(
        en: "End the overlap: overwrite and remove an older key.",
        fr: "Met fin à la transition : écrase et retire une ancienne clé."))

    @Argument(help: .scope)
    var scope: String
    @Argument(
      help: told(
        en: "The key's number; not the newest.",
        fr: .init("Le numéro de la clé ; pas la plus récente.", valueName: "numéro")))
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
