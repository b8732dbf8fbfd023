import StageKit
import Tabular

/// What the planner says to people.
enum PlanMessages {
  private static func meant(_ near: String?) -> (en: String, fr: String) {
    guard let near else { return ("", "") }
    return (" (did you mean '\(near)'?)", " (vouliez-vous dire « \(near) » ?)")
  }

  static func missingParameter(_ name: String) -> Message {
    Message(
      en: "parameter '\(name)' has no default and was not given: --param \(name)=…",
      fr: "le paramètre « \(name) » n’a ni défaut ni valeur : --param \(name)=…")
  }

  static func wrongParameter(_ name: String, type: String) -> Message {
    Message(
      en: "the value of parameter '\(name)' is no \(type)",
      fr: "la valeur du paramètre « \(name) » n’est pas de type \(type)")
  }

  static func unknownParameter(_ name: String, near: String?) -> Message {
    Message(
      en: "the pipeline has no parameter '\(name)'" + meant(near).en,
      fr: "le pipeline n’a pas de paramètre « \(name) »" + meant(near).fr)
  }

  static func unknownZone(_ name: String) -> Message {
    Message(
      en: "the charter's time zone '\(name)' is unknown",
      fr: "le fuseau horaire « \(name) » de la charte est inconnu")
  }

  static func unknownGovernance(_ name: String, near: String?) -> Message {
    Message(
      en: "the charter has no governance entry '\(name)'" + meant(near).en,
      fr: "la charte n’a pas d’entrée de gouvernance « \(name) »" + meant(near).fr)
  }

  static func noDateField(_ name: String, near: String?) -> Message {
    Message(
      en: "the source's schema has no field '\(name)'" + meant(near).en,
      fr: "le schéma de la source n’a pas de champ « \(name) »" + meant(near).fr)
  }

  static func notPlainDate(_ name: String) -> Message {
    Message(
      en: "'\(name)' is no plain date: reports tell of which days there are rows",
      fr: "« \(name) » n’est pas une date ordinaire : les rapports disent de quels jours il y a "
        + "des lignes")
  }

  static let namePlainDate = Message(
    en: "name a date or datetime field whose privacy is 'plain'",
    fr: "nommez un champ de date ou de date et heure dont la classe est « plain »")

  static func unknownEncoding(_ name: String) -> Message {
    Message(en: "unknown encoding '\(name)'", fr: "encodage inconnu « \(name) »")
  }

  static let oneByte = Message(
    en: "this should be one character (ASCII), 'tab' or 'none'",
    fr: "il faut ici un caractère (ASCII), « tab » ou « none »")

  static func unknownFormat(_ path: String) -> Message {
    Message(
      en: "the format of '\(path)' cannot be told from its name: say 'format'",
      fr: "le format de « \(path) » ne se déduit pas de son nom : précisez « format »")
  }

  static func samePath(_ path: String, other: String) -> Message {
    Message(
      en: "output '\(other)' writes '\(path)' already",
      fr: "la sortie « \(other) » écrit déjà « \(path) »")
  }

  static func summaryIsHTML() -> Message {
    Message(
      en: "a summary is a page: its path ends in .html",
      fr: "un compte rendu est une page : son chemin finit par .html")
  }

  static func summaryIsInternal() -> Message {
    Message(
      en: "a summary is for the audience 'internal', which the charter lacks",
      fr: "un compte rendu s’adresse au public « internal », absent de la charte")
  }

  static func wrongFolder(_ path: String, audience: String) -> Message {
    Message(
      en: "'\(path)' is not in the folder that the charter gives to the audience '\(audience)'",
      fr: "« \(path) » n’est pas dans le dossier que la charte donne au public « \(audience) »")
  }

  static func overwritesInput(_ path: String) -> Message {
    Message(
      en: "'\(path)' is an input of this pipeline", fr: "« \(path) » est une entrée de ce pipeline")
  }

  static func forbidden(field: Field, audience: String) -> Message {
    let (en, fr) = (words(field.privacy, \.en), words(field.privacy, \.fr))
    return Message(
      en: "field '\(field.name)' (\(en)) may not reach the audience '\(audience)'",
      fr: "le champ « \(field.name) » (\(fr)) ne peut pas atteindre le public « \(audience) »")
  }

  static func forbiddenTaint(_ privacy: Privacy, audience: String) -> Message {
    Message(
      en:
        "the choice of rows depends on \(fields(privacy)), which the audience "
        + "'\(audience)' may not see",
      fr:
        "le choix des lignes dépend de \(fields(privacy)), que le public "
        + "« \(audience) » ne peut pas voir"
    )
  }

  static func way(_ field: Field, step: String, output: String) -> Message {
    let origins = fields(field.privacy)
    return Message(
      en:
        "it comes from \(origins) by step '\(step)' to output '\(output)'; drop it, generalise it, "
        + "aggregate it, or choose another audience",
      fr:
        "il vient de \(origins) par l’étape « \(step) » vers la sortie « \(output) » ; retirez-le, "
        + "généralisez-le, agrégez-le, ou choisissez un autre public")
  }

  static func tooFewRows(_ minimum: Int, audience: String) -> Message {
    Message(
      en:
        "rows that stand for fewer than \(minimum) people or requests may not reach '\(audience)'",
      fr: "des lignes qui représentent moins de \(minimum) personnes ou demandes ne peuvent pas "
        + "atteindre « \(audience) »")
  }

  static func notAnonymous(_ k: Int, audience: String) -> Message {
    Message(
      en: "rows of persons may reach '\(audience)' only when they are \(k)-anonymous",
      fr: "des lignes de personnes n’atteignent « \(audience) » que si elles sont \(k)-anonymes")
  }

  static func anonymise() -> Message {
    Message(
      en: "aggregate them, or choose an audience that asks for less",
      fr: "agrégez-les, ou choisissez un public qui en demande moins")
  }

  static func laundered(_ field: String, was classes: [PrivacyClass], manifest: String) -> Message {
    let (en, fr) = (
      classes.map(\.word.en).joined(separator: ", "), classes.map(\.word.fr).joined(separator: ", ")
    )
    return Message(
      en: "field '\(field)' was published as \(en) (\(manifest)) and may not become less by being "
        + "read again",
      fr: "le champ « \(field) » a été publié comme \(fr) (\(manifest)) et ne peut pas perdre sa "
        + "classe en étant relu")
  }

  static func launderedSubject(manifest: String) -> Message {
    Message(
      en: "this file was published as being about persons (\(manifest)), and is so still when it "
        + "is read again",
      fr: "ce fichier a été publié comme parlant de personnes (\(manifest)), et en parle toujours "
        + "quand il est relu")
  }

  static let sayPersonal = Message(
    en: "write `personal_data: true` in the source's governance entry",
    fr: "écrivez `personal_data: true` dans l’entrée de gouvernance de la source")

  static func keepClass(_ classes: [PrivacyClass]) -> Message {
    let names = classes.map(\.rawValue).joined(separator: ", ")
    return Message(
      en: "in the source's schema give the field the class \(names)",
      fr: "dans le schéma de la source, donnez au champ la classe \(names)")
  }

  static func filterByCount(_ minimum: Int) -> Message {
    Message(
      en: "aggregate with a count(), then filter: n >= \(minimum) on that count",
      fr: "agrégez avec un count(), puis filtrez : n >= \(minimum) sur ce compte")
  }

  static func wrongPurpose(_ purpose: String, source: String) -> Message {
    Message(
      en: "source '\(source)' may not serve the purpose '\(purpose)'",
      fr: "la source « \(source) » ne peut pas servir la finalité « \(purpose) »")
  }

  static func purposesAre(_ purposes: [String]) -> Message {
    let list = purposes.joined(separator: ", ")
    return Message(
      en: "its governance entry allows: \(list)", fr: "son entrée de gouvernance permet : \(list)")
  }

  static func noPurpose() -> Message {
    Message(
      en: "the pipeline says no purpose, and its sources limit theirs",
      fr: "le pipeline ne dit pas sa finalité, et ses sources limitent les leurs")
  }

  static func incompleteGovernance(_ id: String, missing: [String]) -> Message {
    let list = missing.joined(separator: ", ")
    return Message(
      en: "the governance entry '\(id)' lacks what publication needs: \(list)",
      fr: "il manque à l’entrée de gouvernance « \(id) », pour publier : \(list)")
  }

  private static func fields(_ privacy: Privacy) -> String {
    privacy.origins.sorted().prefix(5).map { "\($0.source).\($0.field)" }.joined(separator: ", ")
  }

  private static func words(_ privacy: Privacy, _ text: (Message) -> String) -> String {
    privacy.sortedClasses.filter(\.isPersonal).map { text($0.word) }.joined(separator: ", ")
  }
}
