import Tabular

/// The words of reports.
enum ReportWords {
  static let secret = Message(en: "secret", fr: "secret")
  static let keyFigures = Message(en: "Key figures", fr: "Chiffres clés")
  static let ranking = Message(en: "Ranking", fr: "Classement")
  static let map = Message(en: "Map", fr: "Carte")
  static let series = Message(en: "Over time", fr: "Évolution")
  static let heat = Message(en: "At a glance", fr: "Vue d’ensemble")
  static let box = Message(en: "Distribution", fr: "Répartition")
  static let profiles = Message(en: "Profiles", fr: "Profils")
  static let data = Message(en: "Data", fr: "Données")
  static let revisions = Message(
    en: "Revisions since the last report", fr: "Révisions depuis le dernier rapport")
  static let methodology = Message(en: "Methodology", fr: "Méthode")
  static let quality = Message(en: "Data quality", fr: "Qualité des données")
  static let confidentiality = Message(en: "Confidentiality", fr: "Confidentialité")
  static let provenance = Message(en: "Provenance", fr: "Provenance")
  static let contents = Message(en: "Contents", fr: "Sommaire")
  static let rank = Message(en: "Rank", fr: "Rang")
  static let unit = Message(en: "Unit", fr: "Unité")
  static let ties = Message(
    en: "Units whose intervals overlap with their neighbours’ are given one group: the figures do "
      + "not tell them apart.",
    fr: "Les unités dont les intervalles chevauchent ceux de leurs voisines forment un groupe : "
      + "les chiffres ne permettent pas de les départager.")
  static let bars = Message(en: "Bar", fr: "Barre")
  static let interval = Message(en: "Interval", fr: "Intervalle")
  static let allValues = Message(en: "All values", fr: "Toutes les valeurs")
  static let noData = Message(en: "no data", fr: "sans donnée")
  static let lowest = Message(en: "Lowest", fr: "Le plus bas")
  static let highest = Message(en: "Highest", fr: "Le plus élevé")
  static let median = Message(en: "Median", fr: "Médiane")
  static let indicator = Message(en: "Indicator", fr: "Indicateur")
  static let value = Message(en: "Value", fr: "Valeur")
  static let position = Message(en: "Position", fr: "Position")
  static let first = Message(en: "First", fr: "Début")
  static let last = Message(en: "Last", fr: "Fin")
  static let change = Message(en: "Change", fr: "Évolution")
  static let curve = Message(en: "Curve", fr: "Courbe")
  static let source = Message(en: "Source", fr: "Source")
  static let read = Message(en: "Rows read", fr: "Lignes lues")
  static let rejected = Message(en: "Rejected", fr: "Rejetées")
  static let reasons = Message(en: "Why", fr: "Motifs")
  static let updated = Message(en: "Updated", fr: "Mise à jour")
  static let noMap = Message(
    en: "No unit of the table is on the map.", fr: "Aucune unité de la table n’est sur la carte.")

  static func asOf(_ day: String) -> Message { Message(en: "As of \(day)", fr: "Au \(day)") }

  static func units(_ count: String) -> Message {
    Message(en: "\(count) units", fr: "\(count) unités")
  }

  static func against(_ period: String) -> Message {
    Message(en: "compared with \(period)", fr: "par rapport à \(period)")
  }

  static func notOver(_ period: String, _ shown: String) -> Message {
    Message(
      en: "\(period) is not over: the figures are those of \(shown), the last whole period.",
      fr: "\(period) n’est pas terminé : les chiffres sont ceux de \(shown), dernière période "
        + "complète.")
  }

  static let noBase = Message(
    en: "no comparison: the base is zero or missing",
    fr: "pas de comparaison : base nulle ou absente")

  static func mapDescription(
    _ value: String, units: String, classes: String, low: String, high: String
  ) -> Message {
    Message(
      en:
        "Map of \(value): \(units) units in \(classes) classes. Lowest: \(low). Highest: \(high). "
        + "All values stand in the table beside the map.",
      fr: "Carte : \(value), \(units) unités en \(classes) classes. Le plus bas : \(low). Le plus "
        + "élevé : \(high). Toutes les valeurs sont dans le tableau qui accompagne la carte.")
  }

  static func from(_ low: String, to high: String) -> Message {
    Message(en: "\(low) to \(high)", fr: "de \(low) à \(high)")
  }

  static func lines(_ value: String, series: String, from: String, to: String) -> Message {
    Message(
      en:
        "Lines of \(value) from \(from) to \(to): \(series). The values stand in the table below.",
      fr: "Courbes : \(value), de \(from) à \(to) : \(series). Les valeurs sont dans le tableau "
        + "ci-dessous.")
  }

  static func rankOf(_ rank: String, _ all: String) -> Message {
    Message(en: "\(rank) of \(all)", fr: "\(rank) sur \(all)")
  }

  static func fewer(_ least: Int) -> Message {
    Message(en: "fewer than \(least)", fr: "moins de \(least)")
  }

  static func suppressed(_ cells: String, of all: String) -> Message {
    Message(
      en: "\(cells) of \(all) figures are kept secret: they would tell too much of too few.",
      fr: "\(cells) chiffres sur \(all) sont gardés secrets : ils en diraient trop sur trop peu de "
        + "personnes.")
  }

  static let noneSuppressed = Message(
    en: "No figure had to be kept secret.", fr: "Aucun chiffre n’a dû être gardé secret.")

  static func kept(_ share: String, _ read: String) -> Message {
    Message(
      en: "\(share) of \(read) rows read were good.",
      fr: "\(share) des \(read) lignes lues étaient valables.")
  }

  static let sourcesCaption = Message(
    en: "Rows read from each source, and why some were rejected",
    fr: "Lignes lues dans chaque source, et motifs de rejet")

  static let closing = Message(
    en: "Every row of the sources is accounted for, and what stands here was read back and counted "
      + "again before it was published. Made with Octroi.",
    fr: "Chaque ligne des sources est comptée, et ce qui figure ici a été relu et recompté avant "
      + "publication. Établi avec Octroi.")

  static func forAudience(_ audience: String) -> Message {
    Message(en: "This report is for: \(audience).", fr: "Ce rapport s’adresse à : \(audience).")
  }

  static func tooMany(_ units: String) -> Message {
    Message(
      en: "Profiles of \(units) units would fill a book: the table below has all values.",
      fr: "Les profils de \(units) unités feraient un livre : le tableau ci-dessous a toutes les "
        + "valeurs.")
  }

  static let bothEnds = Message(
    en: "The first 50 and the last 50; the table of all data has the others.",
    fr: "Les 50 premières et les 50 dernières ; les autres sont dans le tableau de données.")

  static func trend(_ name: String, _ from: String, _ to: String) -> Message {
    Message(en: "\(name) from \(from) to \(to)", fr: "\(name) de \(from) à \(to)")
  }
}
