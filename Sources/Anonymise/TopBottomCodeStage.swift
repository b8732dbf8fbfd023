import StageKit
import Tabular

/// `top_bottom_code`: extreme values become a bound that enough persons share.
public struct TopBottomCodeStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "top_bottom_code", kind: .breaker,
    summary: Message(
      en: "Cuts extreme values to bounds, given or found: the oldest, the largest income, the "
        + "first date no longer stand out.",
      fr: "Ramène les valeurs extrêmes à des bornes, données ou trouvées : le plus âgé, le plus "
        + "gros revenu, la première date ne ressortent plus."),
    options: [
      OptionDeclaration(
        "field", .field, required: true,
        Message(en: "A number or a date.", fr: "Un nombre ou une date.")),
      OptionDeclaration(
        "bottom", .literal,
        Message(
          en: "Smaller values become this.", fr: "Les valeurs plus petites deviennent ceci.")),
      OptionDeclaration(
        "top", .literal,
        Message(en: "Greater values become this.", fr: "Les valeurs plus grandes deviennent ceci.")
      ),
      OptionDeclaration(
        "persons", .integer(2...1_000_000),
        Message(
          en: "Instead of bounds: so many persons at least have the smallest value, and the "
            + "greatest, once they are cut.",
          fr:
            "Au lieu de bornes : tant de personnes au moins ont la plus petite valeur, et la plus "
            + "grande, une fois coupées.")),
      OptionDeclaration(
        "side", .choice(["both", "bottom", "top"]), default: "both",
        Message(
          en: "With `persons`: which end is cut.",
          fr: "Avec `persons` : quelle extrémité est coupée.")),
      OptionDeclaration("person", .field, TreatmentMessages.person),
    ],
    privacy: Message(
      en: "Classes stay. Bounds that were found tell one real value each.",
      fr: "Les classes restent. Les bornes trouvées disent chacune une vraie valeur."),
    promise: StagePromise(
      guarantee: Message(
        en: "With `persons`, as many persons share the smallest and the greatest value; with "
          + "given bounds, none.",
        fr: "Avec `persons`, autant de personnes partagent la plus petite et la plus grande "
          + "valeur ; avec des bornes données, aucune."),
      assumes: Message(
        en: "`person` tells persons apart.",
        fr: "`person` distingue les personnes."),
      leaves: Message(
        en: "Values in between, and several fields together: `k_anonymise` does.",
        fr: "Les valeurs entre les bornes, et plusieurs champs ensemble : `k_anonymise` le "
          + "fait.")),
    example: "top_bottom_code: {field: age, persons: 3, person: row}")

  public let output: Facts
  private let field: Field
  private let column: Int
  private let bottom: Decimal?
  private let top: Decimal?
  private let persons: Int?
  private let sides: Set<String>
  private let person: Int?
  private let reads: Set<String>

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["field"])
    let field = try binding.require(binding.field(node))
    binding.isOfType(
      field, ExactNumbers.types, at: node.position, remedy: TreatmentMessages.exactTypes)
    try binding.settle()
    self.field = field
    column = binding.input.index(of: field.name) ?? 0
    persons = options["persons"]?.integer
    let isGiven = options["bottom"] != nil || options["top"] != nil
    if isGiven == (persons != nil) {
      binding.diagnostics.error("one-of", at: options.position, Self.boundsOrPersons)
    }
    if persons != nil, options["person"] == nil {
      binding.diagnostics.error(
        "missing-key", at: options.position, Self.personNeeded,
        remedy: TreatmentMessages.person)
    }
    bottom = options["bottom"].flatMap { Self.bound($0, field, binding) }
    top = options["top"].flatMap { Self.bound($0, field, binding) }
    if let bottom, let top, top < bottom {
      binding.diagnostics.error(
        "wrong-value", at: options["top"]?.position ?? options.position, Self.crossed)
    }
    let told = try options["person"].flatMap { try binding.person($0) }
    person = told.flatMap { binding.input.index(of: $0.name) }
    reads = Set([field.name] + [told?.name].compactMap { $0 })
    let side = options["side"]?.text ?? "both"
    sides = side == "both" ? ["bottom", "top"] : [side]
    try binding.settle()
    var cut = field
    cut.counts = nil
    // Cut where the author says, few values may be left: one for those beyond, one for the others.
    if isGiven { (cut.amount, cut.isDecided) = (nil, true) }
    output = binding.input.setting(cut)
  }

  private static func bound(_ node: SpecNode, _ field: Field, _ binding: Binding) -> Decimal? {
    switch binding.value(node, as: field.type) {
    case .date(let days): Decimal(digits: Int128(days), scale: 0)
    case let value: value?.asDecimal
    }
  }

  public var treatedFields: [String] { [field.name] }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.contains(field.name) ? wanted.union(reads) : wanted
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    guard context.wanted.contains(field.name) else {
      return .breaker(SolvedRows("top_bottom_code", reads: []) { _ in .init([:]) })
    }
    let read = Set([column] + [person].compactMap { $0 })
    return .breaker(
      SolvedRows("top_bottom_code", reads: read) { [self] batches in try solve(batches) })
  }

  private func solve(_ batches: [Batch]) throws -> SolvedRows.Solution {
    let columns = batches.map { $0.columns[column] }
    let scale = max(ExactNumbers.scale(columns), bottom?.scale ?? 0, top?.scale ?? 0)
    let units = try columns.map { try ExactNumbers.units($0, scale: scale) }
    var (low, high) = (bottom?.rescaled(to: scale)?.digits, top?.rescaled(to: scale)?.digits)
    if let persons {
      let who = try person.map { try RowNumbers.all(batches, [$0]) }
      let extremes = Extremes(units.flatMap { $0 }, who)
      // No value, nothing that stands out.
      if extremes.count == 0 { return .init([:]) }
      guard extremes.count >= persons else { throw OperatorError(Self.tooFew(persons)) }
      low = sides.contains("bottom") ? extremes.bottom(persons) : nil
      high = sides.contains("top") ? extremes.top(persons) : nil
      if let low, let high, high < low { throw OperatorError(Self.tooFew(persons)) }
    }
    let cut = try units.map { values in
      try ExactNumbers.column(
        values.map { value in
          value.map { min(max($0, low ?? $0), high ?? max($0, low ?? $0)) }
        }, field.type, scale: scale)
    }
    return .init([column: cut])
  }

  /// The smallest and the greatest value of each person.
  private struct Extremes {
    private var smallest: [Int128] = []
    private var greatest: [Int128] = []
    var count: Int { smallest.count }

    /// - Parameter persons: of each value; nil where each has its own.
    init(_ values: [Int128?], _ persons: [Int32]?) {
      var places: [Int32: Int] = [:]
      for (row, value) in values.enumerated() {
        guard let value else { continue }
        if let persons, let place = places[persons[row]] {
          smallest[place] = min(smallest[place], value)
          greatest[place] = max(greatest[place], value)
        } else {
          if let persons { places[persons[row]] = smallest.count }
          smallest.append(value)
          greatest.append(value)
        }
      }
      smallest.sort()
      greatest.sort()
    }

    func bottom(_ persons: Int) -> Int128 { smallest[min(persons, count) - 1] }
    func top(_ persons: Int) -> Int128 { greatest[max(count - persons, 0)] }
  }

  private static let boundsOrPersons = Message(
    en: "give either 'bottom' and 'top' (or one of them), or 'persons'",
    fr: "donnez « bottom » et « top » (ou l’un d’eux), ou bien « persons »")

  private static let personNeeded = Message(
    en: "'persons' counts persons: say by 'person' who they are",
    fr: "« persons » compte des personnes : dites par « person » qui elles sont")

  private static let crossed = Message(
    en: "'top' is less than 'bottom'", fr: "« top » est inférieur à « bottom »")

  private static func tooFew(_ persons: Int) -> Message {
    Message(
      en: "top_bottom_code: there are too few persons for \(persons) of them at each end",
      fr: "top_bottom_code : il y a trop peu de personnes pour \(persons) à chaque extrémité")
  }
}
