/// What operators say when a computation is impossible.
enum OperatorMessages {
  /// The planner's fault, not the user's.
  static let absentColumn = OperatorError(
    Message(
      en: "internal error: a column that the plan left out was read; please report it",
      fr: "erreur interne : une colonne écartée par le plan a été lue ; merci de la signaler"))

  /// The planner's fault, not the user's.
  static let wrongColumn = OperatorError(
    Message(
      en: "internal error: a column is missing or has another type than planned; please report it",
      fr: "erreur interne : une colonne manque ou n’a pas le type prévu ; merci de la signaler"))

  static let tooManyKeys = OperatorError(
    Message(
      en: "more than two thousand million different keys",
      fr: "plus de deux milliards de clés différentes"))

  static let tooManyRows = OperatorError(
    Message(
      en: "more than two thousand million rows to hold at once; filter or aggregate before",
      fr: "plus de deux milliards de lignes à tenir ensemble ; filtrez ou agrégez avant"))

  static let textTooLarge = OperatorError(
    Message(
      en: "the texts of one batch of rows exceed 2 GiB",
      fr: "les textes d’un même lot de lignes dépassent 2 Gio"))

  static let decimalTooLarge = OperatorError(
    Message(
      en: "decimals of one column do not fit in 38 digits at their common number of decimals",
      fr: "des décimaux d’une colonne ne tiennent pas en 38 chiffres à nombre de décimales égal"))

  /// - Parameter holder: what has to be held whole: an operator's name, or a table's.
  static func needsMemory(_ holder: String) -> OperatorError {
    OperatorError(
      Message(
        en: "'\(holder)' has to hold more at once than the memory allowed; "
          + "raise --memory, or filter or aggregate before",
        fr: "« \(holder) » doit tenir plus à la fois que la mémoire permise ; "
          + "augmentez --memory, ou filtrez ou agrégez avant"))
  }

  static func tooManyCombinations(_ limit: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "complete: more than \(limit) combinations of keys; list fewer values or fewer keys",
        fr:
          "complete : plus de \(limit) combinaisons de clés ; indiquez moins de valeurs ou de clés"
      ))
  }

  /// - Parameter table: the table that was joined.
  static func severalMatches(_ table: String) -> OperatorError {
    OperatorError(
      Message(
        en: "join with '\(table)': rows match several of its rows (rule: one match at most); "
          + "deduplicate or aggregate it before, or allow several matches",
        fr: "jointure avec « \(table) » : des lignes y trouvent plusieurs correspondances "
          + "(règle : une au plus) ; dédoublonnez ou agrégez cette table avant, ou autorisez "
          + "plusieurs correspondances"))
  }

  /// - Parameter name: the measure, as the author of the pipeline named it.
  static func overflow(_ function: String, _ name: String) -> OperatorError {
    OperatorError(
      Message(
        en: "measure '\(name)': \(function) is too large for its type",
        fr: "mesure « \(name) » : \(function) dépasse ce que son type peut contenir"))
  }

  static func notApplicable(_ function: String, _ name: String) -> OperatorError {
    OperatorError(
      Message(
        en: "internal error: measure '\(name)': \(function) does not apply to this type",
        fr: "erreur interne : mesure « \(name) » : \(function) ne s’applique pas à ce type"))
  }
}
