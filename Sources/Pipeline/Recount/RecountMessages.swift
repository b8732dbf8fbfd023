import Tabular

/// What the gate says of a file whose rows together are not what was promised. Numbers of classes
/// are told, their values never.
enum RecountMessages {
  static func smallClasses(_ output: String, classes: Int, k: Int) -> Message {
    Message(
      en: "gate: '\(output)' holds classes of fewer than \(k) persons (\(classes))",
      fr: "porte : « \(output) » contient des classes de moins de \(k) personnes (\(classes))")
  }

  static func alike(_ output: String, _ alike: ClassFinding.Alike) -> Message {
    Message(
      en: "gate: '\(output)' holds classes (\(alike.classes)) in which '\(alike.field)' breaks "
        + "the promise \(alike.told)",
      fr: "porte : « \(output) » contient des classes (\(alike.classes)) où « \(alike.field) » "
        + "rompt la promesse \(alike.told)")
  }

  static func unsafeCells(_ output: String, cells: Int) -> Message {
    Message(
      en: "gate: '\(output)' shows cells (\(cells)) that too few contribute to, or one too much",
      fr: "porte : « \(output) » montre des cases (\(cells)) auxquelles trop peu contribuent, ou "
        + "l’un trop")
  }

  static func otherRows(_ output: String, _ groups: Int) -> Message {
    Message(
      en: "gate: '\(output)' has other rows (\(groups) groups) than those that its promises were "
        + "made of",
      fr: "porte : « \(output) » a d’autres lignes (\(groups) groupes) que celles dont ses "
        + "promesses ont été faites")
  }

  static func notRounded(_ output: String, rows: Int, base: Int) -> Message {
    Message(
      en: "gate: '\(output)' holds rows (\(rows)) with a count that is no multiple of \(base)",
      fr: "porte : « \(output) » contient des lignes (\(rows)) dont un compte n’est pas multiple "
        + "de \(base)")
  }

  /// - Parameter refused: fields with what their cells hold.
  static func identifiers(
    _ output: String, _ refused: [(field: String, counts: [(Identifier, Int)])]
  ) -> Message {
    func list(_ language: Language) -> String {
      refused.map { field, counts in
        let kinds = counts.map { "\($0.0.tag.text(language)) \($0.1)" }
        return "\(field) (\(kinds.joined(separator: ", ")))"
      }.joined(separator: "; ")
    }
    return Message(
      en: "gate: cells of '\(output)' hold what names persons: \(list(.en))",
      fr: "porte : des cellules de « \(output) » contiennent de quoi nommer des personnes : "
        + list(.fr))
  }

  static let identifiersRemedy = Message(
    en: "nothing was published: drop the field, or take what it holds out of it (`redact_text`); "
      + "what is there by right is listed in the charter (`detectors: {expected: …}`), which also "
      + "says what is looked for and how many are let through",
    fr: "rien n’a été publié : retirez le champ, ou ôtez-en ce qu’il contient (`redact_text`) ; ce "
      + "qui y est de plein droit se déclare dans la charte (`detectors: {expected: …}`), qui dit "
      + "aussi ce qui est cherché et combien sont admis")

  static let remedy = Message(
    en: "nothing was published: the stages after the anonymisation may have changed its rows; put "
      + "it last, or anonymise what they make",
    fr: "rien n’a été publié : les étapes après l’anonymisation ont pu en changer les lignes ; "
      + "placez-la en dernier, ou anonymisez ce qu’elles produisent")
}
