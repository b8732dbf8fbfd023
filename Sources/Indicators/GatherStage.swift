import StageKit
import Tabular

/// Gathers what an index is made of: for each unit (and period) the values of its indicators and
/// denominators, each from its own step, and where values are missing, why.
struct GatherStage: Stage, MissingData {
  static let declaration = StageDeclaration(
    name: "gather_indicators", kind: .breaker,
    summary: Message(
      en: "Gathers the values of an index's indicators, a row a unit.",
      fr: "Rassemble les valeurs des indicateurs d’un indice, une ligne par unité."),
    options: [
      OptionDeclaration("name", .text, required: true, Message(en: "Name.", fr: "Nom.")),
      OptionDeclaration(
        "index", .record(IndexDeclarations.index), required: true,
        Message(en: "The index.", fr: "L’indice.")),
    ],
    privacy: Message(
      en: "Each value keeps the classes of its field; what other tables give away, this one does.",
      fr: "Chaque valeur garde les classes de son champ ; ce que d’autres tables révèlent, "
        + "celle-ci le révèle."),
    ways: [
      (
        RowWay.completed,
        Message(en: "a unit's further periods", fr: "les autres périodes d’une unité")
      )
    ],
    example: "gather_indicators: {}")

  /// A column of values from a step.
  struct Source: Sendable {
    let name: String
    let measure: Indicator.Measure
    let status: String?
    /// Whether the step has values for each period.
    let hasPeriods: Bool
  }

  let spec: IndexSpec
  let output: Facts
  private let input: Facts
  private let sources: [Source]
  private let tables: [String: Facts]

  init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    spec = try IndexSpec(
      options["name"]?.text ?? "", try binding.require(options["index"]), binding)
    let measured = spec.tree.indicators.compactMap { indicator in
      indicator.measure.map { (indicator.name, $0) }
    }
    let period = spec.periods?.field
    sources = (measured + spec.denominators.map { ($0.name, $0.measure) }).map { name, measure in
      let facts = binding.tables[measure.table]
      let status = measure.field.name + "_status"
      return Source(
        name: name, measure: measure,
        status: facts?.field(status)?.type == .text ? status : nil,
        hasPeriods: period.map { facts?.field($0) != nil } ?? false)
    }
    let names = Set(sources.map(\.measure.table))
    tables = binding.tables.filter { names.contains($0.key) }
    output = Self.facts(spec, binding.input, sources, tables)
  }

  private static func facts(
    _ spec: IndexSpec, _ input: Facts, _ sources: [Source], _ tables: [String: Facts]
  ) -> Facts {
    let sides = tables.sorted { $0.key < $1.key }.map(\.value)
    let keys = sides.compactMap { $0.field(spec.units.key.name)?.privacy }
    let taint = Privacy.union(keys + sides.map(\.taint) + [spec.units.key.privacy])
    var facts = input.replacingFields(spec.units.fields).afterChoice(reading: taint)
    for side in sides { facts = facts.taking(from: side) }
    if let periods = spec.periods {
      facts.fields.append(Field(periods.field, periods.type, privacy: .none, nullable: false))
      facts = facts.repeatingRows()
    }
    for source in sources {
      var field = source.measure.field
      (field.name, field.nullable, field.counts) = (source.name, true, nil)
      facts.fields.append(field)
    }
    for source in sources {
      // That a value is missing tells of its field no more than an empty cell does.
      facts.fields.append(
        Field(
          source.name + "_status", .text, privacy: source.measure.field.privacy, nullable: false))
    }
    facts.order = []
    return facts
  }

  /// Indicators that no step gives.
  var missingData: [(title: Message, because: Message?)] {
    spec.tree.indicators.filter { $0.measure == nil }.map { indicator in
      (indicator.title ?? Message(en: indicator.name, fr: indicator.name), indicator.absence)
    }
  }

  func needs(_ wanted: Set<String>) -> Set<String> { Set(spec.units.fields.map(\.name)) }

  func sides(_ wanted: Set<String>) -> [SideNeed] {
    SideNeed.merged(
      sources.map { source in
        var fields: Set = [spec.units.key.name, source.measure.field.name]
        if let status = source.status { fields.insert(status) }
        if source.hasPeriods, let period = spec.periods?.field { fields.insert(period) }
        return SideNeed(table: source.measure.table, fields: fields)
      })
  }

  func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      GatheredUnits(
        spec: spec, input: input, output: output, sources: sources, tables: tables,
        context: context))
  }
}
