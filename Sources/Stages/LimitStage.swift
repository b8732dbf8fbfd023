import StageKit
import Tabular

/// `limit`: keeps the first rows.
public struct LimitStage: Stage {
  public static let declaration = StageDeclaration(
    name: "limit", kind: .breaker,
    summary: Message(en: "Keeps the first rows.", fr: "Garde les premières lignes."),
    options: [
      OptionDeclaration(
        "rows", .integer(0...Int.max), required: true,
        Message(en: "How many rows to keep.", fr: "Combien de lignes garder.")),
      OptionDeclaration(
        "offset", .integer(0...Int.max), default: "0",
        Message(
          en: "How many to leave out before them.", fr: "Combien en laisser de côté avant elles.")),
    ],
    shorthand: "rows",
    privacy: Message(en: "Classes stay; k is void.", fr: "Les classes restent ; k est annulé."),
    ways: [
      (RowWay.beyondLimit, Message(en: "after the last row kept", fr: "après la dernière gardée")),
      (
        RowWay.beforeOffset,
        Message(en: "before the first row kept", fr: "avant la première gardée")
      ),
    ],
    example: "limit: 10")

  public let output: Facts
  private let rows: Int
  private let offset: Int

  public init(_ options: Options, _ binding: Binding) throws {
    rows = try binding.require(options["rows"]?.integer)
    offset = options["offset"]?.integer ?? 0
    output = binding.input.afterChoice(reading: .none)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(Limit(rows, offset: offset))
  }
}
