import Tabular

/// The skeleton of a charter, with an entry for each source and a mark where somebody must write.
struct CharterText {
  private var out: StarterText
  private let folders: StarterFolders
  private let language: Language

  static let mark = Message(en: "TO BE FILLED IN", fr: "À COMPLÉTER")

  /// - Parameter timeZone: IANA name.
  static func text(_ sources: [StarterSource], timeZone: String, _ language: Language) -> String {
    var charter = CharterText(language)
    charter.head(timeZone)
    charter.audiences()
    charter.rules()
    for source in sources { charter.governance(source) }
    return charter.out.text
  }

  private init(_ language: Language) {
    out = StarterText(language)
    folders = StarterFolders(language: language)
    self.language = language
  }

  private func marked(_ what: Message) -> String {
    let mark = CharterText.mark
    return Message(en: "\(mark.en): \(what.en)", fr: "\(mark.fr) : \(what.fr)").text(language)
  }

  private mutating func head(_ timeZone: String) {
    out.comment(
      Message(
        en: "The territorial data charter: who may see what, where it goes, on which conditions.",
        fr: "La charte territoriale des données : qui peut voir quoi, où, à quelles conditions."))
    out.comment(
      Message(
        en: "Every pipeline is checked against this file before it reads a byte. What is left to "
          + "write is marked \(CharterText.mark.en).",
        fr: "Chaque pipeline est confronté à ce fichier avant de lire le moindre octet. Ce qui "
          + "reste à écrire porte la mention \(CharterText.mark.fr)."))
    out.raw("octroi", "1")
    out.pair("charter", Message(en: "my-city", fr: "ma-ville").text(language))
    out.pair(
      "title",
      Message(en: "Territorial data charter", fr: "Charte territoriale des données").text(language))
    out.pair("city", marked(Message(en: "the city's name", fr: "le nom de la ville")))
    out.pair("language", language.rawValue)
    out.pair(
      "time_zone", timeZone,
      note: Message(
        en: "'today' is a day of this zone: Africa/Casablanca, America/Montreal…",
        fr: "« today » est un jour de ce fuseau : Africa/Casablanca, America/Montreal…"))
    out.line()
  }

  private mutating func audiences() {
    out.comment(
      Message(
        en: "Who sees what. A field's class is in its schema: direct (identifies alone), quasi "
          + "(identifies in combination), sensitive, pseudonym, plain; `aggregate` is what "
          + "counting leaves, `unclassified` what nobody has classed yet.",
        fr: "Qui voit quoi. La classe d’un champ est dans son schéma : direct (identifie à lui "
          + "seul), quasi (identifie par recoupement), sensitive (sensible), pseudonym, plain "
          + "(simple) ; `aggregate` est ce que laisse un compte, `unclassified` ce que personne "
          + "n’a encore classé."))
    out.line("audiences:")
    audience(
      "open", Message(en: "Everyone", fr: "Tout le monde"), "[plain, aggregate]", folders.open,
      "0644",
      minimum: Message(
        en: "no published row stands for fewer rows", fr: "lignes que représente chaque ligne"))
    audience(
      "research",
      Message(
        en: "Research teams under an agreement", fr: "Équipes de recherche sous convention"),
      "[plain, aggregate, quasi, pseudonym]", folders.research, "0640")
    out.line("k: 5", indent: 4)
    audience(
      "internal", Message(en: "Authorised staff", fr: "Agents habilités"),
      "[plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]", folders.inside,
      "0600")
    out.line()
  }

  private mutating func audience(
    _ name: String, _ title: Message, _ allows: String, _ folder: String, _ mode: String,
    minimum: Message? = nil
  ) {
    out.line(name + ":", indent: 2)
    out.pair("title", title.text(language), indent: 4)
    out.raw("allows", allows, indent: 4)
    if let minimum { out.raw("min_count", "11", indent: 4, note: minimum) }
    out.pair("folder", folder, indent: 4)
    out.raw("mode", "\"\(mode)\"", indent: 4)
  }

  private mutating func rules() {
    out.comment(
      Message(
        en: "Rejected rows are raw and often personal: for internal use only, and not for ever.",
        fr: "Les lignes rejetées sont brutes et souvent personnelles : usage interne, et pas pour "
          + "toujours."))
    out.line("rejects:")
    out.pair("folder", folders.rejects, indent: 2)
    out.raw("retention_days", "30", indent: 2)
    out.line()
    out.comment(
      Message(
        en: "The purposes that exist; each source says below which ones it may serve.",
        fr: "Les finalités admises ; chaque source dit plus bas celles qu’elle peut servir."))
    out.line("purposes:")
    out.pair(
      folders.purpose,
      Message(en: "A first trial, to be replaced", fr: "Un premier essai, à remplacer")
        .text(language), indent: 2)
    out.line()
    out.comment(
      Message(
        en: "Who answers for what: an entry for each source.",
        fr: "Qui répond de quoi : une entrée par source."))
    out.line("governance:")
  }

  private mutating func governance(_ source: StarterSource) {
    let isPersonal = source.personalFields > 0
    out.line(PlainText.yaml(source.name) + ":", indent: 2)
    out.pair("title", source.name, indent: 4)
    out.pair(
      "description", marked(Message(en: "what it holds", fr: "ce qu’elle contient")), indent: 4)
    out.pair("publisher", marked(Message(en: "the city", fr: "la ville")), indent: 4)
    out.pair(
      "owner", marked(Message(en: "the department", fr: "la direction responsable")), indent: 4)
    out.pair("contact", marked(Message(en: "an address", fr: "une adresse")), indent: 4)
    out.pair(
      "origin", "own-service", indent: 4,
      note: Message(
        en: "own-service, delegated or third-party", fr: "own-service, delegated ou third-party"))
    out.pair(
      "frequency", "IRREG", indent: 4,
      note: Message(en: "DAILY, MONTHLY, ANNUAL…", fr: "DAILY, MONTHLY, ANNUAL…"))
    out.pair(
      "licence", "notspecified", indent: 4,
      note: Message(en: "etalab-2.0, ODbL-1.0, CC-BY-4.0…", fr: "etalab-2.0, ODbL-1.0, CC-BY-4.0…"))
    out.pair(
      "access", isPersonal ? "NON_PUBLIC" : "RESTRICTED", indent: 4,
      note: Message(en: "PUBLIC, RESTRICTED, NON_PUBLIC", fr: "PUBLIC, RESTRICTED, NON_PUBLIC"))
    personal(source, isPersonal)
    out.raw("purposes", "[\(folders.purpose)]", indent: 4)
    out.pair(
      "legal_basis",
      marked(
        Message(
          en: "such as public interest (GDPR art. 6(1)(e))",
          fr: "par exemple mission d’intérêt public (RGPD art. 6.1.e)")), indent: 4)
    out.pair(
      "retention_period", "P12M", indent: 4,
      note: Message(en: "12 months: to be checked", fr: "12 mois : à vérifier"))
    out.pair(
      "retention_trigger", marked(Message(en: "from when on", fr: "à compter de quand")), indent: 4)
    out.pair(
      "retention_fate", marked(Message(en: "erased or archived", fr: "suppression ou archivage")),
      indent: 4)
  }

  private mutating func personal(_ source: StarterSource, _ isPersonal: Bool) {
    let found = source.personalFields
    out.raw(
      "personal_data", isPersonal ? "true" : "false", indent: 4,
      note: isPersonal
        ? Message(
          en: "fields that are not plain in its schema: \(found)",
          fr: "champs qui ne sont pas « plain » dans son schéma : \(found)")
        : Message(
          en: "nothing in the columns suggests persons: check",
          fr: "rien dans les colonnes n’évoque des personnes : à vérifier"))
    guard isPersonal else { return }
    out.pair(
      "controller", marked(Message(en: "the controller", fr: "le responsable du traitement")),
      indent: 4)
    out.pair(
      "dpo",
      marked(
        Message(
          en: "the data protection officer", fr: "la personne déléguée à la protection des données")
      ), indent: 4)
    out.pair("people", marked(Message(en: "who they are", fr: "qui elles sont")), indent: 4)
  }
}
