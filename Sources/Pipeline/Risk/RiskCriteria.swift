import StageKit
import Tabular

/// The answer to one of the three criteria of the European data protection authorities' opinion
/// 05/2014, which Québec's regulation names, too.
struct RiskCriterion: Encodable {
  enum Kind: String, Encodable { case singlingOut = "singling_out", linkability, inference }

  /// Whether it can be done to somebody.
  enum Answer: String, Encodable { case yes, bounded, no, unknown }

  let criterion: Kind
  let answer: Answer
  let why: Message

  enum CodingKeys: String, CodingKey { case criterion, answer, fr, en }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(criterion, forKey: .criterion)
    try box.encode(answer, forKey: .answer)
    try box.encode(why.fr, forKey: .fr)
    try box.encode(why.en, forKey: .en)
  }

  var sentence: Message {
    let name =
      switch criterion {
      case .singlingOut: Message(en: "Singling out", fr: "Individualisation")
      case .linkability: Message(en: "Linkability", fr: "Corrélation")
      case .inference: Message(en: "Inference", fr: "Inférence")
      }
    return Message(
      en: "\(name.en) – \(word.en): \(why.en)", fr: "\(name.fr) – \(word.fr) : \(why.fr)")
  }

  private var word: Message {
    switch answer {
    case .yes: Message(en: "possible", fr: "possible")
    case .bounded: Message(en: "bounded", fr: "bornée")
    case .no: Message(en: "nothing was found", fr: "rien n’a été trouvé")
    case .unknown: Message(en: "not established", fr: "non établie")
    }
  }

  /// Of a table, by what was counted.
  static func all(_ count: RiskCount, _ question: RiskCount.Question) -> [RiskCriterion] {
    [singlingOut(count, question), linkability(count, question), inference(count, question)]
  }

  private static func singlingOut(
    _ count: RiskCount, _ question: RiskCount.Question
  ) -> RiskCriterion {
    let names = question.quasi.joined(separator: ", ")
    let (uniques, smallest) = (count.sizes.classes[1] ?? 0, count.sizes.classes.keys.min() ?? 0)
    if uniques > 0 {
      return RiskCriterion(
        criterion: .singlingOut, answer: .yes,
        why: Message(
          en: "persons (\(uniques)) are alone with their combination of \(names).",
          fr: "des personnes (\(uniques)) sont seules avec leur combinaison de \(names)."))
    }
    return RiskCriterion(
      criterion: .singlingOut, answer: .bounded,
      why: Message(
        en: "each combination of \(names) is of at least \(smallest) persons. It says nothing of "
          + "other knowledge.",
        fr: "chaque combinaison de \(names) est d’au moins \(smallest) personnes. Cela ne dit rien "
          + "d’autres connaissances."))
  }

  private static func linkability(
    _ count: RiskCount, _ question: RiskCount.Question
  ) -> RiskCriterion {
    if let person = question.person {
      return RiskCriterion(
        criterion: .linkability, answer: .yes,
        why: Message(
          en: "\(person) links the rows of one person, here and wherever else it stands; who knows "
            + "several combinations of a person may find it by all of them together.",
          fr: "\(person) relie les lignes d’une même personne, ici et partout où il figure ; qui "
            + "connaît plusieurs combinaisons d’une personne peut la trouver par leur réunion."))
    }
    let uniques = count.sizes.classes[1] ?? 0
    return RiskCriterion(
      criterion: .linkability, answer: uniques > 0 ? .yes : .bounded,
      why: uniques > 0
        ? Message(
          en: "rows (\(uniques)) have a combination of their own, which links them to other tables "
            + "with these fields.",
          fr:
            "des lignes (\(uniques)) ont une combinaison à elles, qui les relie à d’autres tables "
            + "ayant ces champs.")
        : Message(
          en: "no field links rows of one person, and no combination is of one row.",
          fr:
            "aucun champ ne relie les lignes d’une personne, aucune combinaison n’est d’une seule "
            + "ligne."))
  }

  private static func inference(
    _ count: RiskCount, _ question: RiskCount.Question
  ) -> RiskCriterion {
    if question.sensitive.isEmpty {
      return RiskCriterion(
        criterion: .inference, answer: .unknown,
        why: Message(
          en: "no sensitive field was named.", fr: "aucun champ sensible n’a été nommé."))
    }
    let alike = count.attributes.filter { $0.alikeClasses > 0 }.map(\.field)
    let names = alike.joined(separator: ", ")
    return RiskCriterion(
      criterion: .inference, answer: alike.isEmpty ? .bounded : .yes,
      why: alike.isEmpty
        ? Message(
          en: "in each class sensitive fields have several values; the surest guess is told above.",
          fr:
            "dans chaque classe les champs sensibles ont plusieurs valeurs ; la devinette la plus "
            + "sûre est dite ci-dessus.")
        : Message(
          en: "in some classes all persons have the same value of \(names).",
          fr: "dans certaines classes toutes les personnes ont la même valeur de \(names)."))
  }
}
