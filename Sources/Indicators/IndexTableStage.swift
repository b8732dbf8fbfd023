import StageKit
import Tabular

/// One table of an index, worked out from what was gathered.
struct IndexTableStage: Stage, MethodTold {
  static let declaration = StageDeclaration(
    name: "index_table", kind: .breaker,
    summary: Message(
      en: "Computes a table of an index.", fr: "Calcule une table d’un indice."),
    options: GatherStage.declaration.options + [
      OptionDeclaration(
        "table", .choice(IndexTables.all.map { $0.name }), required: true,
        Message(en: "Which table.", fr: "Quelle table."))
    ],
    privacy: Message(
      en: "A score carries the classes of all that it is computed from.",
      fr: "Une note porte les classes de tout ce dont elle est calculée."),
    ways: [
      (RowWay.folded, Message(en: "told of all units together", fr: "dites de toutes ensemble")),
      (RowWay.unpivoted, Message(en: "a unit's further rows", fr: "les autres lignes d’une unité")),
    ],
    example: "index_table: {}")

  let output: Facts
  private let input: Facts
  private let spec: IndexSpec
  private let table: any IndexTable.Type

  init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    spec = try IndexSpec(
      options["name"]?.text ?? "", try binding.require(options["index"]), binding)
    let name = options["table"]?.text
    table = try binding.require(IndexTables.all.first { $0.name == name })
    // What authors have named has the titles that they gave it.
    let named = Set(spec.tree.nodes.dropFirst().map(\.name) + spec.unitNames)
    let fields = table.fields(IndexFields(spec: spec, input: input)).map {
      named.contains($0.name) ? $0 : IndexWords.titled($0)
    }
    for (place, field) in fields.enumerated()
    where fields[..<place].contains(where: { $0.name == field.name }) {
      binding.diagnostics.error(
        "field-exists", at: options.position,
        IndexMessages.columnTaken(field.name, "\(options["name"]?.text ?? "").\(table.name)"),
        remedy: IndexMessages.renameBefore)
    }
    try binding.settle()
    var facts = input.replacingFields(fields)
    facts.order = []
    // Of several rows a unit, or none, counting counts no units.
    output = table.isOfUnits ? facts : facts.repeatingRows()
  }

  var methodTold: [Message] { MethodSentences(spec: spec).all }

  func needs(_ wanted: Set<String>) -> Set<String> { Set(input.names) }

  func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      IndexRows(spec: spec, input: input, output: output, table: table, context: context))
  }
}

/// The rows of one table.
private struct IndexRows: Breaker {
  let spec: IndexSpec
  let input: Facts
  let output: Facts
  let table: any IndexTable.Type
  let context: StageContext

  func makeWorker(_ resources: Resources) -> any BreakerWorker { Collect().makeWorker(resources) }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let batches = try Collect().held(workers).all(resources, for: "indicators")
    let work = try IndexWork(spec, input, batches, resources, wanted: context.wanted)
    work.remarks.forEach(context.remark)
    let columns = try table.columns(work)
    let (before, after) = (work.solution.units.count, columns.first?.count ?? 0)
    tally.rowsIn += before
    tally.rowsOut += after
    if after < before { tally.left[RowWay.folded] = before - after }
    if after > before { tally.made[RowWay.unpivoted] = after - before }
    return HeldBatches(try Cells.batches(columns, output.fields.map(\.type))).source()
  }
}
