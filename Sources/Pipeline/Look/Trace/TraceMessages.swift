import Ingest
import Reports
import Tabular

/// The words of `trace`.
enum TraceMessages {
  static func unknownField(_ name: String, among names: [String]) -> Message {
    let near = Suggestion.nearest(to: name, among: names)
    return Message(
      en: "no source has a field '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "aucune source n’a de champ « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func source(_ name: String, matched: Int, followed: Int, read: Int) -> Message {
    let (en, fr) = (Typography.count(read, .en), Typography.count(read, .fr))
    if matched == 0 {
      return Message(
        en: "\(name): no row has this value (of \(en) records read)",
        fr: "\(name) : aucune ligne n’a cette valeur (sur \(fr) enregistrements lus)")
    }
    let part = followed < matched
    return Message(
      en: "\(name): \(matched) row(s) have this value, of \(en) records read"
        + (part ? "; the first \(followed) are followed" : ""),
      fr: "\(name) : \(matched) ligne(s) ont cette valeur, sur \(fr) enregistrements lus"
        + (part ? " ; les \(followed) premières sont suivies" : ""))
  }

  static func rejected(_ kind: RejectKind, column: String?, rule: String) -> Message {
    let field = column.map { "\($0), " } ?? ""
    return Message(
      en: "rejected at read: \(kind.message.en) (\(field)rule: \(rule))",
      fr: "rejetée à la lecture : \(kind.message.fr) (\(field)règle : \(rule))")
  }

  static func skipped(_ kind: SkipKind) -> Message {
    Message(
      en: "skipped at read, as no data: \(kind.rawValue)",
      fr: "omise à la lecture, n’étant pas une donnée : \(kind.rawValue)")
  }

  static func row(_ number: Int, _ source: String) -> Message {
    Message(en: "row \(number) of \(source)", fr: "ligne \(number) de \(source)")
  }

  static let kept = Message(en: "still here", fr: "toujours là")
  static let lost = Message(
    en: "cannot be followed through this stage",
    fr: "ne peut être suivie à travers cette opération")

  static func multiplied(_ count: Int) -> Message {
    Message(en: "becomes \(count) rows", fr: "devient \(count) lignes")
  }

  static func left(_ ways: [(id: String, meaning: Message?)]) -> Message {
    let list = { (text: (Message) -> String, or: String) in
      ways.map { way in way.meaning.map { "\(text($0)) (\(way.id))" } ?? way.id }
        .joined(separator: or)
    }
    return Message(
      en: "gone: \(list(\.en, " or "))", fr: "partie : \(list(\.fr, " ou "))")
  }

  static func grouped(_ list: String) -> Message {
    list.isEmpty
      ? Message(en: "goes into the one group", fr: "entre dans l’unique groupe")
      : Message(en: "goes into the group \(list)", fr: "entre dans le groupe \(list)")
  }

  static func side(_ table: String) -> Message {
    Message(
      en: "looked up here as a row of '\(table)', not followed further",
      fr: "consultée ici comme ligne de « \(table) », non suivie au-delà")
  }

  static let masked = Message(en: "masked", fr: "masqué")
  static let empty = Message(en: "(empty)", fr: "(vide)")
  static let changed = Message(en: "changed", fr: "changé")
  static let changes = Message(en: "changed: ", fr: "changés : ")
  static let added = Message(en: "new: ", fr: "nouveaux : ")
  static let removed = Message(en: "removed: ", fr: "ôtés : ")

  static func outputs(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(en: "reaches the output \(list)", fr: "atteint la sortie \(list)")
  }

  static let nowhere = Message(en: "reaches no output", fr: "n’atteint aucune sortie")

  static let inOthers = Message(
    en: "reaches no output itself, but as part of the rows that looked it up",
    fr: "n’atteint aucune sortie elle-même, mais par les lignes qui l’ont consultée")

  static func more(_ count: Int) -> Message {
    Message(
      en: "and \(count) more record(s) rejected or skipped",
      fr: "et \(count) autre(s) enregistrement(s) rejeté(s) ou omis")
  }

  static func warning(_ step: String, _ stage: String, _ message: Message) -> Message {
    Message(
      en: "a run would fail at \(step) / \(stage): \(message.en)",
      fr: "une exécution échouerait à \(step) / \(stage) : \(message.fr)")
  }
}
