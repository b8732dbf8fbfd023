import Tabular

/// What the codes in an index's tables stand for. Files keep the codes, which programs read; people
/// are told the words.
enum IndexCodes {
  static let notRanked: [String: Message] = [
    "screened_out": Message(en: "left out by the screening", fr: "écartée par le filtrage"),
    "no_score": Message(en: "no score", fr: "pas de note"),
    "too_few_data": Message(en: "too few data", fr: "trop peu de données"),
  ]

  /// Why there is no value.
  static let absences: [String: Message] = [
    "no_source": Message(en: "no data source yet", fr: "pas encore de source"),
    "no_row": Message(en: "absent from the source", fr: "absente de la source"),
    "empty": Message(en: "empty in the source", fr: "vide dans la source"),
    "suppressed": Message(en: "kept secret", fr: "secret statistique"),
    "no_denominator": Message(en: "no denominator", fr: "pas de dénominateur"),
    "zero_denominator": Message(en: "denominator zero", fr: "dénominateur nul"),
    "no_scale": Message(
      en: "all values alike: no scale", fr: "valeurs toutes égales : pas d’échelle"),
  ]

  static let levels: [String: Message] = [
    "index": Message(en: "index", fr: "indice"),
    "domain": Message(en: "domain", fr: "domaine"),
    "dimension": Message(en: "dimension", fr: "dimension"),
    "indicator": Message(en: "indicator", fr: "indicateur"),
  ]

  /// What was done to outliers.
  static let treatments: [String: Message] = [
    "none": Message(en: "nothing", fr: "rien"),
    "winsorise": Message(en: "winsorised", fr: "winsorisé"),
    "log": Message(en: "logarithm", fr: "logarithme"),
    "log_gii": Message(en: "logarithm (GII)", fr: "logarithme (GII)"),
    "log_shift": Message(en: "logarithm, shifted by 1", fr: "logarithme, décalé de 1"),
  ]

  static let relations: [String: Message] = [
    "parent": Message(en: "with what it is part of", fr: "avec ce dont il fait partie"),
    "ancestor": Message(en: "with what stands higher", fr: "avec un niveau supérieur"),
    "siblings": Message(en: "parts of one element", fr: "parties d’un même élément"),
    "others": Message(en: "parts of different elements", fr: "parties d’éléments différents"),
  ]

  static let flags: [String: Message] = [
    "collinear": Message(en: "they say the same", fr: "ils disent la même chose"),
    "opposed": Message(en: "they contradict each other", fr: "ils se contredisent"),
    "weak": Message(en: "it hardly counts", fr: "il ne compte guère"),
  ]

  /// What is doubted.
  static let choices: [String: Message] = [
    "weights": Message(en: "weights", fr: "poids"),
    "treatment": Message(en: "treatment of outliers", fr: "traitement des valeurs aberrantes"),
    "normalisation": Message(en: "normalisation", fr: "normalisation"),
    "aggregation": Message(en: "aggregation", fr: "agrégation"),
  ]
}
