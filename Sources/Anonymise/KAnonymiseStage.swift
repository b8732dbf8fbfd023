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
        + "class have in common. Releases of the same persons (of one "
        + "`person` field and scope) are audited with up to 30 earlier ones: who knows one "
        + "combination of a person of both is left with k. That does not protect against knowing "
        + "several, or when a person came or went, which is told.",
      fr: "Rend des quasi-identifiants plus généraux, chacun à un niveau de sa hiérarchie, jusqu’à "
        + "ce que les lignes pareilles en tous soient d’au moins k personnes. De tous les niveaux, "
        + "ceux qui perdent le moins d’information sont choisis ; des lignes qui en forceraient "
        + "plus peuvent être écartées, dans une limite. Suppose qu’un attaquant ne connaît que les "
        + "quasi-identifiants nommés ici, et que `person` distingue les personnes. Ne protège pas "
        + "de ce que toutes les personnes d’une classe ont en commun. Les diffusions sur les mêmes "
        + "personnes (d’un même champ `person` et domaine) sont auditées avec jusqu’à 30 "
        + "antérieures : qui connaît une combinaison d’une personne des deux reste devant k. Cela "
        + "ne protège pas de qui en connaît plusieurs, ou sait quand une personne est arrivée ou "
        + "partie, ce qui est dit."),
    options: [
      OptionDeclaration(
        "k", .integer(1...1_000_000), required: true,
        Message(
          en: "Persons in each class, at least; 1 where only other models are asked for.",
          fr: "Personnes par classe, au moins ; 1 si seuls d’autres modèles sont demandés.")),
      OptionDeclaration(
        "person", .either([.choice(["row"]), .field]), required: true,
        Message(
          en: "The field that tells persons apart, or `row` where each row is a person. A sample's "
            + "weights are not counted: they only estimate how many are alike.",
          fr: "Le champ qui distingue les personnes, ou `row` si chaque ligne est une personne. "
            + "Les poids d’un échantillon ne sont pas comptés : ils ne font qu’estimer combien "
            + "sont pareilles.")),
      OptionDeclaration(
        "quasi",
        .map(
          keys: "field",
          .either([.choice([KAnonymiseBinding.ranges])] + HierarchyOptions.alternatives)),
        required: true,
        Message(
          en: "The quasi-identifiers, each with its hierarchy: a file as ARX writes them, or how "
            + "it is built. An empty cell is a value of its own. Or `ranges` for all of them, "
            + "which are then numbers or dates: rows are put apart at medians (Mondrian, "
            + "strict), and each class is published from its least value to its greatest.",
          fr: "Les quasi-identifiants, chacun avec sa hiérarchie : un fichier comme ARX les "
            + "écrit, ou comment la construire. Une cellule vide est une valeur à part entière. "
            + "Ou `ranges` pour tous, alors des nombres ou des dates : les lignes sont séparées "
            + "aux médianes (Mondrian, strict), et chaque classe est publiée de sa plus petite "
            + "valeur à sa plus grande.")),
      OptionDeclaration(
        "sensitive", .map(keys: "field", .record(KAnonymiseOptions.sensitive)),
        Message(
          en: "What each class's rows must be in sensitive fields. Rows are counted, not persons; "
            + "distances are to the whole input.",
          fr: "Ce que les lignes de chaque classe doivent être dans des champs sensibles. Les "
            + "lignes sont comptées, non les personnes ; les distances sont à l’entrée entière.")),
      OptionDeclaration(
        "population", .record(KAnonymiseOptions.population),
        Message(
          en: "Among whom persons are to be hidden, beyond those of the input.",
          fr: "Parmi qui les personnes doivent être cachées, au-delà de celles de l’entrée.")),
      OptionDeclaration(
        "suppress_at_most", .limit, default: "0",
        Message(
          en: "Rows that may be left out.", fr: "Les lignes qui peuvent être écartées.")),
      OptionDeclaration(
        "objective", .choice(Objective.Kind.allCases.map(\.rawValue)), default: "loss_geometric",
        Message(
          en: "What is to be least: the fields' losses, by their geometric or arithmetic mean; "
            + "their losses of entropy; the squares of classes' rows (`discernibility`, a "
            + "suppressed row counting as all rows); or rows by class (`class_size`).",
          fr: "Ce qui doit être moindre : les pertes des champs, en moyenne géométrique ou "
            + "arithmétique ; leurs pertes d’entropie ; les carrés des lignes des classes "
            + "(`discernibility`, une ligne écartée comptant comme toutes) ; ou les lignes par "
            + "classe (`class_size`).")),
      OptionDeclaration(
        "weights", .map(keys: "field", .number(0...1_000_000)), default: "1 each",
        Message(
          en: "How much the losses of quasi-identifiers count beside each other, where the "
            + "objective is a mean of losses; 0 for one that may lose anything.",
          fr: "Combien les pertes des quasi-identifiants comptent les unes à côté des autres, si "
            + "l’objectif est une moyenne de pertes ; 0 pour un qui peut tout perdre.")),
      OptionDeclaration(
        "local_recoding", .integer(0...50), default: "0",
        Message(
          en: "How often the rows of classes that fail may be tried again at other levels of "
            + "their own. What is published then has values of several levels, and never loses "
            + "more than one level a field would.",
          fr: "Combien de fois les lignes des classes insuffisantes peuvent être essayées à "
            + "d’autres niveaux, les leurs. Ce qui est publié a alors des valeurs de plusieurs "
            + "niveaux, et ne perd jamais plus qu’avec un niveau par champ.")),
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
      fr: "La table obtient le k-anonymat ; les classes restent. Les autres garanties de "
        + "classes sont annulées."),
    promise: StagePromise(
      guarantee: Message(
        en: "Whoever knows all quasi-identifiers of somebody finds rows of k persons or more, "
          + "and each sensitive field as spread within them as asked.",
        fr: "Qui connaît tous les quasi-identifiants de quelqu’un trouve des lignes de k "
          + "personnes ou plus, et chaque champ sensible aussi réparti parmi elles que demandé."),
      assumes: Message(
        en: "`person` tells persons apart; `quasi` is all that a reader may know; hierarchies "
          + "and levels tell nothing of single persons.",
        fr: "`person` distingue les personnes ; `quasi` est tout ce qu’un lecteur peut savoir ; "
          + "hiérarchies et niveaux ne disent rien d’une personne."),
      leaves: Message(
        en: "What a whole class has in common where nothing is asked of it; readers who know "
          + "other fields; other releases of the same persons.",
        fr: "Ce qu’une classe entière a en commun là où rien n’en est demandé ; un lecteur qui "
          + "connaît d’autres champs ; d’autres publications des mêmes personnes.")),
    ways: [
      (
        suppressed,
        Message(
          en: "rows of classes of fewer than k persons, or unlike what else is asked of them",
          fr: "lignes de classes de moins de k personnes, ou autres que ce qui en est demandé")
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
  public let treatedFields: [String]
  private let computed: ComputedFields
  private let reads: Set<String>
  /// Releases of the same persons, where a field tells them apart.
  private let series: String?
  /// One of them.
  private let plan: AnonymisingBreaker.Plan?
  private let ranges: PartitioningBreaker.Plan?

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["quasi"])
    let person = try KAnonymiseBinding.person(try binding.require(options["person"]), binding)
    let quasi = KAnonymiseBinding.quasi(node, binding)
    KAnonymiseBinding.isApart(person, quasi, at: options["person"]?.position, binding)
    let sensitive = KAnonymiseBinding.sensitive(options["sensitive"], quasi, binding)
    let computed = KAnonymiseBinding.texts(quasi, person: person, sensitive, at: node, binding)
    let lattice = KAnonymiseBinding.lattice(quasi, at: node, binding)
    let areRanges = KAnonymiseBinding.areRanges(options, quasi, binding)
    let k = try binding.require(options["k"]?.integer)
    let population = options["population"].flatMap { PopulationPlan($0, quasi, binding) }
    KAnonymiseBinding.checkModels(options, sensitive, binding)
    KAnonymiseBinding.checkWeights(options, quasi, binding)
    let solution = KAnonymiseBinding.solution(options, quasi, person: person, sensitive, binding)
    try binding.settle()
    let limit = options["suppress_at_most"].flatMap { RowLimit($0) } ?? .count(0)
    let own = binding.input.fields.count
    let width = own + (person == nil ? 0 : 1)
    series = person.map(ReleasedPersons.series)
    ranges =
      !areRanges
      ? nil
      : PartitioningBreaker.Plan(
        quasi: KAnonymiseBinding.ranged(quasi, binding.input), person: person == nil ? nil : own,
        sensitive: sensitive.map(\.plan), fields: own, width: width, k: k,
        mostSuppressed: { limit.most(of: $0) })
    plan =
      areRanges
      ? nil
      : AnonymisingBreaker.Plan(
        quasi: KAnonymiseBinding.packed(quasi, binding.input), person: person == nil ? nil : own,
        sensitive: sensitive.map(\.plan), fields: own, width: width, k: k,
        objective: options["objective"]?.text.flatMap { Objective.Kind(rawValue: $0) }
          ?? .lossGeometric,
        weights: KAnonymiseBinding.weights(options, quasi),
        budget: options["nodes"]?.integer ?? 20_000,
        rounds: 1 + (options["local_recoding"]?.integer ?? 0),
        lattice: try binding.require(lattice), mostSuppressed: { limit.most(of: $0) },
        solution: solution, population: population)
    self.computed = computed
    treatedFields = quasi.map(\.field.name)
    let names = Set(treatedFields)
    reads = names.union(person.map { [$0.name] } ?? []).union(sensitive.map(\.field.name))
    let chosenBy = quasi.map(\.field.privacy) + (population.map { [$0.privacy] } ?? [])
    var facts = binding.input.afterChoice(reading: Privacy.union(chosenBy))
    for one in quasi { facts = facts.setting(KAnonymiseBinding.coarser(one.field)) }
    facts.guarantees.insert(
      .anonymity(
        Anonymity(
          k: k, quasi: names, person: person?.name,
          spreads: Dictionary(
            sensitive.map { ($0.field.name, $0.spreads) }, uniquingKeysWith: { $0.union($1) }),
          population: population?.bounds ?? [])))
    output = facts
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(reads) }

  public func sides(_ wanted: Set<String>) -> [SideNeed] {
    plan?.population.map { [SideNeed(table: $0.table, fields: $0.fields)] } ?? []
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let breaker: any Breaker
    let released = series.map { series in
      ReleasedPersons(
        series: series, fields: treatedFields, k: plan?.k ?? ranges?.k ?? 1,
        releases: context.releases, remark: context.remark,
        limit: max(context.resources.memory / 2, 1 << 20))
    }
    if let plan {
      let population = try plan.population.map {
        try $0.population(try context.side($0.table), plan.quasi)
      }
      breaker = AnonymisingBreaker(
        plan: plan, population: population, remark: context.remark, propose: context.propose,
        account: context.account, released: released)
    } else if let ranges {
      breaker = PartitioningBreaker(
        plan: ranges, remark: context.remark, account: context.account, released: released)
    } else {
      throw AnonymisingBreaker.wrongColumn
    }
    return .breaker(
      SurroundedBreaker(before: computed.rowOperator, breaker, after: RowChain([])))
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
