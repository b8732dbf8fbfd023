import Tabular

/// The words of `why`.
enum WhyMessages {
  static func run(_ id: Int64, _ started: String) -> Message {
    Message(en: "run \(id) of \(started)", fr: "exécution \(id) du \(started)")
  }

  static func against(_ id: Int64, _ started: String) -> Message {
    Message(
      en: ", against run \(id) of \(started)", fr: ", comparée à l’exécution \(id) du \(started)")
  }

  static func source(
    read: String, passed: String, rejected: String, skipped: String
  ) -> Message {
    Message(
      en: "\(read) read = \(passed) passed + \(rejected) rejected + \(skipped) skipped",
      fr: "\(read) lus = \(passed) gardés + \(rejected) rejetés + \(skipped) omis")
  }

  static func stage(rowsIn: String, rowsOut: String) -> Message {
    Message(en: "\(rowsIn) in → \(rowsOut) out", fr: "\(rowsIn) en entrée → \(rowsOut) en sortie")
  }

  static func rows(_ count: String) -> Message {
    Message(en: "\(count) row(s)", fr: "\(count) ligne(s)")
  }

  static let new = Message(en: " (new stage)", fr: " (opération nouvelle)")
  static let same = Message(en: ", same content", fr: ", même contenu")
  static let other = Message(en: ", other content", fr: ", autre contenu")

  static let nothingToCompare = Message(
    en: "no earlier run to compare with", fr: "aucune exécution antérieure à comparer")

  static func nothingChanged(_ id: Int64) -> Message {
    Message(
      en: "nothing changed since run \(id): same inputs, definitions, parameters and version",
      fr: "rien n’a changé depuis l’exécution \(id) : mêmes entrées, définitions, paramètres et "
        + "version")
  }

  static func changed(_ id: Int64) -> Message {
    Message(en: "changed since run \(id):", fr: "changé depuis l’exécution \(id) :")
  }

  static func change(_ change: Why.Change) -> Message {
    let name = change.name
    let what = word(change.what)
    switch change.change {
    case .added:
      return Message(en: "\(what.en) '\(name)' is new", fr: "nouveau : \(what.fr) « \(name) »")
    case .removed:
      return Message(en: "\(what.en) '\(name)' is gone", fr: "disparu : \(what.fr) « \(name) »")
    case .renamed:
      let old = change.before ?? ""
      return Message(
        en: "\(what.en) '\(name)' was '\(old)'", fr: "\(what.fr) « \(name) » était « \(old) »")
    case .changed:
      guard let before = change.before, let after = change.after else {
        return Message(
          en: "\(what.en) '\(name)' has another value, which is not recorded",
          fr: "\(what.fr) « \(name) » a une autre valeur, qui n’est pas conservée")
      }
      let (from, to) = (short(before), short(after))
      return Message(
        en: "\(what.en) '\(name)': \(from) → \(to)", fr: "\(what.fr) « \(name) » : \(from) → \(to)")
    }
  }

  /// The head of a hash is enough to tell two apart.
  private static func short(_ text: String) -> String {
    text.utf8.count == 64 ? "sha256 " + text.prefix(12) + "…" : text
  }

  private static func word(_ kind: Why.Change.Kind) -> Message {
    switch kind {
    case .input: Message(en: "input", fr: "entrée")
    case .definition: Message(en: "definition", fr: "définition")
    case .parameter: Message(en: "parameter", fr: "paramètre")
    case .version: Message(en: "version of", fr: "version d’")
    case .stage: Message(en: "stage", fr: "opération")
    }
  }

  static func laterFailure(_ id: Int64, exit: Int32) -> Message {
    Message(
      en: "note: run \(id) came later and failed (exit \(exit)): it published nothing",
      fr: "note : l’exécution \(id) est venue après et a échoué (sortie \(exit)) : "
        + "elle n’a rien publié")
  }

  static let noRun = Message(
    en: "the ledger holds no finished run to explain",
    fr: "le registre ne contient aucune exécution achevée à expliquer")

  static func noSuchRun(_ id: Int64) -> Message {
    Message(
      en: "the ledger holds no run \(id)", fr: "le registre ne contient pas l’exécution \(id)")
  }

  static func unknown(_ name: String, among names: [String]) -> Message {
    let near = Suggestion.nearest(to: name, among: names)
    return Message(
      en: "no run in the ledger had a source, step or output '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "aucune exécution du registre n’avait de source, d’étape ou de sortie « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func noPipeline(_ file: String) -> Message {
    Message(
      en: "'\(file)' cannot be read as a pipeline",
      fr: "« \(file) » n’est pas lisible comme pipeline")
  }
}
