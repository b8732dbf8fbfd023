import StageKit
import Tabular

/// `truncate`: makes values coarser by cutting them.
public struct TruncateStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "truncate", kind: .rowLocal,
    summary: Message(
      en: "Makes values coarser: dates to the month, quarter or year, texts to their first "
        + "characters, numbers to a multiple or to some decimals, coordinates to a grid's cell.",
      fr: "Rend des valeurs plus grossières : dates au mois, au trimestre ou à l’année, textes à "
        + "leurs premiers caractères, nombres à un multiple ou à quelques décimales, coordonnées "
        + "à la maille d’une grille."),
    options: [
      OptionDeclaration(
        "fields", .fields,
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
    ] + gridOptions,
    privacy: Message(
      en: "Classes stay: a coarser value can still identify in combination.",
      fr: "Les classes restent : une valeur plus grossière peut encore identifier par "
        + "recoupement."),
    promise: StagePromise(
      guarantee: Message(
        en: "All values of a cell become one; numbers are cut towards minus infinity, so that "
          + "all cells are equally wide.",
        fr: "Toutes les valeurs d’une case deviennent une ; les nombres sont coupés vers moins "
          + "l’infini, pour que toutes les cases aient la même largeur."),
      assumes: Message(
        en: "Many persons share a cell, which nobody has counted here.",
        fr: "Beaucoup de personnes partagent une case, ce que rien ici n’a compté."),
      leaves: Message(
        en: "Persons alone in a cell; several fields together: `k_anonymise` does.",
        fr: "Une personne seule dans sa case ; plusieurs champs ensemble : `k_anonymise` le "
          + "fait.")),
    example: "truncate: {fields: [naissance], to: year}")

  private static let gridOptions = [
    OptionDeclaration(
      "grid", .choice(["200m", "1km", "10km"]),
      Message(
        en: "Instead of `fields`: the cell of the European grid (ETRS89-LAEA, EPSG:3035) that "
          + "coordinates lie in, by its code; they themselves are left out.",
        fr: "Au lieu de `fields` : la maille de la grille européenne (ETRS89-LAEA, EPSG:3035) où "
          + "se trouvent des coordonnées, par son code ; elles-mêmes sont retirées.")),
    OptionDeclaration(
      "longitude", .field,
      Message(
        en: "With `grid`: degrees east, WGS 84.", fr: "Avec `grid` : degrés est, WGS 84.")),
    OptionDeclaration(
      "latitude", .field,
      Message(
        en: "With `grid`: degrees north, WGS 84.", fr: "Avec `grid` : degrés nord, WGS 84.")),
    OptionDeclaration(
      "into", .name, default: "maille",
      Message(
        en: "With `grid`: a new field for the cell; empty outside of Europe.",
        fr: "Avec `grid` : un nouveau champ pour la maille ; vide hors d’Europe.")),
  ]

  public let output: Facts
  public let treatedFields: [String]
  private let computed: ComputedFields
  private let grid: Grid?

  /// Coordinates that become a cell.
  private struct Grid: Sendable {
    let longitude: String
    let latitude: String
    let cell: String
    let cells: GridCells
  }

  public init(_ options: Options, _ binding: Binding) throws {
    if let size = options["grid"] {
      let (grid, facts) = try Self.grid(size, options, binding)
      (self.grid, output, computed) = (grid, facts, ComputedFields(of: binding.input))
      treatedFields = [grid.cell]
      return
    }
    grid = nil
    for key in ["longitude", "latitude", "into"] where options[key] != nil {
      binding.diagnostics.error(
        "unused-key", at: options[key]?.position ?? options.position,
        Message(en: "'\(key)' goes with 'grid'", fr: "« \(key) » va avec « grid »"))
    }
    if options["fields"] == nil {
      binding.diagnostics.error(
        "missing-key", at: options.position,
        Message(
          en: "give 'fields', or 'grid' with coordinates",
          fr: "donnez « fields », ou « grid » avec des coordonnées"))
    }
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

  private static func grid(
    _ size: SpecNode, _ options: Options, _ binding: Binding
  ) throws -> (Grid, Facts) {
    for key in ["fields", "to", "first", "multiple", "decimals"] where options[key] != nil {
      binding.diagnostics.error(
        "unused-key", at: options[key]?.position ?? options.position,
        Message(en: "'\(key)' does not go with 'grid'", fr: "« \(key) » ne va pas avec « grid »"))
    }
    var fields: [Field] = []
    for key in ["longitude", "latitude"] {
      guard let node = options[key] else {
        binding.diagnostics.error(
          "missing-key", at: size.position,
          Message(en: "'grid' needs '\(key)'", fr: "« grid » a besoin de « \(key) »"))
        continue
      }
      guard let field = binding.field(node) else { continue }
      binding.isOfType(field, [.decimal, .double], at: node.position)
      fields.append(field)
    }
    let name = options["into"]?.text ?? "maille"
    binding.isNewName(
      name, at: options["into"]?.position ?? size.position, among: binding.input.names)
    try binding.settle()
    guard fields.count == 2, let metres = EuropeanGrid.sizes[size.text ?? ""],
      let x = binding.input.index(of: fields[0].name),
      let y = binding.input.index(of: fields[1].name), x != y
    else {
      binding.diagnostics.error(
        "repeated-field", at: size.position,
        Message(
          en: "longitude and latitude are two fields",
          fr: "longitude et latitude sont deux champs"))
      throw StageRejected()
    }
    let kept = binding.input.fields.indices.filter { $0 != x && $0 != y }
    var cell = Field(name, .text, privacy: fields[0].privacy.union(fields[1].privacy))
    cell.placeMetres = metres
    let facts = binding.input.replacingFields(kept.map { binding.input.fields[$0] } + [cell])
    let cells = GridCells(longitude: x, latitude: y, size: metres)
    let grid = Grid(
      longitude: fields[0].name, latitude: fields[1].name, cell: name, cells: cells)
    return (grid, facts)
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

  public func needs(_ wanted: Set<String>) -> Set<String> {
    guard let grid else { return computed.needs(wanted) }
    var needed = wanted
    if needed.remove(grid.cell) != nil { needed.formUnion([grid.longitude, grid.latitude]) }
    return needed
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(grid.map { $0.cells } ?? computed.rowOperator)
  }
}
