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
    en: "Units whose intervals overlap with that of the first of a group share its ranks: the "
      + "figures do not tell them apart from it.",
    fr: "Les unités dont l’intervalle chevauche celui de la première d’un groupe partagent ses "
      + "rangs : les chiffres ne permettent pas de les départager d’elle.")
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
  static let through = Message(en: "Data up to", fr: "Données jusqu’au")
  static let strengths = Message(en: "Strengths", fr: "Points forts")
  static let weaknesses = Message(en: "Weaknesses", fr: "Points faibles")
  static let noMap = Message(
    en: "No unit of the table is on the map.", fr: "Aucune unité de la table n’est sur la carte.")

  static func asOf(_ day: String) -> Message { Message(en: "As of \(day)", fr: "Au \(day)") }

  static func units(_ count: String) -> Message {
    Message(en: "\(count) units", fr: "\(count) unités")
  }

  static func against(_ period: String) -> Message {
    Message(
      en: "compared with \(SpokenPeriod(period).en)",
      fr: "par rapport \(SpokenPeriod(period).frTo)")
  }

  static func notComplete(_ period: String, _ shown: String) -> Message {
    let (period, shown) = (SpokenPeriod(period), SpokenPeriod(shown))
    return Message(
      en: "Data are missing for \(period.en): the figures are those of \(shown.en), the last whole "
        + "period.",
      fr:
        "Il manque des données pour \(period.fr) : les chiffres sont ceux \(shown.frOf), dernière "
        + "période complète.")
  }

  static func notOver(_ period: String, _ shown: String) -> Message {
    let (period, shown) = (SpokenPeriod(period), SpokenPeriod(shown))
    let over = period.isFeminine ? "terminée" : "terminé"
    return Message(
      en: FiguresSection.capitalised(period.en) + " is not over: the figures are those of "
        + "\(shown.en), the last whole period.",
      fr: FiguresSection.capitalised(period.fr) + " n’est pas \(over) : les chiffres sont ceux "
        + "\(shown.frOf), dernière période complète.")
  }

  static let noBase = Message(
    en: "no comparison: the base is zero or missing",
    fr: "pas de comparaison : base nulle ou absente")

  static func mapTitle(_ value: String) -> Message {
    Message(en: "Map: \(value)", fr: "Carte : \(value)")
  }

  /// What there is to see on a map, in sentences.
  static func mapDescription(
    units: String, classes: String, high: String, low: String, median: String
  ) -> Message {
    Message(
      en: "\(units) areas in \(classes) shades, the strongest for the highest values. Highest: "
        + "\(high). Lowest: \(low). Half of them are at \(median) or below.",
      fr:
        "\(units) zones en \(classes) teintes, la plus marquée pour les valeurs les plus élevées. "
        + "Les plus élevées : \(high). Les plus basses : \(low). La moitié est à \(median) ou "
        + "au-dessous.")
  }

  static func mapMissing(_ units: String) -> Message {
    Message(en: "Without data: \(units).", fr: "Sans donnée : \(units).")
  }

  static let mapTable = Message(
    en: "All values stand in the table that goes with the map.",
    fr: "Toutes les valeurs sont dans le tableau qui accompagne la carte.")

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

  /// What the thin frame on a bar is, by the titles of its ends.
  static func frame(from low: String, to high: String) -> Message {
    Message(
      en: "The thin frame on each bar, and the interval beside it: “\(low)” to “\(high)”.",
      fr: "Le cadre fin sur chaque barre, et l’intervalle à côté : « \(low) » à « \(high) ».")
  }

  static func ranked(_ rank: String, of all: String, from low: String, to high: String) -> Message {
    Message(
      en: "Rank \(rank) of \(all); between \(low) and \(high) in 90% of the computations.",
      fr: "Rang \(rank) sur \(all) ; entre \(low) et \(high) dans 90 % des calculs.")
  }

  static func ranked(_ rank: String, of all: String) -> Message {
    Message(
      en: "Rank \(rank) of \(all), the same in 90% of the computations.",
      fr: "Rang \(rank) sur \(all), le même dans 90 % des calculs.")
  }

  static let unranked = Message(
    en: "Units marked “–” are not ranked: too few data.",
    fr: "Les unités marquées « – » sont sans rang : trop peu de données.")

  static func without(_ measures: String) -> Message {
    Message(en: "Without any data: \(measures).", fr: "Sans aucune donnée : \(measures).")
  }

  static let notRanked = Message(
    en: "Not ranked: too few data.", fr: "Sans rang : trop peu de données.")

  static func standing(_ measure: String, _ rank: String) -> Message {
    Message(en: "\(measure) (rank \(rank))", fr: "\(measure) (rang \(rank))")
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

  static func late(_ sources: String) -> Message {
    Message(en: "Data are missing: \(sources).", fr: "Il manque des données : \(sources).")
  }

  static func since(_ source: String, _ day: String) -> Message {
    Message(en: "\(source) since \(day)", fr: "\(source) depuis le \(day)")
  }

  static func nothingLate(_ day: String) -> Message {
    Message(
      en: "No service is late: the data go to \(day) at least.",
      fr: "Aucun service n’est en retard : les données vont au moins jusqu’au \(day).")
  }

  static func given(_ indicators: String) -> Message {
    Message(
      en: "No source gives: \(indicators).", fr: "Aucune source ne donne : \(indicators).")
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
  static let bothEndsRanked = Message(
    en: "The first 50 and the last 50; the ranking has the others.",
    fr: "Les 50 premières et les 50 dernières ; les autres sont dans le classement.")
  static let bothEndsListed = Message(
    en: "The first 50 and the last 50; the list below has all of them.",
    fr: "Les 50 premières et les 50 dernières ; la liste qui suit les a toutes.")

  static func notShown(_ period: String) -> Message {
    Message(
      en: "Nothing is shown from \(SpokenPeriod(period).en) on: its data are not complete.",
      fr: "Rien n’est montré à partir \(SpokenPeriod(period).frOf) : les données n’y sont pas "
        + "complètes.")
  }

  static func trend(_ name: String, _ from: String, _ to: String) -> Message {
    Message(en: "\(name) from \(from) to \(to)", fr: "\(name) de \(from) à \(to)")
  }
}
