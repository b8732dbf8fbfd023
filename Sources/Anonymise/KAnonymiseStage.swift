import StageKit
import Tabular

/// `k_anonymise`: makes quasi-identifiers coarser until every person is hidden among k.
public struct KAnonymiseStage: FieldTreating {
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
        "sensitive", .map(keys: "field", .record(sensitiveOptions)),
        Message(
          en: "What each class's rows must be in sensitive fields. Rows are counted, not persons; "
            + "distances are to the whole input.",
          fr: "Ce que les lignes de chaque classe doivent être dans des champs sensibles. Les "
            + "lignes sont comptées, non les personnes ; les distances sont à l’entrée entière.")),
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
      OptionDeclaration(
        "solution", .file,
        Message(
          en: "A file that the levels are kept in. Where it is missing a run chooses them, writes "
            + "it and publishes nothing, so that they can be reviewed; from then on every run uses "
            + "these levels, verifies them on its rows, and fails where they no longer do.",
          fr: "Un fichier où les niveaux sont gardés. S’il manque, une exécution les choisit, "
            + "l’écrit et ne publie rien, pour qu’ils soient relus ; dès lors chaque exécution "
            + "prend ces niveaux, les vérifie sur ses lignes, et échoue s’ils ne suffisent plus.")),
    ],
    privacy: Message(
      en: "The table gets k-anonymity; classes stay. Other guarantees of classes are void.",
      fr: "La table obtient le k-anonymat ; les classes restent. Les autres garanties de classes "
        + "sont annulées."),
    ways: [
      (
        suppressed,
        Message(
          en: "rows of classes of fewer than k persons, or unlike what is asked of `sensitive`",
          fr: "lignes de classes de moins de k personnes, ou autres que ce que `sensitive` demande")
      )
    ],
    example: """
      k_anonymise:
        k: 3
        person: row
        quasi: {age: ages.csv, quartier: quartiers.csv}
        suppress_at_most: 10%
      """)

  private static let sensitiveOptions = [
    OptionDeclaration(
      "distinct", .integer(2...1_000_000),
      Message(en: "Different values, at least.", fr: "Valeurs différentes, au moins.")),
    OptionDeclaration(
      "entropy", .number(1...1_000_000),
      Message(
        en: "An entropy of at least that of so many equally frequent values.",
        fr: "Une entropie d’au moins celle d’autant de valeurs également fréquentes.")),
    OptionDeclaration(
      "recursive",
      .record([
        OptionDeclaration(
          "c", .number(0.000001...1_000_000), required: true,
          Message(en: "A factor.", fr: "Un facteur.")),
        OptionDeclaration(
          "l", .integer(1...1_000_000), required: true,
          Message(en: "A rank.", fr: "Un rang.")),
      ]),
      Message(
        en: "The most frequent value has fewer rows than c times those from the l-th on.",
        fr: "La valeur la plus fréquente a moins de lignes que c fois celles à partir de la l-ième."
      )),
    OptionDeclaration(
      "closeness", .number(0...1),
      Message(
        en: "Earth mover's distance to the distribution of all rows, at most.",
        fr: "Distance du terrassier à la distribution de toutes les lignes, au plus.")),
    OptionDeclaration(
      "ground", .choice(["equal", "ordered"]), default: "equal",
      Message(
        en: "How far values are apart, for closeness: all equally, or by their order.",
        fr: "L’écart entre valeurs, pour la distance : le même pour toutes, ou selon leur ordre.")),
    OptionDeclaration(
      "hierarchy", .file,
      Message(
        en: "A hierarchy by which values are apart, for closeness.",
        fr: "Une hiérarchie qui dit l’écart entre valeurs, pour la distance.")),
  ]

  public let output: Facts
  public let treatedFields: [String]
  private let computed: ComputedFields
  private let reads: Set<String>
  private let plan: AnonymisingBreaker.Plan

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["quasi"])
    let person = try KAnonymiseBinding.person(try binding.require(options["person"]), binding)
    let quasi = KAnonymiseBinding.quasi(node, binding)
    let sensitive = KAnonymiseBinding.sensitive(options["sensitive"], quasi, binding)
    let computed = KAnonymiseBinding.texts(quasi, person: person, sensitive, at: node, binding)
    let lattice = KAnonymiseBinding.lattice(quasi, at: node, binding)
    let k = try binding.require(options["k"]?.integer)
    let solution = KAnonymiseBinding.solution(options, quasi, person: person, sensitive, binding)
    try binding.settle()
    let limit = options["suppress_at_most"].flatMap { RowLimit($0) } ?? .count(0)
    let mean: InformationLoss.Mean =
      options["objective"]?.text == "loss_arithmetic" ? .arithmetic : .geometric
    plan = AnonymisingBreaker.Plan(
      quasi: KAnonymiseBinding.packed(quasi, binding.input),
      person: person == nil ? nil : binding.input.fields.count, sensitive: sensitive.map(\.plan),
      fields: binding.input.fields.count,
      width: binding.input.fields.count + (person == nil ? 0 : 1), k: k, mean: mean,
      budget: options["nodes"]?.integer ?? 20_000, lattice: try binding.require(lattice),
      mostSuppressed: { limit.most(of: $0) }, solution: solution)
    self.computed = computed
    treatedFields = quasi.map(\.field.name)
    let names = Set(treatedFields)
    reads = names.union(person.map { [$0.name] } ?? []).union(sensitive.map(\.field.name))
    var facts = binding.input.afterChoice(reading: Privacy.union(quasi.map(\.field.privacy)))
    for one in quasi { facts = facts.setting(KAnonymiseBinding.coarser(one.field)) }
    facts.guarantees.insert(
      .anonymity(
        Anonymity(
          k: k, quasi: names, person: person?.name,
          spreads: Dictionary(
            sensitive.map { ($0.field.name, $0.spreads) }, uniquingKeysWith: { $0.union($1) }))))
    output = facts
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(reads) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .breaker(
      SurroundedBreaker(
        before: computed.rowOperator,
        AnonymisingBreaker(plan: plan, remark: context.remark, propose: context.propose),
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
