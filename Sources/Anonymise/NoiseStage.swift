import StageKit
import Tabular

/// `noise`: adds to numbers and dates what only the holder of a key can foresee.
public struct NoiseStage: FieldTreating, KeyDrawing {
  public static let declaration = StageDeclaration(
    name: "noise", kind: .rowLocal,
    summary: Message(
      en: "Adds noise to numbers or dates, drawn from a secret key for each person: always the "
        + "same for the same person, so that it does not average out over releases.",
      fr: "Ajoute du bruit à des nombres ou des dates, tiré d’une clé secrète pour chaque "
        + "personne : toujours le même pour la même, pour qu’il ne disparaisse pas en moyenne "
        + "d’une publication à l’autre."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(
          en: "Numbers or dates; each gets noise of its own.",
          fr: "Nombres ou dates ; chacun reçoit son propre bruit.")),
      OptionDeclaration(
        "id", .fields, required: true,
        Message(
          en: "What tells persons apart, or rows where a person has several: the noise is drawn "
            + "for its values. Without one there is no noise and no value.",
          fr: "Ce qui distingue les personnes, ou les lignes quand une personne en a plusieurs : "
            + "le bruit est tiré pour ses valeurs. Sans lui, ni bruit ni valeur.")),
      OptionDeclaration("scope", .text, required: true, TreatmentMessages.scope),
      OptionDeclaration(
        "within", .number(0...1e15),
        Message(
          en: "Uniform noise: at most so much either way (days for dates).",
          fr: "Bruit uniforme : au plus ceci de chaque côté (en jours pour des dates).")),
      OptionDeclaration(
        "deviation", .number(0...1e15),
        Message(
          en: "Gaussian noise of this standard deviation.",
          fr: "Bruit gaussien de cet écart type.")),
      OptionDeclaration(
        "decimals", .integer(0...9), default: "the field's",
        Message(
          en: "For decimals: how many they have afterwards.",
          fr: "Pour les décimaux : combien ils en ont ensuite.")),
    ],
    privacy: Message(
      en: "Classes stay; k over the field is void.",
      fr: "Les classes restent ; k sur le champ est annulé."),
    promise: StagePromise(
      guarantee: Message(
        en: "An exact value cannot be looked up elsewhere with certainty.",
        fr: "Une valeur exacte ne se retrouve plus ailleurs avec certitude."),
      assumes: Message(
        en: "The key stays secret.",
        fr: "La clé reste secrète."),
      leaves: Message(
        en: "Extreme values, which still stand out, and persons, whose rows they still are: it "
          + "is no anonymisation and no differential privacy.",
        fr: "Les extrêmes, qui ressortent encore, et les personnes, dont ce sont encore les "
          + "lignes : ce n’est ni une anonymisation ni de la confidentialité différentielle.")),
    example: "noise: {fields: revenu, id: code, scope: recherche-2026, deviation: 250}")

  public let output: Facts
  private let fields: [(name: String, column: Int, scale: Int)]
  private let ids: [(name: String, column: Int)]
  private let scope: String
  private let size: Size

  /// How large noise is.
  enum Size: Sendable {
    case within(Decimal)
    case deviation(Decimal)
  }

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["fields"])
    let fields = binding.fields(node)
    for (field, place) in zip(fields, node.items ?? [node]) {
      binding.isOfType(
        field, ExactNumbers.types, at: place.position, remedy: TreatmentMessages.exactTypes)
    }
    let ids = binding.fields(try binding.require(options["id"]))
    if let own = ids.first(where: { id in fields.contains { $0.name == id.name } }) {
      binding.diagnostics.error(
        "wrong-value", at: options["id"]?.position ?? options.position, Self.ownId(own.name))
    }
    scope = binding.scope(options["scope"])
    let size = Self.size(options, binding)
    try binding.settle()
    self.size = try binding.require(size)
    self.ids = ids.map { ($0.name, binding.input.index(of: $0.name) ?? 0) }
    var output = binding.input
    var found: [(name: String, column: Int, scale: Int)] = []
    for field in fields {
      var noisy = field
      let decimals = options["decimals"]?.integer ?? field.decimals ?? 2
      let scale = field.type == .decimal ? decimals : 0
      if field.type == .decimal { noisy.decimals = scale }
      if let digits = noisy.amount?.digits, digits > scale { noisy.amount = nil }
      (noisy.counts, noisy.nullable) = (nil, field.nullable || ids.contains(where: \.nullable))
      found.append((field.name, output.index(of: field.name) ?? 0, scale))
      output = output.setting(noisy)
    }
    (self.fields, self.output) = (found, output)
  }

  private static func size(_ options: Options, _ binding: Binding) -> Size? {
    switch (options["within"], options["deviation"]) {
    case (let within?, nil): return positive(within, binding).map { .within($0) }
    case (nil, let deviation?): return positive(deviation, binding).map { .deviation($0) }
    default:
      binding.diagnostics.error("one-of", at: options.position, oneSize)
      return nil
    }
  }

  private static func positive(_ node: SpecNode, _ binding: Binding) -> Decimal? {
    guard let size = node.value(as: .decimal)?.asDecimal?.trimmed, size.digits > 0,
      size.scale <= 9
    else {
      binding.diagnostics.error("wrong-value", at: node.position, wrongSize)
      return nil
    }
    return size
  }

  public var treatedFields: [String] { fields.map(\.name) }

  public var drawnScope: String? { scope }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    fields.contains { wanted.contains($0.name) } ? wanted.union(ids.map(\.name)) : wanted
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let changes = try fields.filter { context.wanted.contains($0.name) }.map { field in
      KeyedNoise.Change(
        column: field.column, type: output.fields[field.column].type, scale: field.scale,
        noise: try KeyedNoise.Noise(size, scale: field.scale),
        draws: try KeyedDraws(context.keys, scope: scope, purpose: ["noise", field.name]))
    }
    return .rowLocal(KeyedNoise(ids: ids.map(\.column), changes: changes))
  }

  private static func ownId(_ name: String) -> Message {
    Message(
      en: "'\(name)' cannot be its own 'id'", fr: "« \(name) » ne peut pas être son propre « id »")
  }

  private static let oneSize = Message(
    en: "give either 'within' (uniform) or 'deviation' (Gaussian)",
    fr: "donnez « within » (uniforme) ou bien « deviation » (gaussien)")

  private static let wrongSize = Message(
    en: "this is a decimal number above 0 with at most 9 decimals",
    fr: "ceci est un nombre décimal au-dessus de 0 avec au plus 9 décimales")
}
