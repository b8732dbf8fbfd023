import StageKit
import Tabular

/// `bucket`, or `bin`: puts dates and numbers into bins.
public struct BucketStage: Stage {
  private static let units = ["hour", "day", "week", "month", "quarter", "year"]

  public static let declaration = StageDeclaration(
    name: "bucket", otherNames: ["bin"], kind: .rowLocal,
    summary: Message(
      en: "Puts dates into months, weeks…, and numbers into bins of one width or between edges.",
      fr: "Range les dates par mois, semaine…, et les nombres par tranches de même largeur ou "
        + "entre des bornes."),
    options: [
      OptionDeclaration(
        "field", .field, required: true,
        Message(en: "A date, a time or a number.", fr: "Une date, une heure ou un nombre.")),
      OptionDeclaration(
        "into", .name, default: "the field itself",
        Message(en: "A new field for the bin.", fr: "Un nouveau champ pour la tranche.")),
      OptionDeclaration(
        "unit", .choice(units),
        Message(
          en: "For dates: the bin is the unit's first day (or the start of the hour).",
          fr: "Pour les dates : la tranche est le premier jour de l’unité (ou le début de "
            + "l’heure).")),
      OptionDeclaration(
        "width", .number(0...1e15),
        Message(
          en: "For numbers: the bin is its lower bound, a multiple of the width.",
          fr: "Pour les nombres : la tranche est sa borne inférieure, un multiple de la largeur.")
      ),
      OptionDeclaration(
        "edges", .list(.number(-1e15...1e15)),
        Message(
          en: "For numbers: ascending edges; each bin holds its lower edge and not its upper.",
          fr: "Pour les nombres : des bornes croissantes ; chaque tranche contient sa borne "
            + "inférieure et non sa supérieure.")),
      OptionDeclaration(
        "labels", .list(.text), default: "< 18, ≥ 18 < 65, ≥ 65",
        Message(
          en: "The names of the bins between edges: one more than edges, the first for what lies "
            + "below all.",
          fr: "Les noms des tranches entre les bornes : un de plus que de bornes, le premier pour "
            + "ce qui est en dessous de toutes.")),
    ],
    privacy: Message(
      en: "The bin keeps the classes of its field: fewer values, but still of the person.",
      fr: "La tranche garde les classes de son champ : moins de valeurs, mais toujours de la "
        + "personne."),
    example: "bucket: {field: age, into: tranche, edges: [18, 65], labels: [jeune, adulte, aîné]}")

  public let output: Facts
  private let computed: ComputedFields

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["field"])
    let field = try binding.require(binding.field(node))
    let name = options["into"]?.text ?? field.name
    if let into = options["into"], name != field.name {
      binding.isNewName(name, at: into.position, among: binding.input.names)
    }
    let text = Self.expression(options, field, binding)
    try binding.settle()
    let expression = try binding.require(
      binding.expression(written: try binding.require(text), at: node))
    var made = field
    (made.name, made.type, made.decimals) = (name, expression.type, expression.decimals)
    // The author draws the edges.
    made.precision = .coarsest
    (made.counts, made.title) = (nil, name == field.name ? field.title : nil)
    var computed = ComputedFields(of: binding.input)
    computed.set(made, to: expression)
    (output, self.computed) = (computed.facts, computed)
  }

  private static func expression(
    _ options: Options, _ field: Field, _ binding: Binding
  ) -> String? {
    let ways = ["unit", "width", "edges"].filter { options[$0] != nil }
    guard ways.count == 1 else {
      binding.diagnostics.error(
        "one-of", at: options.position,
        Message(
          en: "give one of 'unit', 'width' and 'edges'",
          fr: "donnez « unit », « width » ou « edges », un seul"))
      return nil
    }
    if let labels = options["labels"], options["edges"] == nil {
      binding.diagnostics.error(
        "unused-key", at: labels.position,
        Message(en: "'labels' go with 'edges'", fr: "« labels » va avec « edges »"))
    }
    let text = ExpressionText.field(field.name)
    if let unit = options["unit"] {
      let types: [DataType] = [.date, .datetime(zoned: false), .datetime(zoned: true)]
      binding.isOfType(field, types, at: options["field"]?.position ?? options.position)
      return "date_trunc(\(ExpressionText.literal(unit.text ?? "")), \(text))"
    }
    let numbers: [DataType] = [.integer, .decimal, .double]
    binding.isOfType(field, numbers, at: options["field"]?.position ?? options.position)
    if let width = options["width"] { return multiples(of: width, field, binding) }
    return options["edges"].flatMap { between($0, options, text, binding) }
  }

  private static func multiples(
    of width: SpecNode, _ field: Field, _ binding: Binding
  ) -> String? {
    guard let step = width.value(as: .decimal)?.asDecimal, step > Decimal(digits: 0, scale: 0)
    else {
      binding.diagnostics.error(
        "wrong-value", at: width.position,
        Message(en: "a width is more than 0", fr: "une largeur est plus grande que 0"))
      return nil
    }
    return Steps(size: step).floor(field)
  }

  private static func between(
    _ edges: SpecNode, _ options: Options, _ text: String, _ binding: Binding
  ) -> String? {
    let values = (edges.items ?? []).compactMap { $0.value(as: .decimal)?.asDecimal }
    guard !values.isEmpty, values.count == edges.items?.count,
      zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      binding.diagnostics.error(
        "wrong-value", at: edges.position,
        Message(
          en: "edges are decimal numbers, each more than the one before",
          fr: "les bornes sont des nombres décimaux, chacun plus grand que le précédent"))
      return nil
    }
    let written = values.map { Steps.text($0) }
    let labels = (options["labels"]?.items ?? []).map { $0.text ?? "" }
    guard options["labels"] == nil || labels.count == values.count + 1 else {
      binding.diagnostics.error(
        "wrong-value", at: options["labels"]?.position ?? options.position,
        labelsNeeded(values.count + 1, labels.count))
      return nil
    }
    let names = labels.isEmpty ? defaultLabels(written) : labels
    var whens = ["when \(text) is null then null"]
    for (edge, name) in zip(written, names) {
      whens.append("when \(text) < \(edge) then \(ExpressionText.literal(name))")
    }
    let last = ExpressionText.literal(names[names.count - 1])
    return "case \(whens.joined(separator: " ")) else \(last) end"
  }

  private static func defaultLabels(_ edges: [String]) -> [String] {
    var labels = ["< \(edges[0])"]
    for (low, high) in zip(edges, edges.dropFirst()) { labels.append("≥ \(low) < \(high)") }
    labels.append("≥ \(edges[edges.count - 1])")
    return labels
  }

  private static func labelsNeeded(_ wanted: Int, _ found: Int) -> Message {
    let (edges, many) = (wanted - 1, found > 1)
    return Message(
      en: "\(edges) edge\(edges == 1 ? " makes" : "s make") \(wanted) bins, and there "
        + (found == 1 ? "is 1 label" : "are \(found) labels"),
      fr: "\(edges) borne\(edges == 1 ? " fait" : "s font") \(wanted) tranches, et il y a "
        + "\(found) libellé\(many ? "s" : "")")
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { computed.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(computed.rowOperator)
  }
}
