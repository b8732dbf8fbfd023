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
      en: "unknown key '\(name)' in '\(owner)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "clé inconnue « \(name) » dans « \(owner) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func optionsAre(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(en: "the keys here are: \(list)", fr: "les clés sont ici : \(list)")
  }

  static func missingOption(_ name: String, of owner: String) -> Message {
    Message(
      en: "'\(owner)' needs '\(name)'", fr: "« \(owner) » : il manque « \(name) »")
  }

  static func wrongShape(_ name: String, expected: Message) -> Message {
    Message(
      en: "'\(name)' should be \(expected.en)", fr: "« \(name) » devrait être \(expected.fr)")
  }

  static func fieldExists(_ name: String) -> Message {
    Message(
      en: "there is a field '\(name)' already", fr: "il y a déjà un champ « \(name) »")
  }

  static func notAName(_ name: String) -> Message {
    Message(en: "'\(name)' is not a name", fr: "« \(name) » n’est pas un nom")
  }

  static let nameRule = Message(
    en: "a name has letters, digits and _, and no digit first",
    fr: "un nom a des lettres, des chiffres et _, sans chiffre au début")

  static func wrongType(_ field: Field, _ types: [DataType]) -> Message {
    let (en, fr) = (
      types.map(\.name).joined(separator: " or "), types.map(\.name).joined(separator: " ou ")
    )
    return Message(
      en: "field '\(field.name)' is \(field.type.name), not \(en)",
      fr: "le champ « \(field.name) » est de type \(field.type.name) et non \(fr)")
  }

  static func notAValue(of type: DataType) -> Message {
    Message(
      en: "this is not a value of type \(type.name)",
      fr: "ceci n’est pas une valeur de type \(type.name)")
  }
}
