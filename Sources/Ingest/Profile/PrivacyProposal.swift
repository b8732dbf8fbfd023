import Tabular

/// The privacy class that a column's name and cells suggest, and why. A proposal errs on the side
/// of care; a person decides.
struct PrivacyProposal {
  /// `direct`, `quasi`, `sensitive`, `pseudonym`, `plain`; nil when a person must look.
  let privacy: String?
  let reason: Message

  private struct Rule {
    let privacy: String
    /// Words of which one must be in the name.
    let words: [String]
    let reason: Message
  }

  private static let rules: [Rule] = [
    Rule(
      privacy: "sensitive",
      words: [
        "sante", "health", "handicap", "disability", "medical", "pathologie", "maladie", "religion",
        "syndicat", "union", "ethnie", "ethnic", "orientation", "rqth", "mdph", "besoin",
        "allergie", "regime", "politique", "condamnation",
      ],
      reason: Message(
        en: "the name suggests sensitive data (GDPR art. 9)",
        fr: "le nom évoque des données sensibles (RGPD, art. 9)")),
    Rule(
      privacy: "direct",
      words: [
        "prenom", "firstname", "lastname", "surname", "patronyme", "courriel", "email", "mail",
        "telephone", "tel", "phone", "portable", "mobile", "adresse", "address", "nir", "secu",
        "iban", "rib", "commentaire", "comment", "comments", "observation", "observations",
        "remarque", "remarques", "message", "signature", "passeport", "cin", "usager", "demandeur",
        "beneficiaire", "contact",
      ],
      reason: Message(
        en: "the name suggests identity, contact or free text",
        fr: "le nom évoque l’identité, les coordonnées ou un texte libre")),
    Rule(
      privacy: "quasi",
      words: [
        "naissance", "birth", "birthdate", "dob", "age", "sexe", "genre", "sex", "gender",
        "nationalite", "nationality", "profession", "occupation", "csp", "postal", "zip", "zipcode",
        "cp", "codepostal", "latitude", "longitude", "lat", "lon", "lng", "diplome", "education",
        "matrimonial", "marital", "revenu", "income", "salaire", "quotient", "menage", "household",
        "plaque", "immatriculation",
      ],
      reason: Message(
        en: "the name suggests something that identifies in combination",
        fr: "le nom évoque ce qui identifie par recoupement")),
    Rule(
      privacy: "pseudonym",
      words: [
        "id", "identifiant", "identifier", "matricule", "dossier", "carte", "adherent", "uuid",
        "numero", "ticket", "badge",
      ],
      reason: Message(
        en: "the name suggests a number that stands for a person or file",
        fr: "le nom évoque un numéro de personne ou de dossier")),
  ]
  /// What `nom` and `name` may also be the name of.
  private static let things: Set<String> = [
    "quartier", "district", "station", "rue", "voie", "commune", "ville", "city", "equipement",
    "site", "ligne", "arret", "parc", "parking", "ecole", "compteur", "secteur", "region",
    "province", "departement", "pays", "country", "fichier", "file", "service", "court", "bureau",
  ]

  init(_ name: String, _ field: SchemaField, _ statistics: ColumnStatistics) {
    let tokens = PrivacyProposal.tokens(name)
    let isThing = !PrivacyProposal.things.isDisjoint(with: tokens)
    for kind in PersonalData.allCases {
      let found = statistics.detected[kind] ?? 0
      // Columns of personal data are rarely complete and never pure.
      guard found > 0, found * 2 >= statistics.values else { continue }
      (privacy, reason) = PrivacyProposal.detected(kind, found, statistics.values)
      return
    }
    if tokens.contains("nom") || tokens.contains("noms") || tokens.contains("name"), !isThing {
      privacy = "direct"
      reason = Message(
        en: "the name suggests a person's name", fr: "le nom évoque celui d’une personne")
      return
    }
    for rule in PrivacyProposal.rules where !tokens.isDisjoint(with: rule.words) {
      if isThing, rule.privacy != "sensitive" { continue }
      (privacy, reason) = (rule.privacy, rule.reason)
      return
    }
    if field.dataType == .text, statistics.values > 0, !statistics.isCategory, !isThing {
      privacy = nil
      reason = Message(
        en: "many different values: look at them before they leave",
        fr: "beaucoup de valeurs différentes : à regarder avant toute sortie")
      return
    }
    privacy = "plain"
    reason = Message(en: "nothing suggests a person", fr: "rien n’évoque une personne")
  }

  private static func detected(
    _ kind: PersonalData, _ found: Int, _ values: Int
  ) -> (String, Message) {
    let percent = found * 100 / max(values, 1)
    let privacy: String
    switch kind {
    case .siren, .siret: privacy = "plain"
    case .plate, .ipAddress: privacy = "pseudonym"
    case .email, .phone, .nir, .iban, .creditCard: privacy = "direct"
    }
    return (
      privacy,
      Message(
        en: "\(percent) % of values have the form of: \(kind.rawValue)",
        fr: "\(percent) % des valeurs ont la forme : \(kind.rawValue)")
    )
  }

  /// The words of a name, folded: `Date de naissance`, `dateNaissance`, `DATE_NAISSANCE`.
  static func tokens(_ name: String) -> Set<String> {
    var tokens: Set<String> = []
    var word = ""
    var wasLower = false
    for scalar in name.unicodeScalars.flatMap({ LatinFolding.base($0) }) {
      let properties = scalar.properties
      guard properties.isAlphabetic || properties.numericType != nil else {
        tokens.insert(word)
        (word, wasLower) = ("", false)
        continue
      }
      if properties.isUppercase, wasLower {
        tokens.insert(word)
        word = ""
      }
      wasLower = properties.isLowercase
      word += properties.lowercaseMapping
    }
    tokens.insert(word)
    tokens.remove("")
    tokens.insert(NearMiss.folded(name))
    return tokens
  }
}
