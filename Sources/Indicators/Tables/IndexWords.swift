import StageKit
import Tabular

/// What people call the columns that tables of indices have whatever the index is about.
enum IndexWords {
  /// The field with its title, where it has none of its own, and which end of it is the better one.
  static func titled(_ field: Field) -> Field {
    guard field.title == nil, let title = titles[field.name] else { return field }
    var field = field
    field.title = title
    if field.lessIsBetter == nil, field.name == "rank" || field.name.hasPrefix("rank_") {
      field.lessIsBetter = true
    }
    return field
  }

  private static let titles: [String: Message] = [
    "index": Message(en: "Index", fr: "Indice"),
    "index_5": Message(
      en: "Index, 5th percentile of the draws", fr: "Indice, 5e centile des tirages"),
    "index_95": Message(
      en: "Index, 95th percentile of the draws", fr: "Indice, 95e centile des tirages"),
    "rank": Message(en: "Rank", fr: "Rang"),
    "rank_before": Message(en: "Rank before", fr: "Rang précédent"),
    "rank_5": Message(en: "Rank at best (5th percentile)", fr: "Rang au mieux (5e centile)"),
    "rank_median": Message(en: "Median rank", fr: "Rang médian"),
    "rank_95": Message(en: "Rank at worst (95th percentile)", fr: "Rang au pire (95e centile)"),
    "not_ranked": Message(en: "Why it is not ranked", fr: "Pourquoi sans rang"),
    "data_share": Message(
      en: "Share of the weight that rests on data", fr: "Part du poids qui repose sur des données"),
    "group": Message(en: "Group", fr: "Groupe"),
    "element": Message(en: "Element", fr: "Élément"),
    "level": Message(en: "Level", fr: "Niveau"),
    "parent": Message(en: "Part of", fr: "Fait partie de"),
    "indicator": Message(en: "Indicator", fr: "Indicateur"),
    "measured": Message(en: "Value as measured", fr: "Valeur mesurée"),
    "divisor": Message(en: "Denominator", fr: "Dénominateur"),
    "value": Message(en: "Value", fr: "Valeur"),
    "imputed": Message(en: "Imputed", fr: "Imputée"),
    "treated": Message(en: "Value, outliers treated", fr: "Valeur, aberrantes traitées"),
    "normalised": Message(en: "On the common scale", fr: "À l’échelle commune"),
    "weight": Message(en: "Weight", fr: "Poids"),
    "share": Message(en: "Weight among siblings", fr: "Poids parmi ses voisins"),
    "effective_weight": Message(en: "Weight in the whole", fr: "Poids dans l’ensemble"),
    "contribution": Message(en: "Contribution", fr: "Contribution"),
    "reason": Message(en: "Reason", fr: "Motif"),
    "units_with_data": Message(en: "Units with data", fr: "Unités renseignées"),
    "first": Message(en: "First", fr: "Début"),
    "last": Message(en: "Last", fr: "Fin"),
    "difference": Message(en: "Difference", fr: "Écart"),
    "annual_growth": Message(en: "Yearly growth", fr: "Croissance annuelle"),
    "trend": Message(en: "Trend a year", fr: "Tendance par an"),
    "mean_shift": Message(en: "Mean shift of ranks", fr: "Décalage moyen des rangs"),
    "largest_shift": Message(en: "Largest shift", fr: "Plus grand décalage"),
    "units_moved": Message(en: "Units that move", fr: "Unités qui bougent"),
    "choice": Message(en: "Choice", fr: "Choix"),
    "first_order": Message(en: "By itself", fr: "À lui seul"),
    "total": Message(en: "With what it interacts with", fr: "Avec ses interactions"),
  ]
}
