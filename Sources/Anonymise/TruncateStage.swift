import StageKit
import Tabular

/// `truncate`: makes values coarser by cutting them.
public struct TruncateStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "truncate", kind: .rowLocal,
    summary: Message(
      en: "Makes values coarser: dates to the month, quarter or year, texts to their first "
        + "characters, numbers to a multiple or to some decimals.",
      fr: "Rend des valeurs plus grossières : dates au mois, au trimestre ou à l’année, textes à "
        + "leurs premiers caractères, nombres à un multiple ou à quelques décimales."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(en: "The fields, all cut alike.", fr: "Les champs, tous coupés de même.")),
      OptionDeclaration(
        "to", .choice(["month", "quarter", "year"]),
        Message(
          en: "For dates and times: the first day of it.",
          fr: "Pour les dates et heures : le premier jour de celui-ci.")),
      OptionDeclaration(
        "first", .integer(1...1000),
        Message(
          en: "For texts: how many characters stay, such as 2 of a postcode.",
          fr: "Pour les textes : combien de caractères restent, comme 2 d’un code postal.")),
      OptionDeclaration(
        "multiple", .number(0...1e15),
        Message(
          en: "For numbers: the greatest multiple that is no more than the value.",
          fr: "Pour les nombres : le plus grand multiple qui ne dépasse pas la valeur.")),
      OptionDeclaration(
        "decimals", .integer(0...15),
        Message(
          en: "For numbers such as coordinates: how many decimals stay. 0.01° of latitude is about "
            + "1.1 km.",
          fr: "Pour les nombres comme des coordonnées : combien de décimales restent. 0,01° de "
            + "latitude fait environ 1,1 km.")),
    ],
    privacy: Message(
      en:
        "Classes stay: a coarser value can still identify in combination. Numbers are cut towards "
        + "minus infinity, so that all cells are equally wide.",
      fr: "Les classes restent : une valeur plus grossière peut encore identifier par "
        + "recoupement. Les nombres sont coupés vers moins l’infini, pour que toutes les cases "
        + "aient la même largeur."),
    example: "truncate: {fields: [naissance], to: year}")

  public let output: Facts
  public let treatedFields: [String]
  private let computed: ComputedFields

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["fields"])
    let fields = binding.fields(node)
    let ways = ["to", "first", "multiple", "decimals"].filter { options[$0] != nil }
    if ways.count != 1 {
      binding.diagnostics.error(
        "one-of", at: options.position,
        Message(
          en: "give one of 'to', 'first', 'multiple' and 'decimals'",
          fr: "donnez « to », « first », « multiple » ou « decimals », un seul"))
    }
    try binding.settle()
    var computed = ComputedFields(of: binding.input)
    for (field, place) in zip(fields, node.items ?? [node]) {
      guard let text = Self.expression(options, field, at: place, binding),
        let expression = binding.expression(written: text, at: place, in: computed.facts)
      else { continue }
      var coarser = field
      (coarser.type, coarser.decimals) = (expression.type, expression.decimals)
      coarser.counts = nil
      if let unit = options["to"]?.text.flatMap(DatePrecision.init(rawValue:)) {
        coarser.precision = max(field.precision ?? .day, unit)
      }
      computed.set(coarser, to: expression)
    }
    try binding.settle()
    (output, self.computed) = (computed.facts, computed)
    treatedFields = fields.map(\.name)
  }

  private static func expression(
    _ options: Options, _ field: Field, at place: SpecNode, _ binding: Binding
  ) -> String? {
    let text = ExpressionText.field(field.name)
    if let unit = options["to"]?.text {
      let types: [DataType] = [.date, .datetime(zoned: false), .datetime(zoned: true)]
      guard binding.isOfType(field, types, at: place.position) else { return nil }
      return "date_trunc(\(ExpressionText.literal(unit)), \(text))"
    }
    if let count = options["first"]?.integer {
      guard binding.isOfType(field, [.text], at: place.position) else { return nil }
      return "substr(\(text), 1, \(count))"
    }
    guard binding.isOfType(field, [.integer, .decimal, .double], at: place.position)
    else { return nil }
    if let decimals = options["decimals"]?.integer {
      return Steps(size: Decimal(digits: 1, scale: decimals)).floor(field)
    }
    guard let node = options["multiple"], let size = node.value(as: .decimal)?.asDecimal,
      size > Decimal(digits: 0, scale: 0)
    else {
      binding.diagnostics.error(
        "wrong-value", at: options["multiple"]?.position ?? options.position,
        Message(
          en: "a multiple is of a decimal number above 0",
          fr: "un multiple est celui d’un nombre décimal au-dessus de 0"))
      return nil
    }
    return Steps(size: size).floor(field)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { computed.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(computed.rowOperator)
  }
}
