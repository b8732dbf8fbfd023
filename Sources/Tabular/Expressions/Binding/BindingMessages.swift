/// What the type check says.
enum BindingMessages {
  static func unknownField(_ name: String) -> Message {
    Message(en: "there is no field `\(name)`", fr: "le champ `\(name)` n’existe pas")
  }

  static func fieldsAre(_ names: [String]) -> Message {
    let shown = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    return Message(en: "the fields are \(shown)", fr: "les champs sont \(shown)")
  }

  static func unknownParameter(_ name: String) -> Message {
    Message(
      en: "there is no parameter `:\(name)`", fr: "le paramètre `:\(name)` n’existe pas")
  }

  static let declareParameter = Message(
    en: "declare it under `parameters:`", fr: "déclarez-le sous `parameters:`")

  static func unknownFunction(_ name: String) -> Message {
    Message(en: "there is no function `\(name)`", fr: "la fonction `\(name)` n’existe pas")
  }

  static let untypedNull = Message(
    en: "the type of this null is unknown", fr: "le type de ce null est inconnu")
  static let castTheNull = Message(
    en: "write `cast(null as text)`, or another type",
    fr: "écrivez `cast(null as text)`, ou un autre type")

  static func expected(_ wanted: String, _ found: DataType) -> Message {
    Message(
      en: "this is \(found.name) where \(wanted) is expected",
      fr: "ceci est de type \(found.name) là où l’on attend \(wanted)")
  }

  static func different(_ first: DataType, _ second: DataType) -> Message {
    Message(
      en: "this is \(second.name), while the other side is \(first.name)",
      fr: "ceci est de type \(second.name), alors que l’autre côté est de type \(first.name)")
  }

  static func castRemedy(_ type: DataType) -> Message {
    Message(
      en: "write `cast(… as \(type.name))`", fr: "écrivez `cast(… as \(type.name))`")
  }

  static let dateRemedy = Message(
    en: "write dates as date '2026-01-31'", fr: "écrivez les dates ainsi : date '2026-01-31'")

  static let dateArithmetic = Message(
    en: "use `add_days(d, n)` and `days_between(a, b)` on dates",
    fr: "pour les dates, utilisez `add_days(d, n)` et `days_between(a, b)`")

  static let plusOnTexts = Message(
    en: "`+` adds numbers, and these are texts",
    fr: "`+` additionne des nombres, et ceux-ci sont des textes")
  static let concatenateRemedy = Message(
    en: "to join texts write `a || b`", fr: "pour accoler des textes, écrivez `a || b`")

  static let zoneRemedy = Message(
    en: "say which day is meant: `cast(… as date)` takes the day in UTC",
    fr: "dites de quel jour il s’agit : `cast(… as date)` prend le jour en UTC")

  static func arguments(_ usage: String, _ count: Int) -> Message {
    Message(
      en: "`\(usage)` does not take \(count) argument\(count == 1 ? "" : "s")",
      fr: "`\(usage)` ne prend pas \(count) argument\(count <= 1 ? "" : "s")")
  }

  static func constant(_ what: Message) -> Message {
    Message(
      en: "\(what.en) must be a constant", fr: "\(what.fr) doit être une constante")
  }

  static func noCast(_ from: DataType, _ to: DataType) -> Message {
    Message(
      en: "\(from.name) cannot be cast to \(to.name)",
      fr: "le type \(from.name) ne se convertit pas en \(to.name)")
  }

  static let starOrDistinct = Message(
    en: "`*` and `distinct` stand in `count` only",
    fr: "`*` et `distinct` ne s’emploient que dans `count`")
  static let filterOnAggregate = Message(
    en: "`filter (where …)` follows an aggregate only",
    fr: "`filter (where …)` ne suit qu’un agrégat")

  static func misplaced(_ name: String) -> Message {
    Message(
      en: "`\(name)` looks at many rows, here there is one",
      fr: "`\(name)` porte sur plusieurs lignes, ici il n’y en a qu’une")
  }

  static let aggregateStage = Message(
    en: "compute it in an `aggregate` stage", fr: "calculez-le dans une étape `aggregate`")
  static let nestedAggregate = Message(
    en: "an aggregate cannot stand inside another",
    fr: "un agrégat ne peut pas en contenir un autre")

  static func notGrouped(_ name: String) -> Message {
    Message(
      en: "`\(name)` has several values in a group", fr: "`\(name)` a plusieurs valeurs par groupe")
  }

  static func groupIt(_ name: String) -> Message {
    Message(
      en: "take one of them, such as `first(\(name))` or `max(\(name))`, or add it to `by`",
      fr: "prenez-en une, par exemple `first(\(name))` ou `max(\(name))`, ou ajoutez le champ à "
        + "`by`")
  }

  static let quantileRange = Message(
    en: "a quantile lies between 0 and 1", fr: "un quantile est compris entre 0 et 1")

  static let needsZone = Message(
    en: "the day and the hour of a zoned datetime depend on the zone",
    fr: "le jour et l’heure d’une date avec fuseau dépendent du fuseau")
  static let zonedRemedy = Message(
    en: "write `cast(… as datetime)` for the day and hour in UTC",
    fr: "écrivez `cast(… as datetime)` pour le jour et l’heure en UTC")
  static let dateHasNoTime = Message(
    en: "a date has no time of day", fr: "une date n’a pas d’heure")

  static func unknownUnit(_ name: String) -> Message {
    Message(en: "there is no unit `\(name)`", fr: "l’unité `\(name)` n’existe pas")
  }

  static func unitsAre(_ names: [String]) -> Message {
    Message(
      en: "the units are \(names.joined(separator: ", "))",
      fr: "les unités sont \(names.joined(separator: ", "))")
  }

  static let badDateFormat = Message(
    en: "this is no date format", fr: "ce n’est pas un format de date")
  static let dateFormatRemedy = Message(
    en: "use yyyy or yy, MM or M, dd or d, once each: 'dd/MM/yyyy'",
    fr: "utilisez yyyy ou yy, MM ou M, dd ou d, une fois chacun : 'dd/MM/yyyy'")
  static let likeRemedy = Message(
    en: "use `starts_with`, `ends_with` or `contains` for a text that varies",
    fr: "utilisez `starts_with`, `ends_with` ou `contains` pour un texte qui varie")
  static let escape = Message(
    en: "the escape is one character, or none", fr: "l’échappement est un caractère, ou aucun")
  static let badEscape = Message(
    en: "the escape must stand before `%`, `_` or itself",
    fr: "l’échappement doit précéder `%`, `_` ou lui-même")
}
