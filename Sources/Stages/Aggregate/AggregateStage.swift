import StageKit
import Tabular

/// `aggregate`: one row a group, with measures over its rows.
public struct AggregateStage: Stage {
  public static let declaration = StageDeclaration(
    name: "aggregate", kind: .breaker,
    summary: Message(
      en: "Gives one row for each group of rows, with measures; the groups come out in the order "
        + "of their keys.",
      fr: "Donne une ligne par groupe de lignes, avec des mesures ; les groupes sortent dans "
        + "l’ordre de leurs clés."),
    options: [
      OptionDeclaration(
        "by", .fields,
        Message(
          en: "The fields whose equal values make a group, empty ones too. Without them all rows "
            + "are one group.",
          fr: "Les champs dont les valeurs égales, même vides, font un groupe. Sans eux, toutes "
            + "les lignes en font un.")),
      OptionDeclaration(
        "measures",
        .map(
          keys: "name",
          .either([
            .measure,
            .record([
              OptionDeclaration(
                "value", .measure, required: true,
                Message(en: "The measure.", fr: "La mesure.")),
              OptionDeclaration(
                "where", .expression,
                Message(
                  en: "Only rows for which this is true take part.",
                  fr: "Seules les lignes pour lesquelles ceci est vrai comptent.")),
            ]),
          ])),
        Message(
          en: "New fields, each an expression over count, count_distinct, sum, mean, min, max, "
            + "median, quantile, stddev, first, last and share.",
          fr: "De nouveaux champs, chacun une expression de count, count_distinct, sum, mean, "
            + "min, max, median, quantile, stddev, first, last et share.")),
    ],
    privacy: Message(
      en: "Keys keep their classes. Of rows about persons, counts, sums, means, deviations and "
        + "shares become aggregate; min, max, median, quantile, first and last keep the class of "
        + "what they show. Grouped by a direct identifier or a pseudonym, the rows are still "
        + "persons, and nothing becomes aggregate. `filter: n >= 11` after `n: count()` sets "
        + "min_count to 11. A "
        + "sum or mean of personal values counts as a count under a condition unless they are "
        + "amounts: as the source has them, added, subtracted, times a constant or another amount, "
        + "or days between dates. What has to be divided or rounded is summed before: "
        + "`round(sum(x) / 12)`.",
      fr: "Les clés gardent leurs classes. Pour des lignes sur des personnes, comptes, sommes, "
        + "moyennes, écarts et parts deviennent agrégats ; min, max, median, quantile, first et "
        + "last gardent la classe de ce qu’ils montrent. Groupées par un identifiant direct ou un "
        + "pseudonyme, les lignes sont encore des personnes, et rien ne devient agrégat. "
        + "`filter: n >= 11` après `n: count()` porte min_count à 11. Une somme ou moyenne de "
        + "valeurs personnelles vaut un compte sous condition, sauf si ce sont des montants : tels "
        + "que la source les donne, ajoutés, retranchés, fois une constante ou un autre montant, "
        + "ou des jours entre deux dates. Ce qu’il faut diviser ou arrondir se somme d’abord : "
        + "`round(sum(x) / 12)`."),
    ways: [
      (
        RowWay.folded,
        Message(
          en: "rows that stand in the group of another row",
          fr: "lignes rangées dans le groupe d’une autre")
      ),
      (
        RowWay.emptyGroup,
        Message(
          en: "the one row that comes out where none came in",
          fr: "la seule ligne qui sort quand aucune n’est entrée")
      ),
    ],
    example: """
      aggregate:
        by: [quartier, categorie]
        measures:
          demandes: count()
          cout_moyen: round(mean(montant), 2)
          closes: {value: count(), where: statut = 'close'}
      """)

  public let output: Facts
  private let input: Facts
  private let keys: [Field]
  private let measures: [NamedMeasure]

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    keys = options["by"].map { binding.fields($0) } ?? []
    // A wrong key would make half of the measures look wrong too.
    try binding.settle()
    measures = Self.measures(options, keys.map(\.name), binding)
    try binding.settle()
    if keys.isEmpty, measures.isEmpty {
      binding.diagnostics.error(
        "missing-key", at: options.position,
        Message(
          en: "aggregate needs 'by', 'measures' or both",
          fr: "aggregate : il faut « by », « measures » ou les deux"))
    }
    try binding.settle()
    let basis = Basis(
      aggregate: options.position, rows: input.selection.grouped(by: keys))
    output = Grouping(input, by: keys, measures, basis: basis).facts()
  }

  private static func measures(
    _ options: Options, _ keys: [String], _ binding: Binding
  ) -> [NamedMeasure] {
    var found: [NamedMeasure] = []
    for entry in options["measures"]?.entries ?? [] {
      let value = entry.value["value"] ?? entry.value
      let condition = entry.value["where"].flatMap { $0.isNull ? nil : $0 }
      let isFree = binding.isNewName(
        entry.key, at: entry.keyPosition, among: keys + found.map(\.name))
      guard let bound = binding.measure(value, where: condition, by: keys), isFree else { continue }
      for node in [value, condition].compactMap({ $0 }) { refuseSinglingOut(node, binding) }
      found.append(NamedMeasure(name: entry.key, bound: bound))
    }
    return found
  }

  /// A condition on a direct identifier counts one person; only a filter can say why.
  private static func refuseSinglingOut(_ node: SpecNode, _ binding: Binding) {
    for comparison in binding.tree(node)?.fieldComparisons ?? [] {
      let name = comparison.field.name
      guard binding.input.field(name)?.privacy.classes[.direct] != nil else { continue }
      binding.diagnostics.error(
        "singles-out", at: node.position,
        Message(
          en: "a measure over rows chosen by the direct identifier '\(name)' singles people out",
          fr: "une mesure sur des lignes choisies par l’identifiant direct « \(name) » isole des "
            + "personnes"),
        remedy: Message(
          en: "choose the rows before, by a filter that says why: `filter: {where: …, because: …}`",
          fr: "choisissez les lignes avant, par un filtre qui dit pourquoi : "
            + "`filter: {where: …, because: …}`"))
    }
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    var needed = Set(keys.map(\.name))
    for measure in measures where wanted.contains(measure.name) {
      for position in measure.bound.fields { needed.insert(input.fields[position].name) }
    }
    return needed
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let positions = keys.compactMap { input.index(of: $0.name) }
    return .breaker(
      MeasurePlan(
        input: input.fields.map(\.type), keys: positions, measures: measures,
        wanted: context.wanted
      ).breaker)
  }
}

/// A measure with the name that the author gave it.
struct NamedMeasure: Sendable {
  let name: String
  let bound: BoundMeasure

  /// The only call, where the measure is nothing but that call.
  var onlyCall: AggregateCall? {
    guard let call = bound.calls.first, bound.calls.count == 1, bound.outer.text == call.text
    else { return nil }
    return call
  }
}
