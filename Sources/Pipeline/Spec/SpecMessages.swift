import StageKit
import Tabular

/// What the reader of specs says to people.
enum SpecMessages {
  static let tooLarge = Message(
    en: "the file is larger than 1 MiB", fr: "le fichier dépasse 1 Mio")
  static let empty = Message(en: "the file is empty", fr: "le fichier est vide")
  static let notYAML = Message(
    en: "this is not readable as YAML", fr: "ce fichier n’est pas lisible comme YAML")
  static let noMapping = Message(
    en: "the file should be a mapping of keys", fr: "le fichier devrait être un ensemble de clés")
  static let nothingLeaves = Message(
    en: "'pipeline' needs 'outputs' or 'reports'",
    fr: "« pipeline » : il manque « outputs » ou « reports »")
  static let sayWhatLeaves = Message(
    en: "say what goes out, and to whom", fr: "dites ce qui sort, et pour qui")
  static let isCharter = Message(
    en: "this file is a charter: check the pipelines that name it",
    fr: "ce fichier est une charte : vérifiez les pipelines qui la nomment")
  static let tag = Message(
    en: "tags such as !!binary are not supported",
    fr: "les étiquettes comme !!binary ne sont pas prises en charge")

  static let noDay = Message(
    en: "this should be a day such as 2027-12-31", fr: "il faut ici un jour comme 2027-12-31")

  static func includeCycle(_ path: String) -> Message {
    Message(
      en: "'\(path)' includes itself, directly or by others",
      fr: "« \(path) » s’inclut lui-même, directement ou par d’autres")
  }

  static func includedTwice(_ name: String, _ other: SpecPosition) -> Message {
    Message(
      en: "'\(name)' stands already in \(other.file), line \(other.line)",
      fr: "« \(name) » figure déjà dans \(other.file), ligne \(other.line)")
  }

  static let severalDocuments = Message(
    en: "a file holds one document: remove the second '---'",
    fr: "un fichier contient un seul document : ôtez le second « --- »")
  static let tooDeep = Message(
    en: "nested too deeply, or too many values once aliases are written out",
    fr: "imbrication trop profonde, ou trop de valeurs une fois les alias développés")
  static let brokenAlias = Message(
    en: "this alias names no anchor", fr: "cet alias ne désigne rien")
  static let keyIsNoText = Message(
    en: "a key is a plain text; merge keys are not supported",
    fr: "une clé est un texte simple ; les clés de fusion ne sont pas prises en charge")

  static func syntax(_ problem: String) -> Message {
    Message(en: "YAML: \(problem)", fr: "YAML : \(frenchSyntax[problem] ?? problem)")
  }

  /// What libyaml says most often.
  private static let frenchSyntax = [
    "did not find expected key": "une clé est attendue ici",
    "did not find expected ',' or '}'": "« , » ou « } » est attendu ici",
    "did not find expected ',' or ']'": "« , » ou « ] » est attendu ici",
    "did not find expected '-' indicator": "un tiret « - » est attendu ici",
    "did not find expected node content": "une valeur est attendue ici",
    "did not find expected <document start>": "la fin du document est attendue ici",
    "mapping values are not allowed in this context":
      "« : » n’a pas sa place ici : mettez le texte entre guillemets, ou revoyez le retrait",
    "found character that cannot start any token":
      "ce caractère ne peut pas commencer une valeur (une tabulation dans le retrait, « @ »…)",
    "found unexpected end of stream": "le fichier finit avant la fermeture d’un guillemet",
    "found undefined alias": "cet alias ne désigne aucune ancre",
    "could not find expected ':'": "« : » est attendu ici",
    "block sequence entries are not allowed in this context":
      "une liste n’a pas sa place ici",
    "control characters are not allowed": "les caractères de contrôle ne sont pas admis",
    "found unknown escape character": "séquence d’échappement inconnue",
  ]

  static func duplicateKey(_ name: String) -> Message {
    Message(
      en: "key '\(name)' stands twice in one mapping",
      fr: "la clé « \(name) » figure deux fois dans le même ensemble")
  }

  static func unreadable(_ file: String) -> Message {
    Message(en: "cannot read '\(file)'", fr: "« \(file) » est illisible")
  }

  static func wrongVersion(_ text: String) -> Message {
    Message(
      en: "'octroi: 1' is the only version there is, not '\(text)'",
      fr: "« octroi: 1 » est la seule version connue, et non « \(text) »")
  }

  static func outside(_ path: String, root: String) -> Message {
    Message(
      en: "'\(path)' lies outside of the project", fr: "« \(path) » est hors du projet")
  }

  static let allowOutside = Message(
    en: "move it below the project's folder, or run with --allow-outside",
    fr: "placez-le sous le dossier du projet, ou lancez avec --allow-outside")

  static func unknownAudience(_ name: String, near: String?) -> Message {
    Message(
      en: "the charter knows no audience '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "la charte ne connaît pas le public « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func unknownClass(_ name: String) -> Message {
    Message(
      en: "'\(name)' is no privacy class",
      fr: "« \(name) » n’est pas une classe de confidentialité")
  }

  static func unknownStage(_ name: String, near: String?) -> Message {
    Message(
      en: "unknown stage '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "opération inconnue « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static let stagesAreListed = Message(
    en: "`octroi stages` lists them", fr: "`octroi stages` en donne la liste")

  static func unknownTable(_ name: String, near: String?) -> Message {
    Message(
      en: "no step or source is called '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "aucune étape ni source ne s’appelle « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func oneStage() -> Message {
    Message(
      en: "a stage is one name with its options, such as '- drop: [nom]'",
      fr: "une opération est un nom avec ses options, comme « - drop: [nom] »")
  }

  static func cycle(_ names: [String]) -> Message {
    let way = names.joined(separator: " → ")
    return Message(
      en: "these steps wait for each other: \(way)", fr: "ces étapes s’attendent : \(way)")
  }

  static let breakCycle = Message(
    en: "let one of them read a source, or a step before",
    fr: "faites lire à l’une d’elles une source, ou une étape précédente")

  static func unused(_ kind: Message, _ name: String) -> Message {
    Message(
      en: "\(kind.en) '\(name)' is used by nothing", fr: "\(kind.fr) « \(name) » ne sert à rien")
  }

  static func twice(_ name: String) -> Message {
    Message(
      en: "'\(name)' names both a source and a step",
      fr: "« \(name) » désigne à la fois une source et une étape")
  }
}
