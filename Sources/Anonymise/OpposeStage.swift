import StageKit
import Tabular

/// `oppose`: leaves out the rows of persons who objected.
public struct OpposeStage: Stage {
  public static let declaration = StageDeclaration(
    name: "oppose", kind: .rowLocal,
    summary: Message(
      en: "Leaves out the rows of persons who objected to the use of their data: those whose token "
        + "stands in a list. They are counted.",
      fr: "Écarte les lignes des personnes qui se sont opposées à l’usage de leurs données : "
        + "celles dont le jeton figure dans une liste. Elles sont comptées."),
    options: [
      OptionDeclaration(
        "field", .field, required: true,
        Message(
          en: "The field that names the person: a pseudonym, or an identifier.",
          fr: "Le champ qui désigne la personne : un pseudonyme, ou un identifiant.")),
      OptionDeclaration(
        "list", .table, required: true,
        Message(
          en: "A step or source with the tokens of those who objected.",
          fr: "Une étape ou une source avec les jetons de qui s’est opposé.")),
      OptionDeclaration(
        "token", .field, default: "the field's name",
        Message(
          en: "The list's field with the tokens, made with the same scope and domain.",
          fr: "Le champ de la liste avec les jetons, faits avec les mêmes scope et domain.")),
    ],
    privacy: Message(
      en: "Classes stay; k is void, since rows leave.",
      fr: "Les classes restent ; k est annulé, puisque des lignes partent."),
    promise: StagePromise(
      guarantee: Message(
        en: "No row whose field equals a token of the list goes on.",
        fr: "Aucune ligne dont le champ égale un jeton de la liste ne va plus loin."),
      assumes: Message(
        en: "The list was made the same way as the field (same key, scope, domain and writing) "
          + "and is complete.",
        fr: "La liste est faite comme le champ (mêmes clé, scope, domain et écriture) et "
          + "complète."),
      leaves: Message(
        en: "Rows whose field is empty, other tables of the person, and what was published "
          + "before.",
        fr: "Les lignes dont le champ est vide, d’autres tables de la personne, et ce qui a "
          + "déjà été publié.")),
    ways: [
      (
        RowWay.opposed,
        Message(
          en: "rows of persons who objected", fr: "lignes de personnes qui se sont opposées")
      )
    ],
    example: "oppose: {field: code, list: oppositions, token: jeton}")

  public let output: Facts
  private let field: String
  private let column: Int
  private let list: String
  private let token: (name: String, column: Int)

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["field"])
    let field = try binding.require(binding.field(node))
    let table = try binding.require(options["list"])
    let facts = try binding.require(binding.table(table))
    let name = options["token"] ?? SpecNode(.scalar(field.name, .quoted), at: table.position)
    let token = try binding.require(binding.field(name, in: facts))
    binding.isOfType(token, [field.type], at: name.position)
    try binding.settle()
    self.field = field.name
    column = binding.input.index(of: field.name) ?? 0
    list = table.text ?? ""
    self.token = (token.name, facts.index(of: token.name) ?? 0)
    output = binding.input.afterChoice(reading: .none)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union([field]) }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    [SideNeed(table: list, fields: [token.name])]
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    var tokens: [Column] = []
    for batch in try context.side(list) where batch.columns.indices.contains(token.column) {
      tokens.append(batch.columns[token.column])
    }
    let type = output.fields[column].type
    return .rowLocal(Opposition(column: column, tokens: try DeclaredKeys(tokens, of: type)))
  }
}

/// Leaves out rows whose value is among some; null is among none.
private struct Opposition: RowOperator {
  let column: Int
  let tokens: DeclaredKeys

  func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: Opposition
    private(set) var tally = Tally()

    init(_ plan: Opposition) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      let ids = try plan.tokens.numbers([batch.columns[plan.column]], rows: batch.rowCount)
      let stay = ids.indices.filter { ids[$0] < 0 }.map { Int32(truncatingIfNeeded: $0) }
      tally.rowsIn += batch.rowCount
      tally.rowsOut += stay.count
      if stay.count == batch.rowCount { return batch }
      tally.left[RowWay.opposed, default: 0] += batch.rowCount - stay.count
      return batch.gathered(stay)
    }
  }
}
