import StageKit
import Tabular

/// What indices say to people.
enum IndexMessages {
  static func notPositive(_ name: String) -> OperatorError {
    OperatorError(
      Message(
        en: "indicators: the mean that makes '\(name)' needs scores above 0; " + giveFloor.en,
        fr: "indicators : la moyenne qui fait « \(name) » demande des notes supérieures à 0 ; "
          + giveFloor.fr))
  }

  static func noFloor(_ name: String) -> Message {
    Message(
      en: "the mean that makes '\(name)' needs scores above 0, and this normalisation gives 0",
      fr: "la moyenne qui fait « \(name) » demande des notes supérieures à 0, et cette "
        + "normalisation donne 0")
  }

  static let giveFloor = Message(
    en: "normalise with a floor, as `normalisation: {method: min_max, range: [1, 100]}`",
    fr: "normalisez avec un plancher, comme `normalisation: {method: min_max, range: [1, 100]}`")

  static func noKey(_ table: String, _ key: Field) -> Message {
    Message(
      en: "'\(table)' has no field '\(key.name)' of type \(key.type.name) to tell units apart",
      fr: "« \(table) » n’a pas de champ « \(key.name) » de type \(key.type.name) qui distingue "
        + "les unités")
  }

  static func renameKey(_ name: String) -> Message {
    Message(
      en: "add a step that renames its key to '\(name)'",
      fr: "ajoutez une étape qui renomme sa clé en « \(name) »")
  }

  static func noPeriod(_ table: String, _ field: String) -> Message {
    Message(
      en: "'\(table)' has no field '\(field)': its values would be the same in all periods",
      fr: "« \(table) » n’a pas de champ « \(field) » : ses valeurs seraient les mêmes à toutes "
        + "les périodes")
  }

  static let twoPosts = Message(
    en: "two numbers are wanted here, the lower first",
    fr: "il faut ici deux nombres, le plus petit d’abord")

  static func unknownDenominator(_ name: String, near: String?) -> Message {
    Message(
      en: "unknown denominator '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "dénominateur inconnu « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func denominatorsAre(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(
      en: "declare it under `denominators:`" + (names.isEmpty ? "" : "; there are: \(list)"),
      fr: "déclarez-le sous `denominators:`" + (names.isEmpty ? "" : " ; il y a : \(list)"))
  }

  static func unknownIndicator(_ name: String, near: String?) -> Message {
    Message(
      en: "the framework has no indicator '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "le cadre n’a pas d’indicateur « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static let twoTrees = Message(
    en: "the tree stands in the framework's file already",
    fr: "l’arbre est déjà dans le fichier du cadre")

  static let noFramework = Message(
    en: "a framework's file is a mapping with `framework:` and its domains, dimensions or "
      + "indicators",
    fr: "un fichier de cadre est un ensemble avec `framework:` et ses domaines, dimensions ou "
      + "indicateurs")

  static func noIndicators(_ name: String) -> Message {
    Message(en: "'\(name)' has no indicators", fr: "« \(name) » n’a pas d’indicateurs")
  }

  static func noMeasures(_ name: String) -> Message {
    Message(
      en: "no indicator of '\(name)' has data", fr: "aucun indicateur de « \(name) » n’a de données"
    )
  }

  static let sayWhence = Message(
    en: "say `from:` and `measure:` of one", fr: "dites `from:` et `measure:` de l’un d’eux")

  static let oneTree = Message(
    en: "leave out `framework:`, or the tree here",
    fr: "retirez `framework:`, ou l’arbre d’ici")

  static let addOrRemove = Message(
    en: "declare one below it under `indicators:`, or leave it out",
    fr: "déclarez-en un dessous sous `indicators:`, ou retirez-le")

  static func namedTwice(_ name: String) -> Message {
    Message(
      en: "'\(name)' names an element of the index already",
      fr: "« \(name) » désigne déjà un élément de l’indice")
  }

  static func unitsHave(_ name: String) -> Message {
    Message(
      en: "'\(name)' names a field of the units already",
      fr: "« \(name) » désigne déjà un champ des unités")
  }

  static let otherName = Message(
    en: "give it another name; what people read is its `title`",
    fr: "donnez-lui un autre nom ; ce que l’on lit est son `title`")

  static func indicatorsAre(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(en: "there are: \(list)", fr: "il y a : \(list)")
  }

  static let nameNumber = Message(
    en: "name a number, or make it one in a step before (`cast`)",
    fr: "nommez un nombre, ou faites-en un dans une étape avant (`cast`)")

  static let oneOrMinusOne = Message(
    en: "write 1 where more is better, -1 where less is",
    fr: "écrivez 1 si plus vaut mieux, -1 si moins vaut mieux")

  static let asTwoPosts = Message(
    en: "write them as [0, 100], in the indicator's unit",
    fr: "écrivez-les comme [0, 100], dans l’unité de l’indicateur")

  static let asPeriods = Message(
    en: "write them as [2014, 2024]", fr: "écrivez-les comme [2014, 2024]")

  static func addPeriod(_ field: String) -> Message {
    Message(
      en: "keep '\(field)' in that step, a row a unit and period",
      fr: "gardez « \(field) » dans cette étape, une ligne par unité et période")
  }

  static func sayFor(_ key: String, _ name: String) -> Message {
    Message(
      en: "say `\(key)` in '\(name)', or choose another normalisation",
      fr: "dites `\(key)` dans « \(name) », ou choisissez une autre normalisation")
  }

  static let sayUnit = Message(
    en: "say its key: `normalisation: {method: reference, unit: FRA}`",
    fr: "dites sa clé : `normalisation: {method: reference, unit: FRA}`")

  static let sayPower = Message(
    en: "say `power: 0.5`, or another number but 0",
    fr: "dites `power: 0.5`, ou un autre nombre que 0")

  static func columnTaken(_ name: String, _ table: String) -> Message {
    Message(
      en: "'\(table)' would have two columns called '\(name)'",
      fr: "« \(table) » aurait deux colonnes appelées « \(name) »")
  }

  static let renameBefore = Message(
    en: "rename the unit's field in a step before, or the element",
    fr: "renommez le champ de l’unité dans une étape avant, ou l’élément")

  static func repeatedUnit(_ table: String, _ key: String) -> OperatorError {
    OperatorError(
      Message(
        en: "indicators: '\(table)' has several rows of one '\(key)' (and period); counted, they "
          + "would be counted twice: filter or aggregate to one row each",
        fr:
          "indicators : « \(table) » a plusieurs lignes d’un même « \(key) » (et période) ; elles "
          + "compteraient double : filtrez ou agrégez jusqu’à une ligne chacun"))
  }

  static func strangers(_ table: String, _ rows: Int) -> Message {
    Message(
      en: "indicators: \(rows) rows of '\(table)' are of no unit (or period) of the index",
      fr: "indicators : \(rows) lignes de « \(table) » ne sont d’aucune unité (ou période) de "
        + "l’indice")
  }

  static func flat(_ name: String) -> Message {
    Message(
      en: "indicators: '\(name)' has one value for all units (or no scale): it counts as missing",
      fr: "indicators : « \(name) » a une seule valeur pour toutes les unités (ou pas d’échelle) : "
        + "il compte comme manquant")
  }

  static func screened(_ rows: Int) -> Message {
    Message(
      en: "indicators: \(rows) units have too few data and take no part",
      fr: "indicators : \(rows) unités ont trop peu de données et ne participent pas")
  }

  static let tooManyUnits = OperatorError(
    Message(
      en: "indicators: intervals of so many units and draws need more memory; raise --memory, or "
        + "lower draws",
      fr:
        "indicators : les intervalles d’autant d’unités et de tirages demandent plus de mémoire ; "
        + "augmentez --memory, ou réduisez draws"))

  static let internalError = OperatorError(
    Message(
      en: "indicators: a table did not come as planned",
      fr: "indicators : une table n’est pas venue comme prévu"))
}
