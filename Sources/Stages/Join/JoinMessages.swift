import StageKit
import Tabular

/// What a join says.
enum JoinMessages {
  static let noText = Message(
    en: "'ignore' is about texts, and no key is text",
    fr: "« ignore » porte sur des textes, et aucune clé n’en est un")

  static func repeatedKey(_ name: String) -> Message {
    Message(en: "'\(name)' is a key already", fr: "« \(name) » est déjà une clé")
  }

  static func keyTypes(_ here: Field, _ there: Field) -> Message {
    Message(
      en:
        "'\(here.name)' is \(here.type.name) here and '\(there.name)' is \(there.type.name) there",
      fr: "« \(here.name) » est de type \(here.type.name) ici et « \(there.name) » de type "
        + "\(there.type.name) là-bas")
  }

  static let castFirst = Message(
    en: "make them of one type before, with the stage `cast`",
    fr: "donnez-leur d’abord le même type, avec l’étape `cast`")

  static let nothingTaken = Message(
    en: "a semi- or anti-join takes no fields",
    fr: "une jointure semi ou anti ne prend aucun champ")

  static func taken(_ name: String) -> Message {
    Message(
      en: "there is a field '\(name)' on this side already",
      fr: "il y a déjà un champ « \(name) » de ce côté")
  }

  static func takeAs(_ name: String) -> Message {
    Message(
      en: "name what to take, and rename it: `take: {\(name): other_name}`",
      fr: "nommez ce qu’il faut prendre, et renommez-le : `take: {\(name): autre_nom}`")
  }

  static let tooMany = Message(
    en: "more than 'unmatched' allows", fr: "plus que « unmatched » n’en permet")
}
