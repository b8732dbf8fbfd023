import StageKit
import Tabular

/// `cell_key`: counts rows by group and perturbs the counts, equal cells always alike.
public struct CellKeyStage: FieldTreating, KeyDrawing {
  public static let declaration = StageDeclaration(
    name: "cell_key", kind: .breaker,
    summary: Message(
      en: "Counts rows by group and perturbs the counts a little: every row has a key, drawn from "
        + "a secret for its `id`, the keys of a cell's rows make the cell's key, and that tells "
        + "the noise (the cell key method). The same rows get the same noise in whichever table "
        + "they are counted. Cells perturbed to 0 are left out, like empty ones.",
      fr: "Compte des lignes par groupe et perturbe un peu les comptes : chaque ligne a une clé, "
        + "tirée d’un secret pour son `id`, les clés des lignes d’une case font la clé de la case, "
        + "et celle-ci donne le bruit (méthode des clés de cellules). Les mêmes lignes reçoivent "
        + "le même bruit dans tout tableau où elles sont comptées. Les cases perturbées à 0 sont "
        + "omises, comme les vides."),
    options: options,
    privacy: Message(
      en: "Keys keep their classes, the count is an aggregate. An audience takes it in place of "
        + "min_count only where the charter says `perturbation`.",
      fr: "Les clés gardent leurs classes, le compte est un agrégat. Un public ne l’admet à la "
        + "place de min_count que si la charte dit `perturbation`."),
    promise: StagePromise(
      guarantee: Message(
        en: "A published count differs from the true one by at most `most`, on average not at "
          + "all, with the variance given; whoever counts the same rows again learns nothing "
          + "new.",
        fr: "Un compte publié diffère du vrai d’au plus `most`, en moyenne de rien, avec la "
          + "variance donnée ; qui recompte les mêmes lignes n’apprend rien de plus."),
      assumes: Message(
        en: "The key stays secret, and `id` tells rows apart.",
        fr: "La clé reste secrète, et `id` distingue les lignes."),
      leaves: Message(
        en: "What many overlapping tables tell together: it is no differential privacy. Totals "
          + "need not be the sums of their parts.",
        fr: "Ce que bien des tableaux qui se recoupent disent ensemble : ce n’est pas de la "
          + "confidentialité différentielle. Un total n’est pas forcément la somme de ses "
          + "parties.")),
    ways: [
      (
        RowWay.folded,
        Message(
          en: "rows that stand in the group of another row",
          fr: "lignes rangées dans le groupe d’une autre")
      ),
      (
        RowWay.perturbedAway,
        Message(en: "cells perturbed to 0", fr: "cases perturbées à 0")
      ),
    ],
    example: """
      cell_key: {by: [quartier, categorie], id: demande, most: 5, variance: 2, scope: tableaux}
      """)

  private static let options = [
    OptionDeclaration(
      "by", .fields, required: true,
      Message(en: "The fields to group by.", fr: "Les champs de regroupement.")),
    OptionDeclaration(
      "id", .fields, required: true,
      Message(
        en: "What tells rows apart, the same in all tables: keys are drawn for its values.",
        fr: "Ce qui distingue les lignes, le même dans tous les tableaux : les clés sont tirées "
          + "pour ses valeurs.")),
    OptionDeclaration(
      "into", .name, default: "n", Message(en: "The count's name.", fr: "Le nom du compte.")),
    OptionDeclaration(
      "most", .integer(1...100), required: true,
      Message(
        en: "How far a count may be changed, up or down.",
        fr: "De combien un compte peut changer, vers le haut ou vers le bas.")),
    OptionDeclaration(
      "variance", .number(0.01...2500), required: true,
      Message(
        en: "The variance of the noise: of all noise that is 0 on average, the least telling.",
        fr: "La variance du bruit : de tous les bruits nuls en moyenne, le moins révélateur.")),
    OptionDeclaration(
      "least", .integer(1...100), default: "1",
      Message(
        en: "The smallest count that is published; a lower one becomes it or 0.",
        fr: "Le plus petit compte publié ; un plus bas devient celui-ci ou 0.")),
    OptionDeclaration("scope", .text, required: true, TreatmentMessages.scope),
  ]

  public let output: Facts
  private let input: Facts
  private let keys: [String]
  private let ids: [String]
  private let name: String
  private let scope: String
  private let table: PerturbationTable

  public init(_ options: Options, _ binding: Binding) throws {
    input = binding.input
    let node = try binding.require(options["by"])
    let fields = binding.fields(node)
    ids = binding.fields(try binding.require(options["id"])).map(\.name)
    name = options["into"]?.text ?? "n"
    binding.isNewName(
      name, at: options["into"]?.position ?? options.position, among: fields.map(\.name))
    if !input.isMicrodata {
      binding.diagnostics.error("not-microdata", at: options.position, Self.notMicrodata)
    }
    for field in fields where !field.privacy.only([.direct, .pseudonym]).classes.isEmpty {
      binding.diagnostics.error("wrong-value", at: node.position, Self.onePerson(field.name))
    }
    scope = binding.scope(options["scope"])
    try binding.settle()
    keys = fields.map(\.name)
    let (most, least) = (options["most"]?.integer ?? 1, options["least"]?.integer ?? 1)
    let variance = options["variance"]?.number ?? 0
    guard let table = PerturbationTable(most: most, variance: variance, least: least) else {
      binding.diagnostics.error(
        "wrong-value", at: options["variance"]?.position ?? options.position,
        Self.impossible(PerturbationTable.variances(most: most, least: least)))
      throw StageRejected()
    }
    self.table = table
    let count = Privacy.union(input.fields.map(\.privacy)).reclassed(.aggregate)
    var counted = Field(name, .integer, privacy: count, nullable: false)
    counted.isTally = true
    output = Facts(
      fields: fields + [counted],
      guarantees: [.perturbed(varianceMillionths: Int((variance * 1_000_000).rounded(.down)))],
      order: keys.map { OrderKey(field: $0, descending: false) }, taint: input.taint,
      isMicrodata: false, isAboutPersons: input.isAboutPersons)
  }

  public var treatedFields: [String] { [name] }

  public var drawnScope: String? { scope }

  public func needs(_ wanted: Set<String>) -> Set<String> { Set(keys + ids) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      PerturbedCounts(
        types: input.fields.map(\.type), keys: keys.compactMap { input.index(of: $0) },
        ids: ids.compactMap { input.index(of: $0) },
        draws: try KeyedDraws(context.keys, scope: scope, purpose: ["cell_key"] + ids),
        table: table))
  }

  private static let notMicrodata = Message(
    en: "cell_key counts rows by their keys, and these rows are groups already",
    fr: "cell_key compte des lignes par leurs clés, et ces lignes sont déjà des groupes")

  private static func onePerson(_ field: String) -> Message {
    Message(
      en: "'\(field)' tells persons apart: a group of one person is not hidden by noise",
      fr: "« \(field) » distingue les personnes : le bruit ne cache pas un groupe d’une seule")
  }

  private static func impossible(_ bounds: (above: Int, below: Int)) -> Message {
    guard bounds.above < bounds.below else {
      return Message(
        en: "no noise within 'most' keeps all counts right on average with this 'least'",
        fr:
          "aucun bruit dans « most » ne garde tous les comptes justes en moyenne avec ce « least »")
    }
    return Message(
      en: "with these 'most' and 'least' the variance lies above \(bounds.above) and below "
        + "\(bounds.below)",
      fr: "avec ces « most » et « least », la variance est au-dessus de \(bounds.above) et sous "
        + "\(bounds.below)")
  }
}
