import Ingest
import StageKit
import Tabular

/// What the gate looks for in a table's cells.
package struct DetectorTerms: Sendable {
  let rules: DetectorRules
  /// Cells that were let through when the file was published; nil when it is only now being so.
  private(set) var published: Int?
  /// Columns whose classes do not say already that they name or stand for a person.
  let columns: [Int]
  let names: [String]

  init?(_ rules: DetectorRules?, _ facts: Facts) {
    guard let rules, !rules.kinds.isEmpty else { return nil }
    let columns = facts.fields.indices.filter { place in
      let field = facts.fields[place]
      let isTold = field.privacy.classes.keys.contains { $0 == .direct || $0 == .pseudonym }
      let isCount = field.counts != nil || field.isTally
      return !isTold && !isCount && (field.type == .text || field.type == .integer)
    }
    guard !columns.isEmpty else { return nil }
    (self.rules, self.columns, names) = (rules, columns, facts.names)
  }

  /// What a manifest says was looked for.
  init?(_ told: DetectorFinding?, names: [String]) {
    guard let told, let rules = DetectorRules(told) else { return nil }
    (self.rules, self.names, published) = (rules, names, told.hits)
    columns = told.fields.compactMap { names.firstIndex(of: $0) }
  }

  /// Numbers that look alike are told apart by looking for both.
  var watched: WatchedColumns {
    WatchedColumns(
      columns, of: names.count, rules.kinds.union([.siren, .siret, .ice]))
  }

  /// - Throws: `RunError` when a field holds more than the charter lets through.
  func judge(_ cells: WatchedCells, _ output: String) throws -> DetectorFinding {
    var refused: [(field: String, counts: [(Identifier, Int)])] = []
    var total = 0
    for (place, column) in columns.enumerated() {
      let field = names[column]
      let expected = rules.expected[field] ?? []
      let counts = rules.kinds.subtracting(expected).sorted().map { kind in
        (kind, found(kind, cells.columns[place], field))
      }.filter { $0.1 > 0 }
      let hits = counts.reduce(0) { $0 + $1.1 }
      total += hits
      if published == nil, !rules.atMost.allows(hits, of: cells.columns[place].cells) {
        refused.append((field, counts))
      }
      if published != nil, hits > 0 { refused.append((field, counts)) }
    }
    if let published, total <= published { refused = [] }
    guard refused.isEmpty else {
      throw RunError(
        .refused, RecountMessages.identifiers(output, refused),
        remedy: RecountMessages.identifiersRemedy)
    }
    let fields = columns.map { names[$0] }
    let expected = rules.expected.filter { fields.contains($0.key) }
      .mapValues { $0.sorted().map(\.rawValue) }
    return DetectorFinding(
      kinds: rules.kinds.sorted().map(\.rawValue), fields: fields,
      expected: expected.isEmpty ? nil : expected, hits: total)
  }

  /// Nine digits are a Canadian person's or a French business's: the field's name decides.
  private func found(_ kind: Identifier, _ cells: WatchedCells.Column, _ field: String) -> Int {
    guard kind == .sin else { return cells.found(kind) }
    let words = field.lowercased().split { !$0.isLetter }
    let isInsured = !Set(["nas", "sin", "ssn"]).isDisjoint(with: words.map(String.init))
    return cells.found(.sin) + (isInsured ? cells.found(.siren) : 0)
  }
}

/// What the gate's detectors were run on, and what they found and let through.
package struct DetectorFinding: Sendable, Hashable, Codable {
  package let kinds: [String]
  package let fields: [String]
  /// What fields held by right, and was not counted.
  package let expected: [String: [String]]?
  package let hits: Int

  /// For the account of what leaves.
  var sentence: Message {
    let found = kinds.compactMap(Identifier.init(rawValue:))
    let (en, fr) = (found.map(\.tag.en), found.map(\.tag.fr))
    return Message(
      en: "Detectors run over \(fields.joined(separator: ", ")) (\(en.joined(separator: ", "))): "
        + "hits \(hits). They find forms and check digits, not persons who are told otherwise.",
      fr: "Détecteurs passés sur \(fields.joined(separator: ", ")) (\(fr.joined(separator: ", "))) "
        + ": trouvés \(hits). Ils voient des formes et des clés de contrôle, pas les personnes "
        + "dites autrement.")
  }
}

extension DetectorRules {
  /// The rules that a manifest tells of; nil where it names kinds that are not known here.
  fileprivate init?(_ told: DetectorFinding) {
    let kinds = told.kinds.compactMap(Identifier.init(rawValue:))
    guard kinds.count == told.kinds.count else { return nil }
    self.init()
    self.kinds = Set(kinds)
    expected = (told.expected ?? [:]).mapValues { Set($0.compactMap(Identifier.init(rawValue:))) }
  }
}
