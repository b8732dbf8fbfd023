import Reports
import Tabular

/// The words for risks.
struct RiskWords {
  let language: Language

  init(_ language: Language) { self.language = language }

  func count(_ number: Int) -> String { Typography.count(number, language) }

  /// Millionths in per cent, with one decimal.
  func share(_ millionths: Int) -> String {
    Typography.share(millionths, of: 1_000_000, language)
  }

  func fewer(_ least: Int) -> String {
    Message(en: "fewer than \(least) persons", fr: "moins de \(least) personnes").text(language)
  }

  func estimate(_ estimate: PopulationUniques.Estimate) -> String {
    switch estimate {
    case .number(let number): count(Int(exactly: number.rounded()) ?? .max)
    case .notConverged:
      Message(en: "the estimator does not converge", fr: "l’estimateur ne converge pas")
        .text(language)
    case .noUniques:
      Message(
        en: "not estimated: no unique person in the sample",
        fr: "non estimé : aucune personne unique dans l’échantillon"
      ).text(language)
    }
  }

  func sizes(_ range: ClosedRange<Int>) -> String {
    range.count == 1
      ? count(range.lowerBound) : "\(count(range.lowerBound))–\(count(range.upperBound))"
  }

  static let persons = Message(en: "Persons, by class", fr: "Personnes, par classe")
  static let classes = Message(en: "Classes", fr: "Classes")
  static let smallest = Message(en: "Smallest class", fr: "Plus petite classe")
  static let prosecutor = Message(
    en: "Prosecutor (knows that the person is there)",
    fr: "Procureur (sait que la personne y est)")
  static let journalist = Message(
    en: "Journalist (does not know)", fr: "Journaliste (ne le sait pas)")
  static let marketer = Message(
    en: "Marketer: share of all persons found on average",
    fr: "Démarcheur : part des personnes trouvées en moyenne")
  static let uniques = Message(en: "Unique persons", fr: "Personnes uniques")

  static func highest(_ attack: Message) -> Message {
    Message(
      en: "\(attack.en): highest risk of one person",
      fr: "\(attack.fr) : risque le plus élevé d’une personne")
  }

  static func average(_ attack: Message) -> Message {
    Message(en: "\(attack.en): average", fr: "\(attack.fr) : moyenne")
  }

  static func above(_ attack: Message, _ threshold: String) -> Message {
    Message(
      en: "\(attack.en): persons whose risk is above \(threshold)",
      fr: "\(attack.fr) : personnes au risque supérieur à \(threshold)")
  }

  static func populationUniques(_ name: String) -> Message {
    Message(
      en: "Unique persons of the population (\(name))",
      fr: "Personnes uniques de la population (\(name))")
  }

  static let measure = Message(en: "Measure", fr: "Mesure")
  static let value = Message(en: "Value", fr: "Valeur")
  static let before = Message(en: "Before", fr: "Avant")
  static let after = Message(en: "After", fr: "Après")
  static let field = Message(en: "Field", fr: "Champ")
  static let bandSizes = Message(en: "Persons in the class", fr: "Personnes dans la classe")
  static let shareOfPersons = Message(en: "Share of persons", fr: "Part des personnes")

  static let measures = Message(
    en: "What knowing the quasi-identifiers is worth, from the sizes of classes alone",
    fr: "Ce que vaut la connaissance des quasi-identifiants, d’après les seules tailles de classe")
  static let histogram = Message(en: "Class sizes", fr: "Tailles des classes")
  static let criteria = Message(
    en: "The three criteria (Opinion 05/2014; Québec’s regulation on anonymisation)",
    fr: "Les trois critères (avis 05/2014 ; règlement québécois sur l’anonymisation)")
  static let attributes = Message(
    en: "What a class tells of its persons", fr: "Ce qu’une classe dit de ses personnes")
  static let attributesCaption = Message(
    en: "Sensitive fields: who finds the class of a person learns this",
    fr: "Champs sensibles : qui trouve la classe d’une personne apprend ceci")
  static let leastValues = Message(en: "Fewest values (l)", fr: "Valeurs au moins (l)")
  static let alikeClasses = Message(en: "Classes with one value", fr: "Classes à une valeur")
  static let alikePersons = Message(en: "Their persons", fr: "Leurs personnes")
  static let highestGuess = Message(
    en: "Surest guess in a class", fr: "Devinette la plus sûre d’une classe")
  static let averageGuess = Message(en: "On average", fr: "En moyenne")
}

/// What goes wrong.
enum RiskMessages {
  static let wrongColumn = OperatorError(
    Message(
      en: "internal error: classes were counted in other columns than planned; please report it",
      fr: "erreur interne : classes comptées dans d’autres colonnes que prévu ; merci de le "
        + "signaler"))

  static func unknownColumn(_ name: String, file: String, near: String?, _ names: [String])
    -> RunError
  {
    let hint = near.map { Message(en: " (did you mean '\($0)'?)", fr: " (« \($0) » ?)") }
    let list = names.joined(separator: ", ")
    return RunError(
      .spec,
      Message(
        en: "'\(file)' has no column '\(name)'\(hint?.en ?? "")",
        fr: "« \(file) » n’a pas de colonne « \(name) »\(hint?.fr ?? "")"),
      remedy: Message(en: "its columns are \(list)", fr: "ses colonnes sont \(list)"))
  }

  static func twice(_ name: String) -> RunError {
    RunError(
      .spec,
      Message(
        en: "'\(name)' is named twice: a column is a quasi-identifier, the person or sensitive",
        fr: "« \(name) » est nommé deux fois : une colonne est quasi-identifiante, la personne ou "
          + "sensible"))
  }

  static let noQuasi = RunError(
    .spec,
    Message(
      en: "no quasi-identifier is named", fr: "aucun quasi-identifiant n’est nommé"),
    remedy: Message(
      en: "name the columns that somebody may know of a person: --quasi age,district",
      fr: "nommez les colonnes que l’on peut connaître d’une personne : --quasi age,quartier"))

  static func share(_ option: String) -> RunError {
    RunError(
      .spec,
      Message(
        en: "\(option) is a share: more than 0, at most 1",
        fr: "\(option) est une part : plus de 0, au plus 1"))
  }

  static func population(_ persons: Int) -> RunError {
    RunError(
      .spec,
      Message(
        en:
          "--population is a number of persons, at least those of the file (\(persons)), and goes "
          + "without --sampling-fraction",
        fr:
          "--population est un nombre de personnes, au moins celles du fichier (\(persons)), et va "
          + "sans --sampling-fraction"))
  }

  static let empty = RunError(
    .refused, Message(en: "the table has no rows", fr: "la table n’a pas de ligne"))
}
