import Tabular

/// What those who look into a pipeline are told.
enum LookMessages {
  static func unknownStep(_ name: String, among names: [String]) -> Message {
    let near = Suggestion.nearest(to: name, among: names)
    return Message(
      en: "no step or source is called '\(name)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "aucune étape ni source ne s’appelle « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func unknownStage(_ step: String, count: Int) -> Message {
    count == 0
      ? Message(en: "'\(step)' has no stages", fr: "« \(step) » n’a pas d’opération")
      : Message(
        en: "'\(step)' has stages 1 to \(count)",
        fr: "« \(step) » a les opérations 1 à \(count)")
  }

  static func rows(_ count: Int, isWhole: Bool) -> Message {
    isWhole
      ? Message(en: "\(count) row(s), all there are", fr: "\(count) ligne(s), c’est tout")
      : Message(en: "\(count) row(s), more follow", fr: "\(count) ligne(s), il y en a d’autres")
  }

  static func masked(_ fields: [(name: String, word: Message)]) -> Message {
    let list = { (text: (Message) -> String) in
      fields.map { "\($0.name) (\(text($0.word)))" }.joined(separator: ", ")
    }
    return Message(en: "masked: \(list(\.en))", fr: "masqués : \(list(\.fr))")
  }
}
