import StageKit
import Tabular

/// What the treatments of values have in common to say.
enum TreatmentMessages {
  static func shortKey(_ scope: String) -> Message {
    Message(
      en: "the key of scope '\(scope)' has fewer than 32 bytes: make a new one at random",
      fr: "la clé du domaine « \(scope) » a moins de 32 octets : tirez-en une nouvelle au hasard")
  }

  static let exactTypes = Message(
    en: "`cast` it to decimal before", fr: "convertissez-le d’abord en décimal par `cast`")

  static let emptyScope = Message(en: "a scope has a name", fr: "un domaine d’emploi a un nom")

  static let scope = Message(
    en: "Whose key is drawn on, as for pseudonyms: it is a secret, never written in a pipeline.",
    fr: "Le domaine dont la clé sert au tirage, comme pour les pseudonymes : c’est un secret, "
      + "jamais écrit dans un traitement.")

  static let person = Message(
    en: "The field that tells persons apart, or `row` where every row is a person.",
    fr: "Le champ qui distingue les personnes, ou `row` quand chaque ligne est une personne.")

  static func repeatedPerson(_ stage: String) -> OperatorError {
    OperatorError(
      Message(
        en: "\(stage): a person has several rows, so that classes of k rows may be of fewer "
          + "persons; aggregate to one row a person before",
        fr: "\(stage) : une personne a plusieurs lignes, et des classes de k lignes peuvent "
          + "être de moins de personnes ; agrégez d’abord à une ligne par personne"))
  }
}

extension Binding {
  /// The field that tells persons apart; nil for `row`. After a diagnostic, none at all.
  func person(_ node: SpecNode) throws -> Field? {
    if node.text == "row", input.field("row") == nil { return nil }
    return try require(field(node))
  }

  /// A scope's name; reports an empty one.
  func scope(_ node: SpecNode?) -> String {
    let scope = node?.text ?? ""
    if scope.isEmpty, let node {
      diagnostics.error("wrong-value", at: node.position, TreatmentMessages.emptyScope)
    }
    return scope
  }
}
