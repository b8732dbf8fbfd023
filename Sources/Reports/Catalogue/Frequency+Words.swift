import Tabular

extension Frequency {
  /// What people call it.
  var word: Message { Self.words[code] ?? Message(en: "irregular", fr: "irrégulière") }

  private static let words: [String: Message] = [
    "CONT": Message(en: "continuous", fr: "continue"),
    "UPDATE_CONT": Message(en: "continuous", fr: "continue"),
    "HOURLY": Message(en: "hourly", fr: "toutes les heures"),
    "BIHOURLY": Message(en: "every two hours", fr: "toutes les deux heures"),
    "TRIHOURLY": Message(en: "every three hours", fr: "toutes les trois heures"),
    "DAILY": Message(en: "daily", fr: "quotidienne"),
    "DAILY_2": Message(en: "twice a day", fr: "deux fois par jour"),
    "WEEKLY": Message(en: "weekly", fr: "hebdomadaire"),
    "WEEKLY_2": Message(en: "twice a week", fr: "deux fois par semaine"),
    "WEEKLY_3": Message(en: "three times a week", fr: "trois fois par semaine"),
    "BIWEEKLY": Message(en: "every two weeks", fr: "toutes les deux semaines"),
    "MONTHLY": Message(en: "monthly", fr: "mensuelle"),
    "MONTHLY_2": Message(en: "twice a month", fr: "deux fois par mois"),
    "MONTHLY_3": Message(en: "three times a month", fr: "trois fois par mois"),
    "BIMONTHLY": Message(en: "every two months", fr: "bimestrielle"),
    "QUARTERLY": Message(en: "quarterly", fr: "trimestrielle"),
    "ANNUAL_3": Message(en: "three times a year", fr: "trois fois par an"),
    "ANNUAL_2": Message(en: "twice a year", fr: "semestrielle"),
    "ANNUAL": Message(en: "yearly", fr: "annuelle"),
    "BIENNIAL": Message(en: "every two years", fr: "tous les deux ans"),
    "TRIENNIAL": Message(en: "every three years", fr: "tous les trois ans"),
    "QUADRENNIAL": Message(en: "every four years", fr: "tous les quatre ans"),
    "QUINQUENNIAL": Message(en: "every five years", fr: "tous les cinq ans"),
    "DECENNIAL": Message(en: "every ten years", fr: "tous les dix ans"),
    "AS_NEEDED": Message(en: "as needed", fr: "selon les besoins"),
    "NEVER": Message(en: "once", fr: "ponctuelle"),
    "NOT_PLANNED": Message(en: "once", fr: "ponctuelle"),
    "UNKNOWN": Message(en: "unknown", fr: "inconnue"),
  ]
}
