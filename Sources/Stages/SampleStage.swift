import StageKit
import Tabular

/// `sample`: draws a share of the rows.
public struct SampleStage: Stage {
  public static let declaration = StageDeclaration(
    name: "sample", kind: .rowLocal,
    summary: Message(
      en: "Draws a share of the rows at random: the same ones for the same input and seed.",
      fr: "Tire au hasard une part des lignes : les mêmes pour la même entrée et la même graine."),
    options: [
      OptionDeclaration(
        "share", .limit, required: true,
        Message(
          en: "The share to draw, such as 10% or 0.1.", fr: "La part à tirer : 10% ou 0.1.")),
      OptionDeclaration(
        "seed", .integer(0...Int.max), default: "1",
        Message(
          en: "Another seed draws other rows.", fr: "Une autre graine tire d’autres lignes.")),
    ],
    shorthand: "share",
    privacy: Message(
      en: "Classes stay; k is void. A sample is no anonymisation.",
      fr: "Les classes restent ; k est annulé. Un échantillon n’anonymise pas."),
    ways: [(RowWay.notSampled, Message(en: "not drawn", fr: "non tirée"))],
    example: "sample: {share: 25%, seed: 2026}")

  public let output: Facts
  private let share: Decimal
  private let seed: UInt64

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
    share = Decimal(digits: Int128(perMillion), scale: 6)
    seed = UInt64(options["seed"]?.integer ?? 1)
    output = binding.input.afterChoice(reading: .none)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(Sample(fraction: share, seed: seed))
  }
}
