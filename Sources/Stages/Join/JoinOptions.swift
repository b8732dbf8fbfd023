import StageKit
import Tabular

/// The options of a join, checked against both tables.
struct JoinOptions: Sendable {
  /// A pair of key fields.
  struct Key: Sendable {
    let here: Field
    let there: Field
  }

  /// A field taken from the other table, with its name here.
  struct Taken: Sendable {
    let there: Field
    let name: String
  }

  let table: String
  let input: Facts
  let side: Facts
  let kind: Join.Kind
  let keys: [Key]
  let taken: [Taken]
  let allowsMany: Bool
  let likeness: KeyLikeness
  /// Rows without match beyond which the run fails.
  let mostUnmatched: RowLimit?
  private let position: SpecPosition

  init(_ options: Options, _ binding: Binding) throws {
    (input, position) = (binding.input, options.position)
    let with = try binding.require(options["with"])
    table = with.text ?? ""
    side = try binding.require(binding.table(with))
    kind =
      switch options["kind"]?.text {
      case "left": .left
      case "semi": .semi
      case "anti": .anti
      default: .inner
      }
    keys = Self.keys(try binding.require(options["key"]), side, binding)
    likeness = KeyLikeness(options["ignore"])
    if !likeness.isExact, !keys.contains(where: { $0.here.type == .text }), !keys.isEmpty {
      binding.diagnostics.error(
        "wrong-type", at: options["ignore"]?.position ?? options.position, JoinMessages.noText)
    }
    // Without sound keys, what remains to be taken is not known.
    try binding.settle()
    taken = Self.taken(options, kind, keys, side, binding)
    allowsMany = options["many"]?.text == "allow"
    mostUnmatched = options["unmatched"]?["at_most"].flatMap { RowLimit($0) }
    try binding.settle()
  }

  private static func keys(_ node: SpecNode, _ side: Facts, _ binding: Binding) -> [Key] {
    var keys: [Key] = []
    let pairs =
      node.entries?.map { ($0.keyNode, $0.value) } ?? (node.items ?? [node]).map { ($0, $0) }
    for (left, right) in pairs {
      let (here, there) = (binding.field(left), binding.field(right, in: side))
      guard let here, let there else { continue }
      if keys.contains(where: { $0.here.name == here.name }) {
        binding.diagnostics.error(
          "repeated-field", at: left.position, JoinMessages.repeatedKey(here.name))
      }
      guard here.type == there.type else {
        binding.diagnostics.error(
          "wrong-type", at: right.position, JoinMessages.keyTypes(here, there),
          remedy: JoinMessages.castFirst)
        continue
      }
      keys.append(Key(here: here, there: there))
    }
    return keys
  }

  private static func taken(
    _ options: Options, _ kind: Join.Kind, _ keys: [Key], _ side: Facts, _ binding: Binding
  ) -> [Taken] {
    let take = options["take"]
    switch kind {
    case .left, .inner: break
    case .semi, .anti:
      if let take {
        binding.diagnostics.error("nothing-taken", at: take.position, JoinMessages.nothingTaken)
      }
      return []
    }
    let wanted: [(field: Field?, name: String, position: SpecPosition)]
    if let entries = take?.entries {
      wanted = entries.map {
        (binding.field($0.keyNode, in: side), $0.value.text ?? "", $0.value.position)
      }
    } else if let take {
      wanted = (take.items ?? [take]).map {
        (binding.field($0, in: side), $0.text ?? "", $0.position)
      }
    } else {
      let position = options["with"]?.position ?? options.position
      wanted = side.fields.filter { field in !keys.contains { $0.there.name == field.name } }
        .map { ($0, $0.name, position) }
    }
    var taken: [Taken] = []
    for (field, name, position) in wanted {
      guard let field else { continue }
      if binding.input.field(name) != nil || taken.contains(where: { $0.name == name }) {
        binding.diagnostics.error(
          "field-exists", at: position, JoinMessages.taken(name),
          remedy: JoinMessages.takeAs(field.name))
      }
      taken.append(Taken(there: field, name: name))
    }
    return taken
  }

  /// What is said of rows without match.
  var unmatched: UnmatchedRows {
    let isExpected: Bool =
      switch kind {
      case .left, .inner: false
      // These are there to tell the ones from the others.
      case .semi, .anti: true
      }
    return UnmatchedRows(
      table: table,
      isPersonal: keys.contains { $0.here.privacy.isPersonal || $0.there.privacy.isPersonal },
      isSpelt: keys.contains { $0.here.type == .text }, limit: mostUnmatched, countsEmpty: true,
      isExpected: isExpected, rule: JoinMessages.tooMany)
  }

  /// The choice of rows by whether they have a match. Whoever looks something up by what is not
  /// personal means to lose none.
  private var choice: RowSelection.Choice? {
    let isPersonal = keys.contains { $0.here.privacy.isPersonal }
    switch kind {
    case .left: return nil
    case .inner where !isPersonal: return nil
    case .inner, .semi, .anti:
      let pairs = keys.map { "\($0.here.name) = \($0.there.name)" }.sorted()
      return RowSelection.Choice("\(kind) \(table) \(pairs)", isPersonal: isPersonal)
    }
  }

  /// What is known of the rows that come out.
  func facts(of input: Facts) -> Facts {
    let keyPrivacy = keys.flatMap { [$0.here.privacy, $0.there.privacy] }
    var facts = input.afterChoice(
      reading: Privacy.union(keyPrivacy + [side.taint]), by: choice.map { [$0] } ?? [])
    facts.rowsRepeat = input.rowsRepeat
    switch kind {
    case .anti: return facts.chosen(by: side)
    case .inner, .semi:
      for key in keys {
        if let index = facts.index(of: key.here.name) { facts.fields[index].nullable = false }
      }
    case .left: break
    }
    if case .semi = kind { return facts.chosen(by: side) }
    // What is looked up by a quasi-identifier is one in other words, as with `recode`.
    let looked = Privacy.union(keys.map(\.here.privacy)).only([.quasi])
    let fields = taken.map { one in
      var field = one.there
      field.name = one.name
      if !looked.classes.isEmpty {
        field.privacy = field.privacy.union(looked)
        (field.amount, field.isDecided) = (nil, true)
      }
      // Several rows may take the same count, so that their sum is not a count.
      field.counts?.isAdditive = false
      if case .left = kind { field.nullable = true }
      return field
    }
    let own = input.sharesGroups(with: side) ? [] : Set(fields.map(\.name))
    facts = facts.acrossRows(fields, but: own, of: side, at: position)
    if !taken.isEmpty || allowsMany { facts = facts.taking(from: side) }
    return allowsMany ? facts.repeatingRows() : facts
  }
}

extension JoinOptions {
  static let declarations: [OptionDeclaration] = [
    OptionDeclaration(
      "with", .table, required: true,
      Message(en: "The step or source to look in.", fr: "L’étape ou la source où chercher.")),
    OptionDeclaration(
      "key", .either([.fields, .map(keys: "field", .field)]), required: true,
      Message(
        en: "The fields that must be equal; `{here: there}` when they have different names. "
          + "Empty keys match nothing.",
        fr: "Les champs qui doivent être égaux ; `{ici: là}` quand leurs noms diffèrent. Une clé "
          + "vide ne correspond à rien.")),
    OptionDeclaration(
      "kind", .choice(["inner", "left", "semi", "anti"]), default: "inner",
      Message(
        en: "Which rows stay: those with a match (inner), all (left), those with a match but "
          + "nothing taken (semi), those without (anti).",
        fr: "Les lignes qui restent : celles qui ont une correspondance (inner), toutes (left), "
          + "celles qui en ont une sans rien en prendre (semi), celles qui n’en ont pas (anti).")),
    OptionDeclaration(
      "take", .either([.fields, .map(keys: "field", .name)]),
      Message(
        en: "The fields to take, all but the key by default; `{there: here}` gives them other "
          + "names.",
        fr: "Les champs à prendre, par défaut tous sauf la clé ; `{là: ici}` leur donne d’autres "
          + "noms.")),
    OptionDeclaration(
      "many", .choice(["error", "allow"]), default: "error",
      Message(
        en: "Whether a row may match several rows there, and so come out several times.",
        fr: "Si une ligne peut correspondre à plusieurs là-bas, et sortir alors plusieurs fois.")),
    OptionDeclaration(
      "unmatched",
      .record([
        OptionDeclaration(
          "at_most", .limit, required: true,
          Message(
            en: "A share of the rows such as 1%, or a count.",
            fr: "Une part des lignes, comme 1%, ou un nombre."))
      ]),
      Message(
        en: "How many rows may find no match, empty keys included; beyond, the run fails.",
        fr: "Combien de lignes peuvent rester sans correspondance, clés vides comprises ; au-delà, "
          + "l’exécution échoue.")),
    OptionDeclaration(
      "ignore",
      .either([
        .choice(KeyLikeness.names), .list(.choice(KeyLikeness.names)),
      ]),
      Message(
        en: "What does not count when texts are compared; `punctuation` is all but letters and "
          + "digits, blanks too.",
        fr: "Ce qui ne compte pas quand des textes sont comparés ; `punctuation` est tout sauf "
          + "lettres et chiffres, y compris les blancs.")),
  ]
}
