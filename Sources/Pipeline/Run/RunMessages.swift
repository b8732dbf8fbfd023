import Tabular

/// What a run says to people.
enum RunMessages {
  static func unbalanced(_ what: String) -> Message {
    Message(
      en: "the accounting of '\(what)' does not add up; nothing was published (please report this)",
      fr: "les comptes de « \(what) » sont faux ; rien n’a été publié (merci de le signaler)")
  }

  static func encodingDisproved(_ source: String, _ files: Int) -> Message {
    Message(
      en: "source '\(source)': \(files) file(s) are not UTF-8 and were read as Windows-1252",
      fr:
        "source « \(source) » : \(files) fichier(s) n’étant pas en UTF-8 "
        + "ont été lus en Windows-1252"
    )
  }

  static func locked(_ process: String) -> Message {
    Message(
      en: "another run of this project holds the lock (process \(process))",
      fr: "une autre exécution de ce projet tient le verrou (processus \(process))")
  }

  static func networkFolder(_ path: String) -> Message {
    Message(
      en:
        "the state folder '\(path)' lies on a network file system, where locks "
        + "and the ledger are not safe",
      fr:
        "le dossier d’état « \(path) » est sur un système de fichiers réseau, où verrous "
        + "et registre ne sont pas sûrs"
    )
  }

  static let localFolder = Message(
    en: "set OCTROI_STATE to a folder on a local disk",
    fr: "donnez à OCTROI_STATE un dossier sur un disque local")

  static let ledger = Message(
    en: "the outputs were published, but the ledger could not be written",
    fr: "les sorties sont publiées, mais le registre n’a pas pu être écrit")

  static let unexpected = Message(
    en: "an unexpected failure of the machine or of a library; nothing was published",
    fr: "une panne inattendue de la machine ou d’une bibliothèque ; rien n’a été publié")

  static func gateRows(_ output: String, written: Int, read: Int) -> Message {
    Message(
      en: "gate: '\(output)' was written with \(written) rows and reads back with \(read)",
      fr: "porte : « \(output) » a été écrit avec \(written) lignes et se relit avec \(read)")
  }

  static func gateBytes(_ output: String) -> Message {
    Message(
      en: "gate: '\(output)' reads back with other bytes than were written",
      fr: "porte : « \(output) » se relit avec d’autres octets que ceux qui ont été écrits")
  }

  static func gateColumns(_ output: String) -> Message {
    Message(
      en: "gate: the columns of '\(output)' do not read back as planned",
      fr: "porte : les colonnes de « \(output) » ne se relisent pas comme prévu")
  }

  static func gateCount(_ output: String, minimum: Int) -> Message {
    Message(
      en: "gate: '\(output)' holds a row that stands for fewer than \(minimum) source rows",
      fr:
        "porte : « \(output) » contient une ligne qui représente moins de "
        + "\(minimum) lignes de source"
    )
  }

  static func gateUnreadable(_ output: String) -> Message {
    Message(
      en: "gate: '\(output)' does not read back", fr: "porte : « \(output) » ne se relit pas")
  }

  static func noKey(_ scope: String, variable: String, file: String) -> Message {
    Message(
      en:
        "no key for the pseudonym scope '\(scope)' (`octroi keys list`): run "
        + "`octroi keys new`, set \(variable), or write 64 hexadecimal digits to '\(file)' "
        + "(mode 0600)",
      fr:
        "pas de clé pour le domaine de pseudonymes « \(scope) » (`octroi keys list`) : "
        + "lancez `octroi keys new`, donnez \(variable), ou écrivez 64 chiffres hexadécimaux "
        + "dans « \(file) » (droits 0600)"
    )
  }

  static func keyBelongs(
    _ scope: String, _ place: Charter.KeyPlace, _ variable: String
  ) -> Message {
    switch place {
    case .files:
      Message(
        en: "the charter has the keys of the scope '\(scope)' come from files, and \(variable) is "
          + "set: unset it, and run `octroi keys new`",
        fr: "la charte fait venir de fichiers les clés du domaine « \(scope) », et \(variable) est "
          + "définie : ôtez-la, et lancez `octroi keys new`")
    case .environment:
      Message(
        en: "the charter has the keys of the scope '\(scope)' come from the environment: set "
          + "\(variable)",
        fr: "la charte fait venir de l’environnement les clés du domaine « \(scope) » : définissez "
          + "\(variable)")
    }
  }

  static func openKey(_ file: String) -> Message {
    Message(
      en: "the key file '\(file)' can be read by others, or is another user's: chmod 600 it",
      fr: "le fichier de clé « \(file) » est lisible par d’autres, ou à un autre : chmod 600")
  }

  static func badKey(_ scope: String) -> Message {
    Message(
      en: "the key of the scope '\(scope)' is not at least 64 hexadecimal digits",
      fr: "la clé du domaine « \(scope) » n’est pas faite d’au moins 64 chiffres hexadécimaux")
  }

  static func rolledForward(_ files: Int) -> Message {
    Message(
      en: "finished what an interrupted run had begun to publish (\(files) files)",
      fr: "achevé ce qu’une exécution interrompue avait commencé à publier (\(files) fichiers)")
  }

  static let open = Message(en: "open", fr: "ouvrir")
  static let make = Message(en: "make", fr: "créer")
  static let write = Message(en: "write", fr: "écrire")
  static let publish = Message(en: "publish", fr: "publier")
}
