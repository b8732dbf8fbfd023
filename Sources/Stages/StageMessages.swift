import Tabular

/// What several stages say alike.
enum StageMessages {
  static let noFields = Message(
    en: "no field would be left", fr: "il ne resterait aucun champ")
}
