import Foundation
import Ingest
import Reports
import StageKit
import Tabular

/// The risk of persons in a file, for who holds it: figures of small numbers, for internal use.
public struct FileRisk: Sendable {
  /// What is asked about a file.
  public struct Question: Sendable {
    /// Columns that somebody may know of a person.
    public var quasi: [String]
    /// The column that tells persons apart; nil where each row is one.
    public var person: String?
    public var sensitive: [String]
    /// A risk beyond it is counted as high, 0 < threshold ≤ 1.
    public var threshold: Double
    /// The file's share of the population, 0 < fraction ≤ 1.
    public var fraction: Double
    /// Or the persons in the population, of which the file is a random sample.
    public var population: Int?

    public init(
      quasi: [String], person: String? = nil, sensitive: [String] = [], threshold: Double = 0.2,
      fraction: Double = 1, population: Int? = nil
    ) {
      self.population = population
      (self.quasi, self.person, self.sensitive) = (quasi, person, sensitive)
      (self.threshold, self.fraction) = (threshold, fraction)
    }
  }

  private let file: String
  private let question: Question
  private let counted: RiskCount.Question
  private let count: RiskCount
  private let rejected: Int
  private let told: RiskTold
  private let threshold: Int

  /// Reads a file; how it is written is detected.
  /// - Throws: `RunError`.
  package init(_ input: InputFile, _ question: Question, _ resources: Resources) throws {
    guard !question.quasi.isEmpty else { throw RiskMessages.noQuasi }
    for (share, name) in [
      (question.threshold, "--threshold"), (question.fraction, "--sampling-fraction"),
    ] where !(share > 0 && share <= 1) { throw RiskMessages.share(name) }
    let counted = RiskCount.Question(
      quasi: question.quasi, person: question.person, sensitive: question.sensitive)
    var named: Set<String> = []
    for name in question.quasi + question.sensitive + (question.person.map { [$0] } ?? [])
    where !named.insert(name).inserted { throw RiskMessages.twice(name) }
    do {
      (count, rejected) = try UndescribedTable.read(
        input, resources,
        wanted: { names in
          for name in named.sorted() where !names.contains(name) {
            let near = Suggestion.nearest(to: name, among: names)
            throw RiskMessages.unknownColumn(name, file: input.name, near: near, names)
          }
          return named
        },
        { table in
          let count = try RiskCount(counted, table.names, table.scan, resources)
          return (count, table.scan.report?.counts.rejected ?? 0)
        })
    } catch {
      throw RunError.explaining(error)
    }
    guard count.rows > 0 else { throw RiskMessages.empty }
    threshold = RiskShare.millionths(question.threshold)
    var question = question
    if let population = question.population {
      let persons = count.sizes.persons
      guard question.fraction == 1, population >= persons else {
        throw RiskMessages.population(persons)
      }
      question.fraction = Double(persons) / Double(population)
    }
    told = RiskTold(
      RiskFigures(count.sizes, threshold: threshold, fraction: question.fraction))
    (file, self.question, self.counted) = (input.name, question, counted)
  }

  // MARK: For people

  /// Lines for a terminal.
  public func text(_ language: Language) -> String {
    BundleText.plain(pieces(language), language)
  }

  /// A page that needs nothing else.
  public func page(_ language: Language) -> String {
    BundleText.html(pieces(language), title: title.text(language), language)
  }

  private var title: Message {
    Message(en: "Risk of persons in \(file)", fr: "Risque des personnes dans \(file)")
  }

  private func pieces(_ language: Language) -> [BundlePiece] {
    let words = RiskWords(language)
    func say(_ message: Message) -> String { message.text(language) }
    var pieces: [BundlePiece] = [.heading(1, say(title)), .paragraph(say(basis))]
    if rejected > 0 {
      pieces.append(
        .paragraph(
          say(
            Message(
              en: "Rows that could not be read, and are not counted: \(rejected).",
              fr: "Lignes illisibles, non comptées : \(rejected)."))))
    }
    pieces.append(
      .table(
        caption: say(RiskWords.measures), columns: [say(RiskWords.measure), say(RiskWords.value)],
        numbers: [1],
        rows: told.measures(threshold: threshold, language).map { [say($0.name), $0.value] }))
    pieces.append(
      .table(
        caption: say(RiskWords.histogram),
        columns: [
          say(RiskWords.bandSizes), say(RiskWords.classes), say(RiskWords.persons),
          say(RiskWords.shareOfPersons),
        ], numbers: [1, 2, 3],
        rows: told.bands.map { band in
          [
            words.sizes(band.sizes), words.count(band.classes), words.count(band.persons),
            words.share(RiskShare.millionths(band.persons, of: count.sizes.persons)),
          ]
        }))
    if !count.attributes.isEmpty {
      pieces.append(RiskAttributes.table(count.attributes, rows: count.rows, language))
    }
    pieces.append(.heading(2, say(RiskWords.criteria)))
    pieces.append(.list(RiskCriterion.all(count, counted).map { say($0.sentence) }))
    pieces.append(.paragraph(say(Self.use)))
    return pieces
  }

  private var basis: Message {
    let quasi = question.quasi.joined(separator: ", ")
    let who = question.person
    let share = question.fraction
    let table =
      if let population = question.population {
        Message(
          en: "the table is a random sample of a population of \(population) persons",
          fr: "la table est un échantillon aléatoire d’une population de \(population) personnes")
      } else if share < 1 {
        Message(
          en: "the table is a random sample of \(share) of its population",
          fr: "la table est un échantillon aléatoire de \(share) de sa population")
      } else {
        Message(
          en: "the table is its whole population", fr: "la table est toute sa population")
      }
    return Message(
      en: "Assumes that an attacker knows \(quasi) of a person and nothing else; "
        + (who.map { "persons are told apart by \($0)" } ?? "each row is a person")
        + "; \(table.en).",
      fr: "Suppose qu’un attaquant connaît \(quasi) d’une personne et rien d’autre ; "
        + (who.map { "les personnes se distinguent par \($0)" } ?? "chaque ligne est une personne")
        + " ; \(table.fr).")
  }

  private static let use = Message(
    en: "For internal use: small numbers may tell of single persons.",
    fr: "À usage interne : de petits nombres peuvent parler d’une seule personne.")

  // MARK: For machines

  private struct Report: Encodable {
    let file: String
    let rows: Int
    let rejected: Int
    let quasi: [String]
    let person: String
    let threshold: Double
    let samplingFraction: Double
    let risk: RiskTold
    let attributes: [RiskAttributes]
    let criteria: [RiskCriterion]
  }

  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let report = Report(
      file: file, rows: count.rows, rejected: rejected, quasi: question.quasi,
      person: question.person ?? "row", threshold: question.threshold,
      samplingFraction: question.fraction, risk: told,
      attributes: count.attributes.map { RiskAttributes($0, rows: count.rows) },
      criteria: RiskCriterion.all(count, counted))
    return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
  }
}

/// What is told of a sensitive field's values by class.
struct RiskAttributes: Encodable {
  let field: String
  let leastValues: Int
  let classesWithOneValue: Int
  let personsInThem: Int
  /// The probability of guessing a row's value right in its class.
  let highestGuess: Double
  let averageGuess: Double

  init(_ attribute: RiskCount.Attribute, rows: Int) {
    field = attribute.field
    leastValues = attribute.leastValues
    (classesWithOneValue, personsInThem) = (attribute.alikeClasses, attribute.alikePersons)
    highestGuess = RiskTold.number(attribute.highest)
    averageGuess = RiskTold.number(RiskShare.millionths(attribute.commonest, of: rows))
  }

  static func table(
    _ attributes: [RiskCount.Attribute], rows: Int, _ language: Language
  ) -> BundlePiece {
    let words = RiskWords(language)
    let columns = [
      RiskWords.field, RiskWords.leastValues, RiskWords.alikeClasses, RiskWords.alikePersons,
      RiskWords.highestGuess, RiskWords.averageGuess,
    ]
    return .table(
      caption: RiskWords.attributesCaption.text(language),
      columns: columns.map { $0.text(language) }, numbers: [1, 2, 3, 4, 5],
      rows: attributes.map { one in
        [
          one.field, words.count(one.leastValues), words.count(one.alikeClasses),
          words.count(one.alikePersons), words.share(one.highest),
          words.share(RiskShare.millionths(one.commonest, of: rows)),
        ]
      })
  }
}
