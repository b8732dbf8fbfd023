import Tabular

/// What StageKit says to people.
enum StageKitMessages {
  static func unknownField(_ name: String, near: String?) -> Message {
    Message(
      en: "unknown field '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "champ inconnu « \(name) »" + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func fieldsAre(_ names: [String]) -> Message {
    let list = names.prefix(40).joined(separator: ", ") + (names.count > 40 ? ", …" : "")
    return Message(en: "the fields here are: \(list)", fr: "les champs sont ici : \(list)")
  }

  static func repeatedField(_ name: String) -> Message {
    Message(en: "field '\(name)' is named twice", fr: "le champ « \(name) » est nommé deux fois")
  }

  static func unknownTable(_ name: String, near: String?) -> Message {
    Message(
      en: "no step or source is called '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "aucune étape ni source ne s’appelle « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func unknownOption(_ name: String, of owner: String, near: String?) -> Message {
    Message(
      en: "unknown key '\(name)' in \(owner)" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "clé inconnue « \(name) » dans \(owner)"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func optionsAre(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(en: "the keys here are: \(list)", fr: "les clés sont ici : \(list)")
  }

  static func missingOption(_ name: String, of owner: String) -> Message {
    Message(
      en: "\(owner) needs '\(name)'", fr: "\(owner) : il manque « \(name) »")
  }

  static func wrongShape(_ name: String, expected: Message) -> Message {
    Message(
      en: "'\(name)' should be \(expected.en)", fr: "« \(name) » devrait être \(expected.fr)")
  }
}
