import StageKit
import Tabular

/// What the privacy check says to people, beyond classes and counts.
extension PlanMessages {
  static func unpinned(_ audience: String) -> Message {
    Message(
      en: "the pipeline chooses its own charter, and gives data to the audience '\(audience)'",
      fr: "le pipeline choisit lui-même sa charte, et donne des données au public « \(audience) »")
  }

  static let pin = Message(
    en: "write octroi.yml at the project's root, with `octroi: 1` and `charter: …`",
    fr: "écrivez octroi.yml à la racine du projet, avec `octroi: 1` et `charter: …`")

  static func otherCharter(_ path: String) -> Message {
    Message(
      en: "'\(path)' is not the project's charter", fr: "« \(path) » n’est pas la charte du projet")
  }

  static func charterIs(_ path: String) -> Message {
    Message(
      en: "octroi.yml says: \(path)", fr: "octroi.yml désigne : \(path)")
  }

  static func scopeAudience(_ scope: String, field: String, audience: String) -> Message {
    Message(
      en: "pseudonyms of the scope '\(scope)' (field '\(field)') may not reach '\(audience)'",
      fr: "les pseudonymes du domaine « \(scope) » (champ « \(field) ») ne peuvent pas atteindre "
        + "« \(audience) »")
  }

  static func scopeIsFor(_ audiences: [String]) -> Message {
    let list = audiences.joined(separator: ", ")
    return Message(en: "the charter gives it to: \(list)", fr: "la charte le donne à : \(list)")
  }

  static func drawAudience(_ scope: String, stage: String, audience: String) -> Message {
    Message(
      en: "what '\(stage)' draws by the key of the scope '\(scope)' may not reach '\(audience)'",
      fr: "ce que « \(stage) » tire avec la clé du domaine « \(scope) » ne peut pas atteindre "
        + "« \(audience) »")
  }

  static func drawScopeIsFor(_ audiences: [String]) -> Message {
    let list = audiences.joined(separator: ", ")
    return Message(
      en: "the charter gives it to: \(list); whoever holds two tables that draw on one key against "
        + "each other learns of both, so that each audience has scopes of its own",
      fr: "la charte le donne à : \(list) ; qui rapproche deux tableaux tirés avec une même clé en "
        + "apprend sur les deux : chaque public a ses propres domaines")
  }

  static func unknownScope(_ name: String, near: String?) -> Message {
    Message(
      en: "the charter knows no scope '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "la charte ne connaît pas de domaine « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func listScope(_ name: String) -> Message {
    Message(
      en:
        "decide whom it is for and write it into the charter: scopes: {\(name): {audiences: […]}}",
      fr: "décidez pour qui il est et inscrivez-le dans la charte : "
        + "scopes: {\(name): {audiences: […]}}")
  }

  static func scopePurpose(_ name: String) -> Message {
    Message(
      en: "the scope '\(name)' does not serve this pipeline's purpose",
      fr: "le domaine « \(name) » ne sert pas la finalité de ce pipeline")
  }

  static func unknownPurpose(_ name: String, near: String?) -> Message {
    Message(
      en: "the charter knows no purpose '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "la charte ne connaît pas de finalité « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func pastRetention(_ source: String, entry: String) -> Message {
    Message(
      en: "source '\(source)' may no longer be used: the charter keeps '\(entry)' until a day "
        + "that has passed",
      fr: "la source « \(source) » ne peut plus servir : la charte garde « \(entry) » jusqu’à un "
        + "jour passé")
  }

  static func dominated(_ share: Int, audience: String) -> Message {
    let percent = Double(share) / 10_000
    return Message(
      en: "amounts of which one contributor makes more than \(percent) % may not reach "
        + "'\(audience)'",
      fr: "des montants dont un contributeur fait plus de \(percent) % ne peuvent pas atteindre "
        + "« \(audience) »")
  }

  static func smallChoice(_ field: String?, _ minimum: Int, audience: String) -> Message {
    let (en, fr) =
      field.map { ("'\($0)'", "« \($0) »") } ?? ("the choice of rows", "le choix des lignes")
    return Message(
      en: "\(en) tells '\(audience)' of those in a group for whom something personal holds, even "
        + "where they are fewer than \(minimum)",
      fr: "\(fr) renseigne « \(audience) » sur ceux d’un groupe pour qui vaut quelque chose de "
        + "personnel, même s’ils sont moins de \(minimum)")
  }

  static func filterChoice(_ minimum: Int) -> Message {
    Message(
      en:
        "count them (`c: {value: count(), where: …}`) and keep rows with `filter: c >= \(minimum)`"
        + ", or leave it out",
      fr: "comptez-les (`c: {value: count(), where: …}`) et gardez les lignes par "
        + "`filter: c >= \(minimum)`, ou retirez-le")
  }

  static func smallRest(_ field: String, _ minimum: Int, audience: String) -> Message {
    Message(
      en: "beside the whole, '\(field)' tells '\(audience)' of those in a group for whom something "
        + "personal does not hold, even where they are fewer than \(minimum)",
      fr:
        "à côté de l’ensemble, « \(field) » renseigne « \(audience) » sur ceux d’un groupe pour "
        + "qui quelque chose de personnel ne vaut pas, même s’ils sont moins de \(minimum)")
  }

  static func filterRest(_ minimum: Int) -> Message {
    Message(
      en: "with `n: count()` and `c: {value: count(), where: …}` keep rows with "
        + "`filter: c >= \(minimum) and n - c >= \(minimum)`, or publish one of the two",
      fr: "avec `n: count()` et `c: {value: count(), where: …}`, gardez les lignes par "
        + "`filter: c >= \(minimum) and n - c >= \(minimum)`, ou ne publiez que l’un des deux")
  }

  static func showsOne(_ field: String, audience: String) -> Message {
    Message(
      en:
        "'\(field)' would show '\(audience)' one person's own value: the largest, smallest, first "
        + "or last of a group",
      fr: "« \(field) » montrerait à « \(audience) » la valeur propre d’une personne : la plus "
        + "grande, la plus petite, la première ou la dernière d’un groupe")
  }

  static func drawnOpenly(audience: String) -> Message {
    Message(
      en: "rows of persons for '\(audience)' are a sample by a seed that stands in the pipeline: "
        + "whoever reads it knows who was drawn",
      fr: "des lignes de personnes pour « \(audience) » sont tirées par une graine écrite dans le "
        + "pipeline : qui le lit sait qui a été tiré")
  }

  static let drawByKey = Message(
    en: "draw by a secret: `sample: {share: …, scope: …}`",
    fr: "tirez par un secret : `sample: {share: …, scope: …}`")

  static let typicalValue = Message(
    en: "take median(x), or quantile(x, 0.9)", fr: "prenez median(x), ou quantile(x, 0.9)")

  static let protectTable = Message(
    en: "protect_table with dominance suppresses them",
    fr: "protect_table avec dominance les supprime")

  static func uncounted(_ field: String, audience: String) -> Message {
    Message(
      en: "quasi-identifier '\(field)' reaches '\(audience)' without being among those that "
        + "k was counted over",
      fr: "le quasi-identifiant « \(field) » atteint « \(audience) » sans être de ceux sur "
        + "lesquels k a été compté")
  }

  static func countIt(_ field: String) -> Message {
    Message(
      en: "add '\(field)' to `quasi`, or drop it",
      fr: "ajoutez « \(field) » à `quasi`, ou retirez-le")
  }

  static func notDiverse(_ field: String, _ l: Int, audience: String) -> Message {
    Message(
      en: "sensitive field '\(field)' may reach '\(audience)' only with l-diversity of \(l)",
      fr: "le champ sensible « \(field) » n’atteint « \(audience) » qu’avec une l-diversité de "
        + "\(l)")
  }

  static func notClose(_ field: String, _ t: Int, audience: String) -> Message {
    let bound = Double(t) / 1_000_000
    return Message(
      en: "sensitive field '\(field)' may reach '\(audience)' only with t-closeness of \(bound)",
      fr: "le champ sensible « \(field) » n’atteint « \(audience) » qu’avec une t-proximité de "
        + "\(bound)")
  }

  static func tooFine(_ field: String, _ asked: DatePrecision, audience: String) -> Message {
    Message(
      en: "dates in '\(field)' may reach '\(audience)' only by \(asked.rawValue)",
      fr: "les dates de « \(field) » n’atteignent « \(audience) » que par \(asked.french)")
  }

  static func truncate(_ field: String, _ asked: DatePrecision) -> Message {
    let stage = "truncate: {fields: [\(field)], to: \(asked.rawValue)}"
    return Message(en: "add `\(stage)`", fr: "ajoutez `\(stage)`")
  }

  static func tooNear(_ field: String, _ metres: Int, audience: String) -> Message {
    Message(
      en: "places in '\(field)' may reach '\(audience)' only as cells of \(metres) m",
      fr: "les lieux de « \(field) » n’atteignent « \(audience) » que par mailles de \(metres) m")
  }

  static func toGrid(_ metres: Int) -> Message {
    let size = metres < 1000 ? "\(metres)m" : "\(metres / 1000)km"
    let stage = "truncate: {grid: \(size), longitude: …, latitude: …}"
    return Message(en: "add `\(stage)`", fr: "ajoutez `\(stage)`")
  }

  static func undecided(_ origin: FieldOrigin, _ to: PrivacyClass) -> Message {
    let name = origin.source + "." + origin.field
    return Message(
      en: "the charter does not decide that '\(name)' becomes \(to.word.en)",
      fr: "la charte ne décide pas que « \(name) » devienne \(to.word.fr)")
  }

  static func decide(_ entry: String, _ field: String, _ to: PrivacyClass) -> Message {
    let keys = "{source: \(entry), field: \(field), to: \(to.rawValue), because: …, decided_by: …}"
    return Message(
      en: "whoever decides writes under `declassifications` in the charter: \(keys)",
      fr: "qui en décide l’écrit sous `declassifications` dans la charte : \(keys)")
  }

  static func noLongerDecided(_ id: String) -> Message {
    Message(
      en: "the charter's declassification '\(id)' has ended",
      fr: "la déclassification « \(id) » de la charte a pris fin")
  }

  static func exposedRejects(_ audience: String) -> Message {
    Message(
      en: "rejected rows would lie in the folder of the audience '\(audience)'",
      fr: "les lignes rejetées seraient dans le dossier du public « \(audience) »")
  }

  static func exposedFolder(_ inner: String, in outer: String) -> Message {
    Message(
      en: "the folder of the audience '\(inner)' lies in that of '\(outer)', which may see less",
      fr: "le dossier du public « \(inner) » est dans celui de « \(outer) », qui peut voir moins")
  }

  static func openMode(_ audience: String) -> Message {
    Message(
      en: "files for the audience '\(audience)' may be personal, and their mode lets others read "
        + "them",
      fr:
        "les fichiers du public « \(audience) » peuvent être personnels, et leurs droits laissent "
        + "d’autres les lire")
  }

  static func othersFolder(_ path: String, audience: String, other: String) -> Message {
    Message(
      en: "'\(path)' is for the audience '\(audience)' and lies in the folder of '\(other)'",
      fr: "« \(path) » s’adresse au public « \(audience) » et se trouve dans le dossier de "
        + "« \(other) »")
  }
}

extension DatePrecision {
  /// In French, as in "par mois".
  var french: String {
    switch self {
    case .day: "jour"
    case .month: "mois"
    case .quarter: "trimestre"
    case .year: "année"
    }
  }
}
