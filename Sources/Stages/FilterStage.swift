import StageKit
import Tabular

/// `filter`: keeps the rows for which a condition is true.
public struct FilterStage: Justified {
  public static let declaration = StageDeclaration(
    name: "filter", kind: .rowLocal,
    summary: Message(
      en: "Keeps the rows for which a condition is true.",
      fr: "Garde les lignes pour lesquelles une condition est vraie."),
    options: [
      OptionDeclaration(
        "where", .expression, required: true,
        Message(
          en: "The condition. Rows where it is unknown, because a value is empty, leave too and "
            + "are counted apart.",
          fr: "La condition. Les lignes où elle est inconnue, faute de valeur, partent aussi et "
            + "sont comptées à part.")),
      OptionDeclaration(
        "because", .text,
        Message(
          en: "Why rows are chosen by the value of a direct identifier, which singles people out. "
            + "Required then; stands in the privacy lock.",
          fr: "Pourquoi des lignes sont choisies par la valeur d’un identifiant direct, ce qui "
            + "isole des personnes. Exigé alors ; figure dans le verrou de confidentialité.")),
    ],
    shorthand: "where",
    privacy: Message(
      en: "Classes stay. A condition on the value of a direct, sensitive, pseudonym or "
        + "unclassified field taints the table (asking whether a direct identifier or pseudonym "
        + "is there at all does not). k is void. `n >= 11` on a count of rows sets min_count "
        + "to 11; `n - m >= 11` proves that as many are left besides the m counted under a "
        + "condition.",
      fr: "Les classes restent. Une condition sur la valeur d’un champ direct, sensible, "
        + "pseudonyme ou non classé marque la table (demander si un identifiant direct ou un "
        + "pseudonyme est présent ne la marque pas). k est annulé. `n >= 11` sur un compte de "
        + "lignes porte min_count à 11 ; `n - m >= 11` prouve qu’il en reste autant outre les m "
        + "comptées sous condition."),
    ways: [
      (
        RowWay.filteredFalse,
        Message(en: "the condition was false", fr: "la condition était fausse")
      ),
      (
        RowWay.filteredUnknown,
        Message(
          en: "the condition was unknown, because a value is empty",
          fr: "la condition était inconnue, faute de valeur")
      ),
    ],
    example: "filter: statut = 'close' and ouverture <= date '2026-01-31'")

  public let output: Facts
  public let justifications: [Justification]
  private let condition: BoundExpression
  private let reads: Set<String>

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["where"])
    condition = try binding.require(binding.expression(node, expecting: .boolean))
    let tree = try binding.require(binding.tree(node))
    let input = binding.input
    reads = input.names(of: condition)
    FilterStage.warnOfEmpties(tree, node, binding)
    justifications = FilterStage.singlesOut(tree, node, options["because"]?.text, binding)
    try binding.settle()
    output = FilterStage.facts(tree, reads: reads, binding)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted.union(reads) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(RowFilter(condition))
  }

  private static func facts(_ tree: SyntaxTree, reads: Set<String>, _ binding: Binding) -> Facts {
    let input = binding.input
    let byValue = tree.fieldsByValue
    let told = input.fields.filter { reads.contains($0.name) }.map { field in
      // That an e-mail was given singles nobody out; that a disability was, tells all.
      byValue.contains(field.name)
        ? field.privacy : field.privacy.only([.sensitive, .unclassified])
    }
    var facts = input.afterChoice(reading: Privacy.union(told), by: input.choices(of: tree))
    let parameters = binding.parameters.mapValues(\.value)
    for conjunct in tree.conjuncts {
      for name in conjunct.fieldsProvenPresent {
        if let index = facts.index(of: name) { facts.fields[index].nullable = false }
      }
      if let (name, bound, isStrict) = conjunct.lowerBound(parameters),
        let basis = input.field(name)?.counts?.basis
      {
        facts = facts.standing(for: leastCount(bound, isStrict: isStrict), of: basis)
      } else if let (names, bound, isStrict) = conjunct.lowerBoundOfDifference(parameters) {
        let least = leastCount(bound, isStrict: isStrict)
        for basis in rest(of: names, input) { facts = facts.standing(for: least, of: basis) }
      }
    }
    return facts.resting(on: facts.bases)
  }

  /// The rows that one count has more than another, where it counts those of the other, too; and
  /// all that it counts, which are no fewer.
  private static func rest(of names: (from: String, less: String), _ input: Facts) -> [Basis] {
    guard let whole = input.field(names.from)?.counts?.basis,
      let part = input.field(names.less)?.counts?.basis, part.narrows(whole)
    else { return [] }
    return [part.rest(of: whole), whole]
  }

  /// Direct identifiers whose values decide: somebody must answer for that.
  private static func singlesOut(
    _ tree: SyntaxTree, _ node: SpecNode, _ because: String?, _ binding: Binding
  ) -> [Justification] {
    let byValue = tree.fieldsByValue
    let direct = binding.input.fields.filter {
      byValue.contains($0.name) && $0.privacy.classes[.direct] != nil
    }
    guard let because, !because.allSatisfy(\.isWhitespace) else {
      for field in direct {
        binding.diagnostics.error(
          "singles-out", at: node.position,
          Message(
            en: "choosing rows by the direct identifier '\(field.name)' singles people out",
            fr: "choisir des lignes par l’identifiant direct « \(field.name) » isole des "
              + "personnes"),
          remedy: Message(
            en: "leave it out, or say why: `filter: {where: …, because: …}`",
            fr: "ôtez-le, ou dites pourquoi : `filter: {where: …, because: …}`"))
      }
      return []
    }
    return direct.map {
      Justification(.singlingOut, field: $0, because: because, at: node.position)
    }
  }

  /// The least whole number that satisfies a lower bound.
  private static func leastCount(_ bound: Decimal, isStrict: Bool) -> Int {
    let whole = bound.digits / Decimal.powersOfTen[bound.scale]
    let floor = Decimal(digits: whole, scale: 0) > bound ? whole - 1 : whole
    let isWhole = Decimal(digits: floor, scale: 0) == bound
    return Int(clamping: isWhole && !isStrict ? floor : floor + 1)
  }

  /// `statut <> 'test'` drops the rows without a status too, which authors seldom mean.
  private static func warnOfEmpties(_ tree: SyntaxTree, _ node: SpecNode, _ binding: Binding) {
    let asked = Set(tree.conjuncts.compactMap(\.fieldAskedFor))
    var warned: Set<String> = []
    for reference in tree.inequalityConjuncts where !asked.contains(reference.name) {
      guard let field = binding.input.field(reference.name), field.nullable,
        warned.insert(field.name).inserted
      else { continue }
      binding.diagnostics.warning(
        "drops-empty", at: node.position(utf8Offset: reference.offset),
        Message(
          en: "rows where '\(field.name)' is empty are dropped too",
          fr: "les lignes où « \(field.name) » est vide partent aussi"),
        remedy: Message(
          en: "add `or \(field.name) is null` (in parentheses) or write `is distinct from`; "
            + "if they shall go, say so: `and \(field.name) is not null`",
          fr: "ajoutez `or \(field.name) is null` (entre parenthèses) ou écrivez "
            + "`is distinct from` ; si elles doivent partir, dites-le : "
            + "`and \(field.name) is not null`"))
    }
  }
}
