import StageKit
import Tabular

/// `window`: computes fields from neighbouring rows.
public struct WindowStage: Stage {
  public static let declaration = StageDeclaration(
    name: "window", kind: .breaker,
    summary: Message(
      en: "Computes fields from the rows around each row, group by group; the rows stay as they "
        + "are.",
      fr: "Calcule des champs d’après les lignes voisines, groupe par groupe ; les lignes restent "
        + "telles quelles."),
    options: [
      OptionDeclaration(
        "by", .fields,
        Message(
          en: "The fields whose equal values make a group; without them all rows are one.",
          fr: "Les champs dont les valeurs égales font un groupe ; sans eux, toutes les lignes en "
            + "font un.")),
      OptionDeclaration(
        "order", Ordering.type,
        Message(
          en: "The order of the rows within a group, as in `sort`; by default as they come.",
          fr: "L’ordre des lignes dans un groupe, comme dans `sort` ; par défaut, tel quel.")),
      OptionDeclaration(
        "measures", .map(keys: "name", .expression), required: true,
        Message(
          en: "New fields, each an expression that may use lag(x[, n]), lead(x[, n]), "
            + "difference(x[, n]), rolling_sum(x, n), rolling_mean(x, n), rolling_min(x, n), "
            + "rolling_max(x, n), cumulative_sum(x), rank(), dense_rank(), row_number() and "
            + "percent_of_total(x).",
          fr: "De nouveaux champs, chacun une expression qui peut employer lag(x[, n]), "
            + "lead(x[, n]), difference(x[, n]), rolling_sum(x, n), rolling_mean(x, n), "
            + "rolling_min(x, n), rolling_max(x, n), cumulative_sum(x), rank(), dense_rank(), "
            + "row_number() et percent_of_total(x).")),
    ],
    privacy: Message(
      en: "A new field carries the classes of all fields that it reads, and of those that the rows "
        + "are grouped and ordered by. k is void.",
      fr:
        "Un nouveau champ porte les classes de tous les champs qu’il lit, et de ceux qui groupent "
        + "et ordonnent les lignes. k est annulé."),
    example: """
      window:
        by: commune
        order: annee
        measures:
          avant: lag(population)
          evolution: population - lag(population)
      """)

  public let output: Facts
  private let plan: WindowPlan

  public init(_ options: Options, _ binding: Binding) throws {
    let by = options["by"].map { binding.fields($0).map(\.name) } ?? []
    let ordering = Ordering(options["order"], binding)
    try binding.settle()
    plan = WindowPlan(
      input: binding.input, by: by, ordering: ordering,
      measures: Self.measures(options["measures"]?.entries ?? [], by, ordering, binding))
    try binding.settle()
    output = binding.input.afterChoice(reading: .none).acrossRows(
      plan.measures.map(\.field), but: plan.ownRows, at: options.position)
  }

  private static func measures(
    _ entries: [SpecNode.Entry], _ by: [String], _ ordering: Ordering, _ binding: Binding
  ) -> [WindowMeasure] {
    var found: [WindowMeasure] = []
    for entry in entries {
      let isFree = binding.isNewName(
        entry.key, at: entry.keyPosition,
        among: binding.input.names + found.map(\.field.name))
      guard let measure = WindowMeasure(entry, by: by, ordering, binding), isFree else { continue }
      found.append(measure)
    }
    return found
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { plan.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(plan.breaker(wanted: context.wanted))
  }
}
