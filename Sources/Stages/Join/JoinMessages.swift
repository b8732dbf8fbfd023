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

  /// A key without match.
  struct Example {
    let key: String
    let count: Int
    let nearest: String?

    var message: Message {
      Message(
        en: "'\(key)' (\(count)\(nearest.map { ", nearest: '\($0)'" } ?? ""))",
        fr: "« \(key) » (\(count)\(nearest.map { ", le plus proche : « \($0) »" } ?? ""))")
    }
  }

  /// - Parameter examples: nil where the key is personal.
  static func unmatched(
    _ lost: Int, of rows: Int, in table: String, empty: Int, examples: [Example]?
  ) -> Message {
    var en = "\(lost) of \(rows) row\(rows == 1 ? "" : "s") found no match in '\(table)'"
    var fr = "\(lost) ligne\(lost > 1 ? "s" : "") sur \(rows) sans correspondance dans "
    fr += "« \(table) »"
    if empty > 0 {
      en += ", \(empty) of them with an empty key"
      fr += ", dont \(empty) à clé vide"
    }
    guard let examples else {
      return Message(
        en: en + "; the keys are personal and not shown",
        fr: fr + " ; les clés sont personnelles et ne sont pas montrées")
    }
    guard !examples.isEmpty else { return Message(en: en, fr: fr) }
    let list = examples.map(\.message)
    return Message(
      en: en + "; most often " + list.map(\.en).joined(separator: ", "),
      fr: fr + " ; le plus souvent " + list.map(\.fr).joined(separator: ", "))
  }

  static func tooMany(_ text: Message) -> Message {
    Message(
      en: text.en + ": more than 'unmatched' allows",
      fr: text.fr + " : plus que « unmatched » n’en permet")
  }
}
