import StageKit
import Tabular

/// What the stage's options mean for its input's fields.
enum KAnonymiseBinding {
  struct Quasi {
    let field: Field
    let node: SpecNode
    /// Of its hierarchy; none where it is published in ranges.
    let levels: [[String]]
    var ranges: RangeValues.Kind?
  }

  /// What is written instead of a hierarchy.
  static let ranges = "ranges"

  private static let personColumn = "\u{1}person"

  /// The field that tells persons apart; nil for `row`.
  static func person(_ node: SpecNode, _ binding: Binding) throws -> Field? {
    if node.text == "row" { return nil }
    let field = try binding.require(binding.field(node))
    hold(field, at: node, binding)
    return field
  }

  /// What tells persons apart cannot be made coarser: then it would tell fewer apart.
  static func isApart(
    _ person: Field?, _ quasi: [Quasi], at position: SpecPosition?, _ binding: Binding
  ) {
    guard let person, let position, quasi.contains(where: { $0.field.name == person.name }) else {
      return
    }
    binding.diagnostics.error(
      "repeated-field", at: position,
      Message(
        en: "'\(person.name)' tells persons apart and is a quasi-identifier: it cannot be both",
        fr: "« \(person.name) » distingue les personnes et est un quasi-identifiant : ce ne peut "
          + "être les deux"),
      remedy: Message(
        en: "name another field, or `row` where every row is a person",
        fr: "nommez un autre champ, ou `row` si chaque ligne est une personne"))
  }

  /// One value has one text, except among decimals.
  static func hold(_ field: Field, at node: SpecNode, _ binding: Binding) {
    guard field.type == .decimal || field.type == .double else { return }
    binding.diagnostics.error(
      "wrong-type", at: node.position,
      Message(
        en: "'\(field.name)' is \(field.type.name): values are told apart among texts, whole "
          + "numbers and dates",
        fr: "« \(field.name) » est de type \(field.type.name) : des valeurs se distinguent parmi "
          + "des textes, des entiers et des dates"))
  }

  static func quasi(_ node: SpecNode, _ binding: Binding) -> [Quasi] {
    let entries = node.entries ?? []
    if entries.isEmpty {
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(en: "no quasi-identifier is named", fr: "aucun quasi-identifiant n’est nommé"))
    }
    return entries.compactMap { entry in
      let inRanges = entry.value.text == ranges
      let levels = inRanges ? [] : HierarchyOptions.levels(entry.value, binding)
      guard let field = binding.field(entry.keyNode), let levels else { return nil }
      if field.privacy.classes[.direct] != nil {
        binding.diagnostics.error(
          "direct-identifier", at: entry.keyPosition,
          Message(
            en: "'\(field.name)' identifies directly: no class hides it",
            fr: "« \(field.name) » identifie directement : aucune classe ne le cache"),
          remedy: Message(
            en: "drop it, or turn it into a pseudonym",
            fr: "écartez-le, ou faites-en un pseudonyme"))
      }
      return Quasi(
        field: field, node: entry.keyNode, levels: levels,
        ranges: inRanges ? kind(of: field, at: entry.keyNode, binding) : nil)
    }
  }

  /// The quasi-identifiers and the person as texts, as hierarchies write values.
  static func texts(
    _ quasi: [Quasi], person: Field?, _ sensitive: [Sensitive], at node: SpecNode,
    _ binding: Binding
  ) -> ComputedFields {
    var computed = ComputedFields(of: binding.input)
    // Behind all others, and before any other becomes a text.
    if let person { set(person, named: personColumn, at: node, in: &computed, binding) }
    for (index, one) in sensitive.enumerated() {
      set(one.field, named: "\u{1}sensitive\(index)", at: one.node, in: &computed, binding)
    }
    for one in quasi {
      set(one.field, named: one.field.name, at: one.node, in: &computed, binding)
    }
    return computed
  }

  static func set(
    _ field: Field, named name: String, at node: SpecNode, in computed: inout ComputedFields,
    _ binding: Binding
  ) {
    let text = "cast(\(ExpressionText.field(field.name)) as text)"
    guard let expression = binding.expression(written: text, at: node, in: computed.facts)
    else { return }
    var made = coarser(field)
    made.name = name
    computed.set(made, to: expression)
  }

  /// The field as the stage gives it.
  static func coarser(_ field: Field) -> Field {
    var made = field
    (made.type, made.decimals, made.counts, made.nullable) = (.text, nil, nil, true)
    return made
  }

  static func lattice(_ quasi: [Quasi], at node: SpecNode, _ binding: Binding) -> Lattice? {
    guard !quasi.contains(where: { $0.ranges != nil }) else { return Lattice(heights: []) }
    let bits = quasi.reduce(0) { $0 + QuasiDomain.bits(rows: $1.levels[0].count) }
    let lattice = Lattice(heights: quasi.map(\.levels.count))
    if lattice == nil || bits > 62 {
      binding.diagnostics.error(
        "too-many-combinations", at: node.position,
        Message(
          en: "these hierarchies have too many combinations of values or levels",
          fr: "ces hiérarchies ont trop de combinaisons de valeurs ou de niveaux"),
        remedy: Message(
          en: "name fewer quasi-identifiers, or make some coarser before (`bucket`, `truncate`)",
          fr: "nommez moins de quasi-identifiants, ou rendez-en de plus grossiers avant (`bucket`, "
            + "`truncate`)"))
    }
    return lattice
  }

  /// With their columns, and their places in tuples' keys.
  static func packed(_ quasi: [Quasi], _ input: Facts) -> [AnonymisingBreaker.Quasi] {
    var shift = 0
    return quasi.compactMap { one in
      guard let column = input.index(of: one.field.name) else { return nil }
      defer { shift += QuasiDomain.bits(rows: one.levels[0].count) }
      return AnonymisingBreaker.Quasi(
        name: one.field.name, column: column, levels: one.levels,
        leaves: LeafNumbers(one.levels[0]), shift: shift)
    }
  }
}
