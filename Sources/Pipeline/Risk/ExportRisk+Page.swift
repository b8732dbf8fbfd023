import StageKit
import Tabular

/// The account as a page.
extension ExportRisk {
  func page(_ language: Language) -> String {
    BundleText.html(pieces(language), title: heading.text(language), language)
  }

  private var heading: Message {
    Message(en: "\(title.en) – risk of persons", fr: "\(title.fr) – risque des personnes")
  }

  /// Before and after, measure by measure; for the page of a run, too.
  func told(_ language: Language) -> (columns: [String], rows: [[String]]) {
    let now = after.measures(threshold: threshold, language)
    guard let then = before?.measures(threshold: threshold, language) else {
      return (
        [RiskWords.measure, RiskWords.after].map { $0.text(language) },
        now.map { [$0.name.text(language), $0.value] }
      )
    }
    return (
      [RiskWords.measure, RiskWords.before, RiskWords.after].map { $0.text(language) },
      zip(then, now).map { [$0.name.text(language), $0.value, $1.value] }
    )
  }

  private func measures(_ language: Language) -> BundlePiece {
    let (columns, rows) = told(language)
    return .table(
      caption: RiskWords.measures.text(language), columns: columns,
      numbers: Set(columns.indices.dropFirst()), rows: rows)
  }

  private func pieces(_ language: Language) -> [BundlePiece] {
    func say(_ message: Message) -> String { message.text(language) }
    var pieces: [BundlePiece] = [
      .heading(1, say(heading)), .paragraph(say(basis)), measures(language),
      .paragraph(say(Self.reading)), histogram(after, RiskWords.after, language),
    ]
    if let before { pieces.append(histogram(before, RiskWords.before, language)) }
    pieces += loss(language)
    if !count.attributes.isEmpty {
      pieces.append(.heading(2, say(RiskWords.attributes)))
      pieces.append(RiskAttributes.table(count.attributes, rows: rows, language))
    }
    pieces += [
      .heading(2, say(RiskWords.criteria)), .list(criteria.map { say($0.sentence) }),
      .heading(2, say(Message(en: "Techniques", fr: "Techniques"))),
      .list(guarantees),
      .list(techniques.map { "\($0.field) – " + $0.treatments.joined(separator: " → ") }),
      .heading(2, say(Message(en: "Who answers for it", fr: "Qui en répond"))),
      responsible(language), .paragraph(say(Self.dates)),
    ]
    return pieces
  }

  private var basis: Message {
    let quasi = question.quasi.joined(separator: ", ")
    let who = question.person
    let rows =
      hasHiddenPersons
      ? Message(
        en: "persons were told apart by a field that did not leave",
        fr: "les personnes ont été distinguées par un champ qui n’est pas sorti")
      : Message(
        en: "each row is taken for a person", fr: "chaque ligne est prise pour une personne")
    return Message(
      en: "Assumes that an attacker knows \(quasi) of a person and nothing else; "
        + (who.map { "persons are told apart by \($0)" } ?? rows.en)
        + "; the persons of the table are taken for its whole population, which errs towards more "
        + "risk.",
      fr: "Suppose qu’un attaquant connaît \(quasi) d’une personne et rien d’autre ; "
        + (who.map { "les personnes se distinguent par \($0)" } ?? rows.fr)
        + " ; les personnes de la table sont prises pour toute sa population, ce qui majore le "
        + "risque.")
  }

  private static let reading = Message(
    en: "Before: the rows as they were when they were to be hidden in classes. Counts of persons "
      + "that did not leave the city are told as shares, and not at all where they are small.",
    fr: "Avant : les lignes telles qu’elles étaient au moment d’être cachées dans des classes. Les "
      + "comptes de personnes qui ne sont pas sorties de la ville sont dits en parts, et pas du "
      + "tout s’ils sont petits.")

  private func histogram(
    _ told: RiskTold, _ when: Message, _ language: Language
  ) -> BundlePiece {
    let words = RiskWords(language)
    return .table(
      caption: "\(RiskWords.histogram.text(language)) – \(when.text(language))",
      columns: [RiskWords.bandSizes, RiskWords.shareOfPersons].map { $0.text(language) },
      numbers: [1],
      rows: told.bands.map { band in
        let share = RiskShare.millionths(band.persons, of: told.figures.persons)
        return [words.sizes(band.sizes), words.share(told.told(share))]
      })
  }

  private func loss(_ language: Language) -> [BundlePiece] {
    guard let account else { return [] }
    let words = RiskWords(language)
    let left =
      suppressed.map { words.count($0) }
      ?? Message(en: "fewer than \(least)", fr: "moins de \(least)").text(language)
    return [
      .heading(2, Message(en: "What was lost", fr: "Ce qui a été perdu").text(language)),
      .table(
        caption: Message(
          en: "Information lost by field, of all that it told", fr: "Information perdue par champ"
        ).text(language),
        columns: [
          RiskWords.field.text(language), Message(en: "Lost", fr: "Perdue").text(language),
        ], numbers: [1], rows: account.losses.map { [$0.field, words.share($0.millionths)] }),
      .paragraph(
        Message(en: "Rows left out: \(left).", fr: "Lignes écartées : \(left).").text(language)),
    ]
  }

  private func responsible(_ language: Language) -> BundlePiece {
    func say(en: String, fr: String) -> String { language == .fr ? fr : en }
    let rows = [
      [say(en: "Purpose", fr: "Finalité"), purpose ?? "–"],
      [say(en: "Audience", fr: "Public"), audience],
      [
        say(en: "Controller", fr: "Responsable du traitement"),
        said("controller").joined(separator: ", "),
      ],
      [
        say(en: "Data protection officer", fr: "Délégué à la protection des données"),
        said("dpo").joined(separator: ", "),
      ],
      [
        say(en: "Supervises the anonymisation", fr: "Supervise l’anonymisation"),
        supervisor ?? "–",
      ],
      [say(en: "Contact", fr: "Contact"), said("contact").joined(separator: ", ")],
      [say(en: "To be assessed again after", fr: "À réévaluer après le"), assessedUntil ?? "–"],
    ]
    return .table(
      caption: say(en: "Responsibilities", fr: "Responsabilités"),
      columns: [say(en: "What", fr: "Quoi"), say(en: "Who", fr: "Qui")], numbers: [], rows: rows)
  }
}
