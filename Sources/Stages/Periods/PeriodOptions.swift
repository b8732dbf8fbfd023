import StageKit
import Tabular

/// What stages over periods have in common: groups, the period of a row, measures, and from when to
/// when the data are complete.
struct PeriodOptions: Sendable {
  let input: Facts
  let by: [String]
  let period: Field
  let unit: PeriodUnit
  let measures: [Field]
  /// First and last day of which all data are there.
  let since: Int?
  let through: Int

  static let declarations = [
    OptionDeclaration(
      "by", .fields,
      Message(
        en: "The fields whose equal values make a series; without them all rows are one.",
        fr: "Les champs dont les valeurs égales font une série ; sans eux, toutes les lignes en "
          + "font une.")),
    OptionDeclaration(
      "period", .field, required: true,
      Message(
        en: "A date in the row's period, such as its first day; each period once a series.",
        fr: "Une date de la période de la ligne, comme son premier jour ; chaque période une fois "
          + "par série.")),
    OptionDeclaration(
      "unit", .choice(PeriodUnit.allCases.map(\.rawValue)), required: true,
      Message(
        en: "What a period is; weeks are those of ISO 8601.",
        fr: "Ce qu’est une période ; les semaines sont celles d’ISO 8601.")),
    OptionDeclaration(
      "measures", .fields, required: true,
      Message(
        en: "Whole or decimal numbers.", fr: "Des nombres entiers ou décimaux.")),
    OptionDeclaration(
      "through", .expression, required: true,
      Message(
        en: "The last day of which all data are there, such as `:jour`: a period that ends later "
          + "is incomplete.",
        fr:
          "Le dernier jour dont toutes les données sont là, comme `:jour` : une période qui finit "
          + "après est incomplète.")),
    OptionDeclaration(
      "since", .expression,
      Message(
        en: "The first such day: a period that begins earlier is incomplete.",
        fr: "Le premier jour dans ce cas : une période qui commence avant est incomplète.")),
  ]

  /// - Throws: `StageRejected` after diagnostics.
  init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    by = options["by"].map { binding.fields($0).map(\.name) } ?? []
    let place = try binding.require(options["period"])
    let period = binding.field(place)
    if let period { binding.isOfType(period, [.date], at: place.position) }
    let node = try binding.require(options["measures"])
    measures = binding.fields(node)
    for (field, item) in zip(measures, node.items ?? [node]) {
      Self.isExact(field, at: item.position, binding)
    }
    let end = options["through"].flatMap { Self.day($0, binding) }
    since = options["since"].flatMap { Self.day($0, binding) }
    try binding.settle()
    self.period = try binding.require(period)
    unit = try binding.require(options["unit"]?.text.flatMap(PeriodUnit.init))
    through = try binding.require(end)
  }

  /// Reports doubles, whose differences are no exact ones.
  static func isExact(_ field: Field, at position: SpecPosition, _ binding: Binding) {
    binding.isOfType(
      field, [.integer, .decimal], at: position,
      remedy: Message(
        en: "cast it to decimal, such as round(x, 2)",
        fr: "convertissez-le en decimal, comme round(x, 2)"))
  }

  private static func day(_ node: SpecNode, _ binding: Binding) -> Int? {
    guard let expression = binding.expression(node, expecting: .date) else { return nil }
    guard case .date(let days) = expression.constant else {
      binding.diagnostics.error(
        "not-constant", at: node.position,
        Message(en: "this must be a constant date", fr: "ceci doit être une date constante"))
      return nil
    }
    return Int(days)
  }

  /// Whether all data of a period are there.
  func isComplete(_ number: Int) -> Bool {
    unit.end(of: number) <= through && unit.start(of: number) >= since ?? Int.min
  }

  /// What computed fields carry: those of the measure and of its period.
  func privacy(_ measure: Field) -> Privacy { measure.privacy.union(period.privacy) }

  /// Fields that the stage reads whatever is wanted of it.
  var reads: Set<String> { Set(by + [period.name] + measures.map(\.name)) }

  /// Computed values stand in other rows than the groups they are of, so that a filter on the count
  /// that comes later does not reach them.
  func warnOfSmallGroups(at position: SpecPosition, _ binding: Binding) {
    guard input.isAboutPersons, !input.isMicrodata, input.guarantees.isEmpty else { return }
    binding.diagnostics.warning(
      "small-groups", at: position,
      Message(
        en: "values of small groups show in the rows of other periods",
        fr: "les valeurs de petits groupes apparaissent dans les lignes d’autres périodes"),
      remedy: Message(
        en: "filter on the count before, such as `filter: demandes >= 11`",
        fr: "filtrez d’abord sur l’effectif, comme `filter: demandes >= 11`"))
  }

  /// The input with fields appended, after a breaker.
  func output(_ computed: [Field], at position: SpecPosition) -> Facts {
    input.afterChoice(reading: .none).acrossRows(computed, at: position)
  }

  /// A breaker that appends computed columns.
  /// - Parameter solve: gives, for all rows in order, each computed column cut as the batches are.
  func breaker(
    _ name: String, _ computed: [Field], reads: Set<String>,
    _ solve: @escaping @Sendable ([Batch]) throws -> [[Column]]
  ) -> any Breaker {
    let width = input.fields.count
    let places =
      (0..<width).map { Arrange.Place.column($0) } + computed.map { .absent($0.type) }
    let positions = Set(reads.compactMap { input.index(of: $0) })
    let rows = SolvedRows(name, reads: positions) { batches in
      var columns: [Int: [Column]] = [:]
      for (index, pieces) in try solve(batches).enumerated() { columns[width + index] = pieces }
      return SolvedRows.Solution(columns)
    }
    return SurroundedBreaker(
      before: Arrange(places), rows, after: Arrange(places.indices.map { .column($0) }))
  }
}
