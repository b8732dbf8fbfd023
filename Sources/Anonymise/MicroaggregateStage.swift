import StageKit
import Tabular

/// `microaggregate`: classes of like rows get their means.
public struct MicroaggregateStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "microaggregate", kind: .breaker,
    summary: Message(
      en: "Puts rows of like values into classes of k or more and gives each the class's means: "
        + "nobody's exact values remain, and no class is of fewer than k.",
      fr: "Réunit des lignes de valeurs proches par classes de k ou plus et donne à chacune les "
        + "moyennes de la classe : plus de valeurs exactes, et aucune classe de moins de k."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(
          en: "Numbers or dates: of one, neighbours in order make a class; of several, MDAV finds "
            + "rows near each other, each field counting in its standard deviations.",
          fr: "Nombres ou dates : avec un seul, des voisins dans l’ordre font une classe ; avec "
            + "plusieurs, MDAV réunit des lignes proches, chaque champ compté en écarts types.")),
      OptionDeclaration(
        "k", .integer(2...1_000_000), required: true,
        Message(en: "Rows in each class, at least.", fr: "Lignes par classe, au moins.")),
      OptionDeclaration(
        "within", .fields, default: "the whole table",
        Message(
          en: "Classes are of rows with equal values of these fields.",
          fr: "Les classes sont de lignes de mêmes valeurs de ces champs.")),
      OptionDeclaration("person", .field, required: true, TreatmentMessages.person),
    ],
    privacy: Message(
      en: "Classes stay; the table gets k-anonymity over the fields and those of `within`. Rows "
        + "with an empty value, and groups of fewer than k, leave.",
      fr: "Les classes restent ; la table obtient le k-anonymat sur les champs et ceux de "
        + "`within`. Les lignes à valeur vide et les groupes de moins de k partent."),
    promise: StagePromise(
      guarantee: Message(
        en: "k-anonymity over the fields and those of `within`.",
        fr: "k-anonymat sur les champs et ceux de `within`."),
      assumes: Message(
        en: "`person` tells persons apart, each in one row, and nobody knows other fields of "
          + "the table to link with.",
        fr: "`person` distingue les personnes, chacune sur une ligne, et nul ne connaît "
          + "d’autres champs de la table pour recouper."),
      leaves: Message(
        en: "Other fields; what a whole class has in common; the values of a dense class, which "
          + "a mean is near.",
        fr: "Les autres champs ; ce qu’une classe entière a en commun ; les valeurs d’une "
          + "classe dense, dont une moyenne est proche.")),
    ways: [
      (
        Microaggregation.way,
        Message(
          en: "rows with an empty value, or in a group of fewer than k",
          fr: "lignes à valeur vide, ou d’un groupe de moins de k")
      )
    ],
    example: "microaggregate: {fields: age, k: 3, within: quartier, person: row}")

  public let output: Facts
  private let fields: [Field]
  private let columns: [Int]
  private let within: [Field]
  private let k: Int
  private let person: Field?
  private let input: Facts

  public init(_ options: Options, _ binding: Binding) throws {
    let input = binding.input
    let node = try binding.require(options["fields"])
    let fields = binding.fields(node)
    for (field, place) in zip(fields, node.items ?? [node]) {
      binding.isOfType(
        field, ExactNumbers.types, at: place.position, remedy: TreatmentMessages.exactTypes)
    }
    let within = options["within"].map { binding.fields($0) } ?? []
    let person = try binding.person(try binding.require(options["person"]))
    for fixed in within + [person].compactMap({ $0 })
    where fields.contains(where: { $0.name == fixed.name }) {
      binding.diagnostics.error("wrong-value", at: node.position, Self.both(fixed.name))
    }
    k = options["k"]?.integer ?? 2
    try binding.settle()
    (self.fields, self.within, self.person, self.input) = (fields, within, person, input)
    columns = fields.compactMap { input.index(of: $0.name) }
    var facts = input.afterChoice(reading: .none)
    for field in fields {
      var mean = field
      (mean.counts, mean.amount, mean.nullable) = (nil, nil, false)
      facts = facts.setting(mean)
    }
    facts.guarantees.insert(
      .anonymity(
        Anonymity(
          k: k, quasi: Set(fields.map(\.name) + within.map(\.name)), person: person?.name)))
    output = facts
  }

  private var reads: [Field] { fields + within + [person].compactMap { $0 } }

  public var treatedFields: [String] { fields.map(\.name) }

  /// All of it: which rows leave depends on the fields.
  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(reads.map(\.name)) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let read = Set(reads.compactMap { input.index(of: $0.name) })
    return .breaker(
      SolvedRows("microaggregate", reads: read) { [self] batches in try solve(batches) })
  }

  private func solve(_ batches: [Batch]) throws -> SolvedRows.Solution {
    guard !batches.isEmpty else { return .init([:]) }
    if let person, let column = input.index(of: person.name) {
      var persons = RowNumbers([person.type])
      var rows = 0
      for batch in batches {
        _ = try persons.assign([batch.columns[column]], rows: batch.rowCount)
        rows += batch.rowCount
      }
      guard persons.count == rows else {
        throw TreatmentMessages.repeatedPerson("microaggregate")
      }
    }
    let scales = columns.map { column in
      ExactNumbers.scale(batches.map { $0.columns[column] })
    }
    let values = try zip(columns, scales).map { column, scale in
      try batches.flatMap { try ExactNumbers.units($0.columns[column], scale: scale) }
    }
    let groups = try RowNumbers.all(batches, within.compactMap { input.index(of: $0.name) })
    let result = try Microaggregation(values, groups: groups, k: k)
    var solution = SolvedRows.Solution([:], way: Microaggregation.way)
    var start = 0
    for batch in batches {
      let rows = start..<(start + batch.rowCount)
      start = rows.upperBound
      solution.leaving.append(Array(result.isLeft[rows]))
      for (place, column) in columns.enumerated() {
        let means = try ExactNumbers.column(
          result.means[place][rows], fields[place].type, scale: scales[place])
        solution.columns[column, default: []].append(means)
      }
    }
    return solution
  }

  private static func both(_ name: String) -> Message {
    Message(
      en: "'\(name)' is averaged, and cannot be in 'within' or 'person' too",
      fr: "« \(name) » est moyenné, et ne peut être aussi dans « within » ou « person »")
  }
}
