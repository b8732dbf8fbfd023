import StageKit
import Tabular

/// `round_table`: rounds the counts of a table at random to multiples of a base.
public struct RoundTableStage: FieldTreating, KeyDrawing {
  public static let declaration = StageDeclaration(
    name: "round_table", kind: .breaker,
    summary: Message(
      en: "Rounds the counts of a table to multiples of a base, up or down at random so that they "
        + "are right on average. What is drawn for a cell rests on a secret key: as long as its "
        + "count is the same, so is the rounded one. Rows come out in the order of `by`.",
      fr: "Arrondit les comptes d’un tableau à des multiples d’une base, au hasard vers le haut ou "
        + "vers le bas, justes en moyenne. Le tirage d’une case dépend d’une clé secrète : tant "
        + "que son compte est le même, le compte arrondi l’est aussi. Les lignes sortent dans "
        + "l’ordre de `by`."),
    options: TableShape.declarations + [
      OptionDeclaration(
        "base", .integer(2...1000), required: true,
        Message(
          en: "What counts become multiples of, such as 3 or 5.",
          fr: "Ce dont les comptes deviennent des multiples, par exemple 3 ou 5.")),
      OptionDeclaration(
        "method", .choice(["random", "controlled"]), default: "random",
        Message(
          en: "`random` rounds each cell by itself, so that totals may differ from the sums of "
            + "their parts by a few bases. `controlled` keeps all sums; for one dimension with or "
            + "without a hierarchy, or two without.",
          fr: "`random` arrondit chaque case à part : les totaux peuvent s’écarter de la somme de "
            + "leurs parties de quelques bases. `controlled` garde toutes les sommes ; pour une "
            + "dimension, avec ou sans hiérarchie, ou deux sans.")),
      OptionDeclaration("scope", .text, required: true, TreatmentMessages.scope),
    ],
    privacy: Message(
      en: "Classes stay. An audience takes it in place of min_count only where the charter says "
        + "`rounding`.",
      fr: "Les classes restent. Un public ne l’admet à la place de min_count que si la charte "
        + "dit `rounding`."),
    promise: StagePromise(
      guarantee: Message(
        en: "A published count lies less than one base from the true one, and which of the "
          + "counts so near it is nobody can tell from this table.",
        fr: "Un compte publié est à moins d’une base du vrai, et nul ne peut dire d’après ce "
          + "tableau lequel des comptes voisins il était."),
      assumes: Message(
        en: "The key stays secret, and every measure is a count of rows.",
        fr: "La clé reste secrète, et chaque mesure est un compte de lignes."),
      leaves: Message(
        en: "That nobody is alone in a cell. A total far from the sum of rounded parts narrows "
          + "what they may have been (random), and so do many releases of a table that changes "
          + "a little each time (controlled: a change in one cell may turn others).",
        fr: "Que personne ne soit seul dans une case. Un total loin de la somme de ses parties "
          + "arrondies resserre ce qu’elles ont pu être (random), de même que bien des "
          + "publications d’un tableau qui change un peu à chaque fois (controlled : le "
          + "changement d’une case peut en tourner d’autres).")),
    example: "round_table: {by: [quartier, categorie], base: 5, scope: tableaux}")

  public let output: Facts
  private let input: Facts
  private let shape: TableShape
  private let base: Int
  private let isControlled: Bool
  private let scope: String

  public init(_ options: Options, _ binding: Binding) throws {
    let shape = try TableShape(options, binding, for: "round_table")
    (input, self.shape) = (binding.input, shape)
    base = try binding.require(options["base"]?.integer)
    isControlled = options["method"]?.text == "controlled"
    scope = binding.scope(options["scope"])
    var fields = input.fields
    for index in fields.indices where !shape.keys.contains(fields[index].name) {
      let field = fields[index]
      if field.type != .integer || (input.isAboutPersons && !field.isTally) {
        binding.diagnostics.error(
          "not-a-count", at: options.position, Self.notACount(field.name),
          remedy: Self.dropIt(field.name))
      }
      // It is no longer the exact number of rows behind it.
      fields[index].counts = nil
    }
    try binding.settle()
    var facts = input.replacingFields(fields)
    facts.order = shape.keys.map { OrderKey(field: $0, descending: false) }
    facts.guarantees.insert(.rounded(base: base))
    output = facts
  }

  public var treatedFields: [String] {
    input.names.filter { !shape.keys.contains($0) }
  }

  public var drawnScope: String? { scope }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.intersection(input.names).union(shape.keys)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let axes = shape.axes.compactMap { axis in
      input.index(of: axis.name).map { (position: $0, axis: axis) }
    }
    let measures = try treatedFields.compactMap { name in
      try input.index(of: name).map { column in
        RoundedRows.Measure(
          column: column,
          draws: try KeyedDraws(
            context.keys, scope: scope, purpose: ["round_table", name] + shape.keys))
      }
    }
    return .breaker(
      RoundedRows(
        types: input.fields.map(\.type), axes: axes, measures: measures, base: Int64(base),
        isControlled: isControlled))
  }

  private static func notACount(_ field: String) -> Message {
    Message(
      en: "'\(field)' is no count of rows: rounding hides counts only",
      fr: "« \(field) » n’est pas un compte de lignes : l’arrondi ne cache que des comptes")
  }

  private static func dropIt(_ field: String) -> Message {
    Message(
      en: "`drop` it before, or suppress small cells with protect_table instead",
      fr: "retirez-le avant par `drop`, ou supprimez plutôt les petites cases par protect_table")
  }
}
