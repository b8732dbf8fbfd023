import StageKit
import Tabular

/// `sample`: draws a share of the rows.
public struct SampleStage: KeyDrawing {
  public static let declaration = StageDeclaration(
    name: "sample", kind: .rowLocal,
    summary: Message(
      en: "Draws a share of the rows at random: the same ones for the same input and seed or key.",
      fr:
        "Tire au hasard une part des lignes : les mêmes pour la même entrée et la même graine, ou "
        + "la même clé."),
    options: [
      OptionDeclaration(
        "share", .limit, required: true,
        Message(
          en: "The share to draw, such as 10% or 0.1.", fr: "La part à tirer : 10% ou 0.1.")),
      OptionDeclaration(
        "seed", .integer(0...Int.max), default: "1",
        Message(
          en:
            "Another seed draws other rows. Everybody who reads the pipeline can repeat the draw: "
            + "rows of persons drawn so stay inside.",
          fr: "Une autre graine tire d’autres lignes. Quiconque lit le traitement peut refaire le "
            + "tirage : des lignes de personnes ainsi tirées restent à l’intérieur.")),
      OptionDeclaration("scope", .text, TreatmentMessages.scope),
    ],
    shorthand: "share",
    privacy: Message(
      en: "Classes stay; k is void.",
      fr: "Les classes restent ; k est annulé."),
    promise: StagePromise(
      guarantee: Message(
        en: "With `scope`, nobody can tell from the sample who was not drawn.",
        fr: "Avec `scope`, nul ne peut dire d’après l’échantillon qui n’a pas été tiré."),
      assumes: Message(
        en: "The key stays secret.",
        fr: "La clé reste secrète."),
      leaves: Message(
        en: "Whoever was drawn, from who knows it: a sample is no anonymisation.",
        fr: "Qui a été tiré, de qui le sait : un échantillon n’anonymise pas.")),
    ways: [(RowWay.notSampled, Message(en: "not drawn", fr: "non tirée"))],
    example: "sample: {share: 25%, seed: 2026}")

  public let output: Facts
  private let share: Decimal
  private let seed: UInt64
  /// Whose key draws, in place of the seed.
  private let scope: String?

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["share"])
    guard case .share(let perMillion) = RowLimit(node) else {
      binding.diagnostics.error(
        "wrong-shape", at: node.position,
        Message(
          en: "a sample is a share of the rows, such as 10% or 0.1",
          fr: "un échantillon est une part des lignes : 10% ou 0.1"),
        remedy: Message(
          en: "the `limit` stage keeps a number of rows",
          fr: "l’étape `limit` garde un nombre de lignes"))
      throw StageRejected()
    }
    scope = options["scope"].map { binding.scope($0) }
    if scope != nil, let written = options["seed"] {
      binding.diagnostics.error(
        "one-of", at: written.position,
        Message(
          en: "give either 'seed' or 'scope'", fr: "donnez « seed » ou bien « scope »"))
    }
    try binding.settle()
    share = Decimal(digits: Int128(perMillion), scale: 6)
    seed = UInt64(options["seed"]?.integer ?? 1)
    var facts = binding.input.afterChoice(reading: .none)
    facts.isDrawnOpenly = facts.isDrawnOpenly || scope == nil
    output = facts
  }

  public var drawnScope: String? { scope }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    guard let scope else { return .rowLocal(Sample(fraction: share, seed: seed)) }
    let draws = try KeyedDraws(context.keys, scope: scope, purpose: ["sample"])
    return .rowLocal(Sample(fraction: share, seed: draws.number(of: [])))
  }
}
