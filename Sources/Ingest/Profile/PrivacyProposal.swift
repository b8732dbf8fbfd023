import Tabular

/// The privacy class that a column's name and cells suggest, and why. A proposal errs on the side
/// of care; a person decides.
struct PrivacyProposal {
  /// `direct`, `quasi`, `sensitive`, `pseudonym`, `plain`; nil when a person must look.
  let privacy: String?
  let reason: Message
  /// What the cells look like, where that decided.
  private(set) var kind: Identifier?

  /// - Parameter persons: whether other columns of the table tell of persons.
  init(
    _ name: String, _ field: SchemaField, _ statistics: ColumnStatistics, persons: Bool
  ) {
    let tokens = PrivacyProposal.tokens(name)
    let isThing =
      !PersonWords.things.isDisjoint(with: tokens) && PersonWords.persons.isDisjoint(with: tokens)
    let rule = PersonWords.rules.first { !tokens.isDisjoint(with: $0.words) }
    for kind in Identifier.allCases {
      let found = statistics.detected[kind] ?? 0
      guard PrivacyProposal.isEnough(kind, found, of: statistics.values) else { continue }
      // Digits alone may look like a phone; a name that says what they are knows better.
      if kind == .phone || kind == .siren || kind == .creditCard, let rule,
        rule.privacy == "pseudonym" || rule.privacy == "plain"
      {
        continue
      }
      // Kinds of things are called Pierre or Rose too.
      if kind == .name, statistics.isCategory, found * 3 < statistics.values * 2 { continue }
      if kind == .name || kind == .address || kind == .coordinates, isThing { continue }
      (privacy, reason) = PrivacyProposal.detected(kind, found, statistics.values, rule)
      self.kind = kind
      return
    }
    if !tokens.isDisjoint(with: PersonWords.names), !isThing, rule?.privacy != "plain" {
      let isPerson = persons || !PersonWords.persons.isDisjoint(with: tokens)
      privacy = isPerson ? "direct" : nil
      reason =
        isPerson
        ? Message(
          en: "the name suggests a person's name", fr: "le nom évoque celui d’une personne")
        : Message(
          en: "names of persons or of things? look at them",
          fr: "des noms de personnes ou de choses ? à regarder")
      return
    }
    if let rule, !isThing || rule.privacy == "sensitive" {
      // Whether something is so is less than what it is.
      let isFlag = field.dataType == .boolean && rule.privacy == "direct"
      (privacy, reason) = (isFlag ? "quasi" : rule.privacy, rule.reason)
      return
    }
    if let (kind, texts) = PrivacyProposal.mostWithin(statistics) {
      let words = kind.plural
      privacy = "direct"
      reason = Message(
        en: "\(texts) of \(statistics.values) texts hold \(words.en) among other words",
        fr: "\(texts) textes sur \(statistics.values) contiennent \(words.fr)")
      return
    }
    if field.dataType == .text, statistics.values > 0, !statistics.isCategory, !isThing {
      privacy = nil
      reason = Message(
        en: "many different values: look at them before they leave",
        fr: "beaucoup de valeurs différentes : à regarder avant toute sortie")
      return
    }
    guard statistics.values > 0 else {
      privacy = nil
      reason = Message(en: "no value to judge by", fr: "aucune valeur pour en juger")
      return
    }
    privacy = "plain"
    reason = Message(en: "nothing suggests a person", fr: "rien n’évoque une personne")
  }

  /// What most texts hold of what names persons.
  private static func mostWithin(_ statistics: ColumnStatistics) -> (Identifier, Int)? {
    let found = CellReading.textKinds.compactMap { kind in
      statistics.within[kind].map { (kind, $0) }
    }
    return found.max { ($0.1, $1.0.rank) < ($1.1, $0.0.rank) }
  }

  /// Columns of personal data are rarely complete and never pure; given names are known in part.
  private static func isEnough(_ kind: Identifier, _ found: Int, of values: Int) -> Bool {
    guard found > 0 else { return false }
    return kind == .name ? found * 3 >= values : found * 2 >= values
  }

  private static func detected(
    _ kind: Identifier, _ found: Int, _ values: Int, _ rule: PersonWords.Rule?
  ) -> (String, Message) {
    let words = kind.plural
    let privacy: String
    switch kind {
    case .siren, .siret, .ice, .matriculeFiscal, .nif:
      privacy = rule?.privacy == "direct" ? "direct" : "plain"
    case .plate, .ipAddress: privacy = "pseudonym"
    case .coordinates: privacy = "quasi"
    case .email, .phone, .nir, .niss, .sin, .iban, .creditCard, .url, .birthDate, .address, .name:
      privacy = "direct"
    }
    return (
      rule?.privacy == "sensitive" ? "sensitive" : privacy,
      Message(
        en: "\(found) of \(values) values look like \(words.en)",
        fr: "\(found) valeurs sur \(values) ressemblent à \(words.fr)")
    )
  }

  /// Whether a column tells of persons by itself, so that a `nom` beside it is one of a person.
  static func tellsOfPersons(_ name: String, _ statistics: ColumnStatistics) -> Bool {
    let tokens = tokens(name)
    if !tokens.isDisjoint(with: PersonWords.persons) { return true }
    let signs: Set<String> = [
      "prenom", "prenoms", "firstname", "courriel", "email", "mail", "telephone", "tel", "phone",
      "sexe", "sex", "civilite", "gender", "birthdate", "dob", "ddn", "nir",
    ]
    if !tokens.isDisjoint(with: signs) { return true }
    return [.email, .phone, .nir, .niss].contains { kind in
      isEnough(kind, statistics.detected[kind] ?? 0, of: statistics.values)
    }
  }

  /// The words of a name, folded: `Date de naissance`, `dateNaissance`, `DATE_NAISSANCE`; a number
  /// at the end of a word goes.
  static func tokens(_ name: String) -> Set<String> {
    var tokens: Set<String> = []
    var word = ""
    var wasLower = false
    func flush() {
      tokens.insert(word)
      while let last = word.unicodeScalars.last, ("0"..."9").contains(last) { word.removeLast() }
      tokens.insert(word)
      word = ""
    }
    for scalar in name.unicodeScalars.flatMap({ LatinFolding.base($0) }) {
      let properties = scalar.properties
      guard properties.isAlphabetic || properties.numericType != nil else {
        flush()
        wasLower = false
        continue
      }
      if properties.isUppercase, wasLower { flush() }
      wasLower = properties.isLowercase
      word += properties.lowercaseMapping
    }
    flush()
    tokens.remove("")
    tokens.insert(NearMiss.folded(name))
    return tokens
  }
}
