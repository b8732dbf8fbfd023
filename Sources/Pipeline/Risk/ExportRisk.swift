import Foundation
import Ingest
import Reports
import StageKit
import Tabular

/// The account of a research export's risk: what Québec's regulation and the GDPR ask to be written
/// down of an anonymisation. Figures of the export itself are of what whoever reads this holds;
/// those of the rows before are told only where they give away no small number of persons.
struct ExportRisk: Sendable {
  let file: String
  let rows: Int
  let question: RiskCount.Question
  let count: RiskCount
  /// In millionths.
  let threshold: Int
  let after: RiskTold
  /// Nil where no stage of the run hid persons in classes.
  let before: RiskTold?
  let account: ClassAccount?
  let least: Int
  /// Whether persons were counted by a field that does not leave.
  let hasHiddenPersons: Bool
  private let plan: Plan
  private let output: PlannedOutput
  private let facts: Facts
  private let governance: [Charter.Governance]

  /// A risk is high beyond one in five where the charter asks for no k, else beyond one in k.
  private static let usualThreshold = 200_000

  /// - Parameters:
  ///   - account: of the rows as they were before they were hidden.
  ///   - staged: the table as it will be published.
  ///   - persons: its quasi-identifiers with the persons who do not leave; nil for none.
  /// - Returns: nil for a table that shows no rows of persons to others.
  init?(
    _ plan: Plan, _ output: PlannedOutput, account: ClassAccount?, staged: StagedRows,
    persons: StagedRows?, _ resources: Resources
  ) throws {
    let facts = plan.nodes[output.node].facts
    guard output.showsPersons(facts) else { return nil }
    let question = RiskCount.Question(facts)
    guard !question.quasi.isEmpty else { return nil }
    self.question = question
    var count = try RiskCount(question, staged, resources)
    hasHiddenPersons = persons.map { $0.terms.names.dropLast() == question.quasi[...] } ?? false
    if hasHiddenPersons, let persons {
      let asked = RiskCount.Question(quasi: question.quasi, person: persons.terms.names.last)
      count.sizes = try RiskCount(asked, persons, resources).sizes
    }
    self.count = count
    (file, rows) = (SpecFiles.fileName(output.path), count.rows)
    (self.plan, self.output, self.facts, self.account) = (plan, output, facts, account)
    let k = output.audience.requires.k
    threshold = k.map { RiskShare.millionths(1, of: $0, .up) } ?? Self.usualThreshold
    least = output.audience.leastPersons
    after = RiskTold(RiskFigures(count.sizes, threshold: threshold, fraction: 1))
    let (threshold, least) = (threshold, least)
    before = account.map {
      RiskTold(RiskFigures($0.before, threshold: threshold, fraction: 1), least: least)
    }
    governance = plan.ancestors(of: output).compactMap { node in
      if case .source(let source) = node.work { source.governance } else { nil }
    }
  }

  /// Rows left out; nil where they are too few to be told.
  var suppressed: Int? {
    account.flatMap { (1..<least).contains($0.suppressed) ? nil : $0.suppressed }
  }

  /// What the governance entries of its sources say under a key, each once.
  func said(_ key: String) -> [String] {
    var found: [String] = []
    for entry in governance {
      for field in entry.fields where field.key == key && !found.contains(field.value) {
        found.append(field.value)
      }
    }
    return found
  }

  /// By field: the treatments on its way, with their options.
  var techniques: [(field: String, treatments: [String])] {
    let ways = TreatmentWays(plan)
    return facts.fields.map { ($0.name, ways.treatments(of: $0.name, at: output.node)) }
      .filter { !$0.1.isEmpty }
  }

  var guarantees: [String] { facts.guarantees.map { $0.told("=") }.sorted() }

  var criteria: [RiskCriterion] { RiskCriterion.all(count, question) }

  var supervisor: String? { plan.charter.anonymisation.supervisor }

  var assessedUntil: String? { plan.charter.anonymisation.assessedUntil.map(Day.text) }

  var purpose: String? { plan.purpose }

  var audience: String { output.audience.name }

  var title: Message { output.description.title ?? Message(en: output.name, fr: output.name) }
}

extension RiskCount.Question {
  /// What is known of a table: classes as they are guaranteed, or else its quasi-identifiers.
  init(_ facts: Facts) {
    let anonymity = facts.guarantees.compactMap {
      if case .anonymity(let anonymity) = $0 { anonymity } else { nil }
    }.max { ($0.quasi.count, $0.k) < ($1.quasi.count, $1.k) }
    func names(_ wanted: PrivacyClass) -> [String] {
      facts.fields.filter { $0.privacy.sortedClasses.contains(wanted) }.map(\.name)
    }
    let promised = anonymity.map { one in facts.names.filter(one.quasi.contains) } ?? []
    quasi = promised.isEmpty ? names(.quasi) : promised
    let pseudonyms = names(.pseudonym)
    let person = anonymity == nil && pseudonyms.count == 1 ? pseudonyms[0] : anonymity?.person
    let known = person.flatMap { facts.index(of: $0) == nil ? nil : $0 }
    self.person = known
    let taken = Set(quasi)
    let spread = anonymity.map { Set($0.spreads.keys) } ?? []
    sensitive = facts.fields.map(\.name).filter { name in
      (spread.contains(name) || names(.sensitive).contains(name)) && !taken.contains(name)
        && name != known
    }
  }
}

extension SpecFiles {
  /// The last part of a path.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

// MARK: For machines

extension ExportRisk: Encodable {
  private enum Keys: String, CodingKey {
    case octroi, file, rows, audience, purposes, guarantees, quasi, person, threshold, before
    case after, suppressed, rowsFewerThan, informationLost, attributes, criteria, techniques
    case responsible, assessedUntil, dates, legalBasis
    case controller, dpo, supervisor, contact, field, share, treatments
  }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Keys.self)
    try box.encode(1, forKey: .octroi)
    try box.encode(file, forKey: .file)
    try box.encode(rows, forKey: .rows)
    try box.encode(audience, forKey: .audience)
    try box.encode(purpose.map { [$0] } ?? [], forKey: .purposes)
    try box.encode(said("legal_basis"), forKey: .legalBasis)
    try box.encode(guarantees, forKey: .guarantees)
    try box.encode(question.quasi, forKey: .quasi)
    try box.encode(question.person ?? (hasHiddenPersons ? "hidden" : "row"), forKey: .person)
    try box.encode(RiskTold.number(threshold), forKey: .threshold)
    try box.encodeIfPresent(before, forKey: .before)
    try box.encode(after, forKey: .after)
    if account != nil {
      if let suppressed {
        try box.encode(suppressed, forKey: .suppressed)
      } else {
        var few = box.nestedContainer(keyedBy: Keys.self, forKey: .suppressed)
        try few.encode(least, forKey: .rowsFewerThan)
      }
    }
    var losses = box.nestedUnkeyedContainer(forKey: .informationLost)
    for loss in account?.losses ?? [] {
      var one = losses.nestedContainer(keyedBy: Keys.self)
      try one.encode(loss.field, forKey: .field)
      try one.encode(RiskTold.number((loss.millionths + 500) / 1000 * 1000), forKey: .share)
    }
    try box.encode(
      count.attributes.map { RiskAttributes($0, rows: count.rows) }, forKey: .attributes)
    try box.encode(criteria, forKey: .criteria)
    var techniques = box.nestedUnkeyedContainer(forKey: .techniques)
    for (field, treatments) in self.techniques {
      var one = techniques.nestedContainer(keyedBy: Keys.self)
      try one.encode(field, forKey: .field)
      try one.encode(treatments, forKey: .treatments)
    }
    var who = box.nestedContainer(keyedBy: Keys.self, forKey: .responsible)
    try who.encode(said("controller"), forKey: .controller)
    try who.encode(said("dpo"), forKey: .dpo)
    try who.encode(said("contact"), forKey: .contact)
    try who.encodeIfPresent(supervisor, forKey: .supervisor)
    try box.encodeIfPresent(assessedUntil, forKey: .assessedUntil)
    try box.encode(Self.dates.en, forKey: .dates)
  }

  /// The bytes of `risk.json`.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [10]
  }

  static let dates = Message(
    en: "When it was made is in the city's ledger (octroi runs), not in this file: the same rows "
      + "give the same bytes.",
    fr: "La date de production est dans le registre de la ville (octroi runs), non dans ce "
      + "fichier : les mêmes lignes donnent les mêmes octets.")
}
