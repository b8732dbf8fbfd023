import StageKit
import Tabular

/// `k_anonymise`: makes quasi-identifiers coarser until every person is hidden among k.
public struct KAnonymiseStage: Stage {
  /// Rows of classes that are too small.
  static let suppressed = "suppressed"

  public static let declaration = StageDeclaration(
    name: "k_anonymise", kind: .breaker,
    summary: Message(
      en: "Makes quasi-identifiers coarser, each to one level of its hierarchy, until the rows "
        + "alike in all of them are of at least k persons. Of all levels those are chosen that "
        + "lose least information; rows that would force more may be left out, up to a limit. "
        + "Assumes that an attacker knows no more than the quasi-identifiers named here, and that "
        + "`person` tells persons apart. Does not protect against learning what all persons of a "
        + "class have in common, nor against other releases of the same persons.",
      fr: "Rend des quasi-identifiants plus généraux, chacun à un niveau de sa hiérarchie, jusqu’à "
        + "ce que les lignes pareilles en tous soient d’au moins k personnes. De tous les niveaux, "
        + "ceux qui perdent le moins d’information sont choisis ; des lignes qui en forceraient "
        + "plus peuvent être écartées, dans une limite. Suppose qu’un attaquant ne connaît que les "
        + "quasi-identifiants nommés ici, et que `person` distingue les personnes. Ne protège pas "
        + "de ce que toutes les personnes d’une classe ont en commun, ni d’autres diffusions sur "
        + "les mêmes personnes."),
    options: [
      OptionDeclaration(
        "k", .integer(2...1_000_000), required: true,
        Message(en: "Persons in each class, at least.", fr: "Personnes par classe, au moins.")),
      OptionDeclaration(
        "person", .either([.choice(["row"]), .field]), required: true,
        Message(
          en: "The field that tells persons apart, or `row` where each row is a person.",
          fr: "Le champ qui distingue les personnes, ou `row` si chaque ligne est une personne.")),
      OptionDeclaration(
        "quasi", .map(keys: "field", .file), required: true,
        Message(
          en: "The quasi-identifiers, each with its hierarchy: a file as ARX writes them. An empty "
            + "cell is a value of its own.",
          fr: "Les quasi-identifiants, chacun avec sa hiérarchie : un fichier comme ARX les écrit. "
            + "Une cellule vide est une valeur à part entière.")),
      OptionDeclaration(
        "suppress_at_most", .limit, default: "0",
        Message(
          en: "Rows that may be left out.", fr: "Les lignes qui peuvent être écartées.")),
      OptionDeclaration(
        "objective", .choice(["loss_geometric", "loss_arithmetic"]), default: "loss_geometric",
        Message(
          en: "What is to be least: the fields' losses, by their geometric or arithmetic mean.",
          fr: "Ce qui doit être moindre : les pertes des champs, en moyenne géométrique ou "
            + "arithmétique.")),
      OptionDeclaration(
        "nodes", .integer(1...10_000_000), default: "20000",
        Message(
          en: "Combinations of levels to try, at most; the run says when that was not enough to "
            + "prove the best.",
          fr: "Les combinaisons de niveaux à essayer, au plus ; l’exécution dit quand cela n’a pas "
            + "suffi à prouver la meilleure.")),
    ],
    privacy: Message(
      en: "The table gets k-anonymity; classes stay. Other guarantees of classes are void.",
      fr: "La table obtient le k-anonymat ; les classes restent. Les autres garanties de classes "
        + "sont annulées."),
    ways: [
      (
        suppressed,
        Message(
          en: "rows of classes of fewer than k persons",
          fr: "lignes de classes de moins de k personnes")
      )
    ],
    example: """
      k_anonymise:
        k: 3
        person: row
        quasi: {age: ages.csv, quartier: quartiers.csv}
        suppress_at_most: 10%
      """)

  public let output: Facts
  private let computed: ComputedFields
  private let reads: Set<String>
  private let plan: AnonymisingBreaker.Plan

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["quasi"])
    let person = try KAnonymiseBinding.person(try binding.require(options["person"]), binding)
    let quasi = KAnonymiseBinding.quasi(node, binding)
    let computed = KAnonymiseBinding.texts(quasi, person: person, at: node, binding)
    let lattice = KAnonymiseBinding.lattice(quasi, at: node, binding)
    let k = try binding.require(options["k"]?.integer)
    try binding.settle()
    let limit = options["suppress_at_most"].flatMap { RowLimit($0) } ?? .count(0)
    let mean: InformationLoss.Mean =
      options["objective"]?.text == "loss_arithmetic" ? .arithmetic : .geometric
    plan = AnonymisingBreaker.Plan(
      quasi: KAnonymiseBinding.packed(quasi, binding.input),
      person: person == nil ? nil : binding.input.fields.count, k: k, mean: mean,
      budget: options["nodes"]?.integer ?? 20_000, lattice: try binding.require(lattice),
      mostSuppressed: { limit.most(of: $0) })
    self.computed = computed
    let names = Set(quasi.map(\.field.name))
    reads = names.union(person.map { [$0.name] } ?? [])
    var facts = binding.input.afterChoice(reading: Privacy.union(quasi.map(\.field.privacy)))
    for one in quasi { facts = facts.setting(KAnonymiseBinding.coarser(one.field)) }
    facts.guarantees.insert(
      .anonymity(Anonymity(k: k, quasi: names, person: person?.name)))
    output = facts
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(reads) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      SurroundedBreaker(
        before: computed.rowOperator, AnonymisingBreaker(plan: plan, remark: context.remark),
        after: RowChain([])))
  }
}

extension RowLimit {
  /// The rows that may leave, of so many.
  fileprivate func most(of rows: Int) -> Int {
    switch self {
    case .count(let most): most
    case .share(let perMillion): Int(Int128(rows) * Int128(perMillion) / 1_000_000)
    }
  }
}
