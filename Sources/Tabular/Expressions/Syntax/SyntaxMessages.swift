/// What the lexer and the parser say.
enum SyntaxMessages {
  static let tooLong = Message(
    en: "the expression is longer than 64 kB", fr: "l’expression dépasse 64 ko")
  static let tooDeep = Message(
    en: "the expression is nested deeper than 200 levels",
    fr: "l’expression est imbriquée sur plus de 200 niveaux")
  static let deepRemedy = Message(
    en: "derive an intermediate field first", fr: "dérivez d’abord un champ intermédiaire")
  static let emptyName = Message(en: "the name is empty", fr: "le nom est vide")
  static let parameterName = Message(
    en: "a parameter is written `:name`", fr: "un paramètre s’écrit `:nom`")
  static let numberThenLetters = Message(
    en: "a number runs into letters", fr: "un nombre est suivi de lettres")
  static let quoteTheName = Message(
    en: "a name that starts with a digit stands in double quotes: \"2024_total\"",
    fr: "un nom qui commence par un chiffre s’écrit entre guillemets droits : \"2024_total\"")
  static let numberTooLarge = Message(
    en: "a number has at most 38 digits, 18 of them after the point",
    fr: "un nombre a au plus 38 chiffres, dont 18 après le point")
  static let comment = Message(
    en: "`--` starts a comment in SQL", fr: "`--` ouvre un commentaire en SQL")
  static let commentRemedy = Message(
    en: "to subtract a negative number write `a - (-b)`",
    fr: "pour soustraire un nombre négatif, écrivez `a - (-b)`")
  static let decimalPoint = Message(
    en: "decimals are written with a point: 1.5", fr: "les décimales s’écrivent avec un point : 1.5"
  )
  static let chained = Message(
    en: "comparisons do not chain", fr: "les comparaisons ne s’enchaînent pas")
  static let chainedRemedy = Message(
    en: "write `x between a and b`, or join two comparisons with `and`",
    fr: "écrivez `x between a and b`, ou reliez deux comparaisons par `and`")
  static let empty = Message(en: "the expression is empty", fr: "l’expression est vide")
  static let notNeedsParentheses = Message(
    en: "`not` stands in parentheses here", fr: "ici, `not` se met entre parenthèses")
  static let noWhen = Message(
    en: "`case` has no `when`", fr: "`case` n’a pas de `when`")
  static let badDate = Message(
    en: "this is no date", fr: "ce n’est pas une date")
  static let dateRemedy = Message(
    en: "write year-month-day: date '2026-01-31'",
    fr: "écrivez année-mois-jour : date '2026-01-31'")
  static let badTimestamp = Message(
    en: "this is no date and time", fr: "ce n’est pas une date avec heure")
  static let timestampRemedy = Message(
    en: "write timestamp '2026-01-31 14:05:00', with `Z` or `+01:00` at the end where a zone is "
      + "meant",
    fr: "écrivez timestamp '2026-01-31 14:05:00', suivi de `Z` ou `+01:00` s’il y a un fuseau")
  static let precision = Message(
    en: "decimal(p, s) takes 1 to 38 digits, 0 to 18 of them after the point",
    fr: "decimal(p, s) compte de 1 à 38 chiffres, dont 0 à 18 après le point")

  static func unclosed(_ isText: Bool) -> Message {
    isText
      ? Message(en: "this text is not closed", fr: "ce texte n’est pas fermé")
      : Message(en: "this name is not closed", fr: "ce nom n’est pas fermé")
  }

  static func doubleTheQuote(_ isText: Bool) -> Message {
    isText
      ? Message(
        en: "close it with '; a quote inside is doubled: 'l''eau'",
        fr: "fermez-le par ' ; une apostrophe à l’intérieur se double : 'l''eau'")
      : Message(en: "close it with \"", fr: "fermez-le par \"")
  }

  static func strayCharacter(_ character: String) -> Message {
    Message(
      en: "`\(character)` has no meaning here", fr: "`\(character)` n’a pas de sens ici")
  }

  static func wrongSymbol(_ symbol: String) -> Message {
    Message(en: "`\(symbol)` is not SQL", fr: "`\(symbol)` n’est pas du SQL")
  }

  static func write(_ symbol: String) -> Message {
    Message(en: "write `\(symbol)`", fr: "écrivez `\(symbol)`")
  }

  static func unexpected(_ found: String?, expected: Message) -> Message {
    guard let found else {
      return Message(
        en: "the expression ends where \(expected.en) is expected",
        fr: "l’expression s’arrête là où l’on attend \(expected.fr)")
    }
    return Message(
      en: "`\(found)` stands where \(expected.en) is expected",
      fr: "`\(found)` se trouve là où l’on attend \(expected.fr)")
  }

  static let aValue = Message(en: "a value", fr: "une valeur")
  static let anOperator = Message(
    en: "an operator or the end", fr: "un opérateur ou la fin")
  static let aType = Message(en: "a type", fr: "un type")

  static func symbol(_ text: String) -> Message { Message(en: "`\(text)`", fr: "`\(text)`") }

  static func reservedWord(_ word: String) -> Message {
    Message(
      en: "if `\(word)` is a field, write it in double quotes: \"\(word)\"",
      fr: "si `\(word)` est un champ, écrivez-le entre guillemets droits : \"\(word)\"")
  }

  static func unknownType(_ name: String) -> Message {
    Message(en: "there is no type `\(name)`", fr: "le type `\(name)` n’existe pas")
  }

  static func didYouMean(_ name: String) -> Message {
    Message(en: "did you mean `\(name)`?", fr: "vouliez-vous dire `\(name)` ?")
  }

  static func typesAre(_ names: [String]) -> Message {
    Message(
      en: "types are \(names.joined(separator: ", "))",
      fr: "les types sont \(names.joined(separator: ", "))")
  }
}
