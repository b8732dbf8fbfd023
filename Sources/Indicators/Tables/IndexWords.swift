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
    "first_order_5": Message(en: "By itself, 5th percentile", fr: "À lui seul, 5e centile"),
    "first_order_95": Message(en: "By itself, 95th percentile", fr: "À lui seul, 95e centile"),
    "total_5": Message(
      en: "With what it interacts with, 5th percentile", fr: "Avec ses interactions, 5e centile"),
    "total_95": Message(
      en: "With what it interacts with, 95th percentile", fr: "Avec ses interactions, 95e centile"),
    "applied": Message(en: "What was done", fr: "Ce qui fut fait"),
    "period_group": Message(en: "Group of periods", fr: "Groupe de périodes"),
    "points_high": Message(en: "Largest values replaced", fr: "Grandes valeurs remplacées"),
    "points_low": Message(en: "Smallest values replaced", fr: "Petites valeurs remplacées"),
    "skewness_before": Message(en: "Skewness before", fr: "Asymétrie avant"),
    "kurtosis_before": Message(en: "Kurtosis before", fr: "Aplatissement avant"),
    "skewness_after": Message(en: "Skewness after", fr: "Asymétrie après"),
    "kurtosis_after": Message(en: "Kurtosis after", fr: "Aplatissement après"),
    "passes": Message(en: "Passes the rule", fr: "Satisfait la règle"),
    "other": Message(en: "Other element", fr: "Autre élément"),
    "other_level": Message(en: "Level of the other", fr: "Niveau de l’autre"),
    "relation": Message(en: "Relation", fr: "Rapport"),
    "correlation": Message(en: "Correlation", fr: "Corrélation"),
    "flag": Message(en: "Remark", fr: "Remarque"),
    "units": Message(en: "Units", fr: "Unités"),
    "parts": Message(en: "Parts", fr: "Parties"),
    "cronbach_alpha": Message(en: "Cronbach’s alpha", fr: "Alpha de Cronbach"),
    "first_component_share": Message(
      en: "Variance explained by the first component",
      fr: "Variance expliquée par la première composante"),
    "rank_of_value": Message(en: "Rank in this indicator", fr: "Rang pour cet indicateur"),
    "explanation_en": Message(en: "Explanation (English)", fr: "Explication (anglais)"),
    "explanation_fr": Message(en: "Explanation (French)", fr: "Explication (français)"),
    "title_en": Message(en: "Title (English)", fr: "Titre (anglais)"),
    "title_fr": Message(en: "Title (French)", fr: "Titre (français)"),
    "unit": Message(en: "Unit of measure", fr: "Unité de mesure"),
    "direction": Message(en: "Direction", fr: "Sens"),
    "audiences": Message(en: "Audiences", fr: "Publics"),
    "periods": Message(en: "Periods with data", fr: "Périodes renseignées"),
    "complete": Message(en: "Every period has data", fr: "Toutes les périodes renseignées"),
  ]
}
