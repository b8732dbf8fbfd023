import StageKit
import Tabular

/// The table of those among whom persons are to be hidden, as the stage was told of it.
struct PopulationPlan: Sendable {
  let rule: PopulationRule
  let table: String
  /// Of the table: the quasi-identifiers and the field that counts persons.
  let fields: Set<String>
  /// Fields that the choice of levels now depends on.
  let privacy: Privacy
  private let texts: ComputedFields
  /// By quasi-identifier.
  private let columns: [Int]
  private let count: Int?

  /// - Returns: nil after diagnostics.
  init?(_ node: SpecNode, _ quasi: [KAnonymiseBinding.Quasi], _ binding: Binding) {
    func millionths(_ name: String) -> Int? {
      node[name]?.number.map { Int(($0 * 1_000_000).rounded()) }
    }
    rule = PopulationRule(
      persons: node["k_map"]?.integer, least: millionths("presence_at_least") ?? 0,
      most: millionths("presence_at_most"))
    if rule == PopulationRule() {
      binding.diagnostics.error("missing-key", at: node.position, Self.nothingAsked)
    }
    guard let tableNode = node["table"], let facts = binding.table(tableNode) else { return nil }
    table = tableNode.text ?? ""
    var texts = ComputedFields(of: facts)
    var (names, privacies): ([String], [Privacy]) = ([], [])
    for one in quasi {
      guard let field = facts.field(one.field.name) else {
        binding.diagnostics.error(
          "unknown-field", at: tableNode.position, Self.lacks(one.field.name, table))
        continue
      }
      KAnonymiseBinding.set(field, named: field.name, at: one.node, in: &texts, binding)
      names.append(field.name)
      privacies.append(field.privacy)
    }
    var count: Int?
    if let counter = node["count"], let field = binding.field(counter, in: facts) {
      if field.type != .integer || names.contains(field.name) {
        binding.diagnostics.error("wrong-type", at: counter.position, Self.noCount(field.name))
      }
      count = facts.index(of: field.name)
      names.append(field.name)
      privacies.append(field.privacy)
    }
    (self.texts, self.count, fields) = (texts, count, Set(names))
    columns = quasi.compactMap { texts.facts.index(of: $0.field.name) }
    privacy = Privacy.union(privacies)
  }

  var bounds: Set<Anonymity.PopulationBound> {
    var bounds: Set<Anonymity.PopulationBound> = []
    if let persons = rule.persons { bounds.insert(.map(persons)) }
    if rule.least > 0 || rule.most != nil {
      bounds.insert(.presence(least: rule.least, most: rule.most ?? 1_000_000))
    }
    return bounds
  }

  /// The population by tuple of quasi-identifiers.
  /// - Throws: `OperatorError` when hierarchies lack its values, or it counts less than nobody.
  func population(
    _ batches: [Batch], _ quasi: [AnonymisingBreaker.Quasi]
  ) throws -> Population {
    let worker = texts.rowOperator.makeWorker()
    var (table, persons) = (TupleTable(), [Int]())
    for batch in batches {
      let batch = try worker.process(batch)
      var keys = [UInt64](repeating: 0, count: batch.rowCount)
      for (index, column) in columns.enumerated() where quasi.indices.contains(index) {
        let numbers = quasi[index].leaves.numbers(batch.columns[column], rows: keys.count)
        let lost = numbers.count { $0 == LeafNumbers.unknown }
        if lost > 0 { throw Self.unknown(quasi[index].name, table: self.table, lost) }
        for row in keys.indices {
          keys[row] |= UInt64(UInt32(bitPattern: numbers[row])) << UInt64(quasi[index].shift)
        }
      }
      for (row, key) in keys.enumerated() {
        let found = try number(batch, row)
        let place = table.number(key)
        if place == persons.count { persons.append(0) }
        let (sum, isTooMany) = persons[place].addingReportingOverflow(found)
        if isTooMany || sum > 1 << 53 { throw Self.noNumber(self.table) }
        persons[place] = sum
      }
    }
    return Population(keys: table.keys, persons: persons)
  }

  private func number(_ batch: Batch, _ row: Int) throws -> Int {
    guard let count else { return 1 }
    switch batch.columns[count].value(row) {
    case .null: return 0
    case .integer(let number) where number >= 0: return Int(number)
    default: throw Self.noNumber(table)
    }
  }

  private static let nothingAsked = Message(
    en: "nothing is asked of the population: write `k_map`, `presence_at_most` or "
      + "`presence_at_least`",
    fr: "rien n’est demandé de la population : écrivez `k_map`, `presence_at_most` ou "
      + "`presence_at_least`")

  private static func lacks(_ field: String, _ table: String) -> Message {
    Message(
      en: "table '\(table)' has no field '\(field)', which is a quasi-identifier here",
      fr: "la table « \(table) » n’a pas de champ « \(field) », qui est ici un quasi-identifiant")
  }

  private static func noCount(_ field: String) -> Message {
    Message(
      en: "'\(field)' cannot count persons: a whole number that is no quasi-identifier can",
      fr: "« \(field) » ne peut compter des personnes : un entier qui n’est pas un "
        + "quasi-identifiant le peut")
  }

  private static func noNumber(_ table: String) -> OperatorError {
    OperatorError(
      Message(
        en: "the population '\(table)' has numbers of persons below 0, or too large",
        fr: "la population « \(table) » a des nombres de personnes négatifs, ou trop grands"))
  }

  private static func unknown(_ field: String, table: String, _ rows: Int) -> OperatorError {
    let s = rows == 1 ? "" : "s"
    return OperatorError(
      Message(
        en: "field '\(field)': the hierarchy lacks the values of \(rows) row\(s) of the population "
          + "'\(table)'; add them to it",
        fr: "champ « \(field) » : la hiérarchie n’a pas les valeurs de \(rows) ligne\(s) de la "
          + "population « \(table) » ; ajoutez-les-y"))
  }
}
