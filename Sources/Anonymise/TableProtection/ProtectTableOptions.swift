import StageKit
import Tabular

/// What `protect_table` is asked, checked.
struct ProtectTableOptions {
  /// `with`, by names.
  struct Link {
    let table: Facts
    let name: String
    let keys: [String]
    let shared: Facts
    let sharedName: String
  }

  static let declarations = TableShape.declarations + own

  private static let own = [
    OptionDeclaration(
      "min_count", .integer(2...1_000_000), required: true,
      Message(
        en: "Contributors that a published cell has at least.",
        fr: "Le nombre minimal de contributeurs d’une case publiée.")),
    OptionDeclaration(
      "count", .field,
      Message(
        en: "The count of rows; by default the only field that is one.",
        fr: "Le compte de lignes ; par défaut le seul champ qui en est un.")),
    OptionDeclaration(
      "margins", .choice(["known", "none"]), default: "known",
      Message(
        en:
          "Whether readers may know totals that are not in the table; `none` promises that they "
          + "are never published anywhere.",
        fr:
          "Si les lecteurs peuvent connaître des totaux absents du tableau ; `none` promet qu’ils "
          + "ne sont publiés nulle part.")),
    OptionDeclaration(
      "width", .integer(1...1_000_000),
      Message(
        en: "How far apart the counts must lie, at least, that a suppressed cell may have; by "
          + "default min_count.",
        fr: "L’écart minimal des comptes possibles d’une case supprimée ; par défaut min_count.")),
    OptionDeclaration(
      "dominance",
      .record(
        [
          OptionDeclaration(
            "at_most", .limit, required: true,
            Message(
              en: "The largest contributor's share of a cell, at most.",
              fr: "La part maximale du plus grand contributeur d’une case."))
        ] + contributions.dropLast()),
      Message(
        en: "Cells that one contributor dominates are suppressed, too.",
        fr: "Les cases qu’un contributeur domine sont aussi supprimées.")),
    OptionDeclaration(
      "p_percent",
      .record(
        [
          OptionDeclaration(
            "p", .number(0.0001...1000), required: true,
            Message(
              en:
                "How closely, in percent, the second contributor may know the largest, at most.",
              fr:
                "À combien près, en pour cent, le deuxième contributeur peut connaître le premier, "
                + "au plus."))
        ] + contributions),
      Message(
        en:
          "Cells are suppressed, too, whose contributions but the two largest make up less than "
          + "p % of the largest.",
        fr:
          "Les cases dont les contributions, sauf les deux plus grandes, font moins de p % de la "
          + "plus grande sont aussi supprimées.")),
    OptionDeclaration(
      "pq",
      .record(
        [
          OptionDeclaration(
            "p", .number(0.0001...1000), required: true,
            Message(
              en:
                "How closely, in percent, contributors may be known after publication, at most.",
              fr: "À combien près, en pour cent, les contributeurs peuvent être connus après "
                + "publication, au plus.")),
          OptionDeclaration(
            "q", .number(0.0001...1000), required: true,
            Message(
              en: "How closely, in percent, they are known before.",
              fr: "À combien près, en pour cent, ils le sont avant.")),
        ] + contributions),
      Message(
        en: "As p_percent, with p/q for p %.",
        fr: "Comme p_percent, avec p/q pour p %.")),
    OptionDeclaration(
      "with",
      .record([
        OptionDeclaration(
          "table", .table, required: true,
          Message(
            en: "The step that gives the other table, as it is published.",
            fr: "L’étape qui donne l’autre tableau, tel qu’il est publié.")),
        OptionDeclaration(
          "by", .fields, required: true,
          Message(en: "Its dimensions.", fr: "Ses dimensions.")),
        OptionDeclaration(
          "shared", .table, required: true,
          Message(
            en:
              "A step that counts the same rows by the dimensions of both; it is not published.",
            fr:
              "Une étape qui compte les mêmes lignes selon les dimensions des deux ; elle n’est "
              + "pas publiée.")),
      ]),
      Message(
        en: "Another table of the same rows, such as by another division of the town: no small "
          + "count may be the difference of the two. All counts have the same name.",
        fr:
          "Un autre tableau des mêmes lignes, par exemple selon un autre découpage de la ville : "
          + "aucun petit compte ne doit être la différence des deux. Tous les comptes ont le même "
          + "nom.")),
    OptionDeclaration(
      "history",
      .record([
        OptionDeclaration(
          "name", .name, required: true,
          Message(
            en: "The table's name; the same in all pipelines of the project that publish it.",
            fr: "Le nom du tableau ; le même dans tous les pipelines du projet qui le publient.")),
        OptionDeclaration(
          "cumulative", .boolean, default: "false",
          Message(
            en: "Whether counts only grow, and readers know it; cells that were suppressed then "
              + "stay so.",
            fr: "Si les comptes ne font que croître, et que les lecteurs le savent ; les cases "
              + "supprimées le restent alors.")),
      ]),
      Message(
        en: "Releases are remembered, and cells are suppressed, too, that differ by less than "
          + "min_count from what was published before.",
        fr:
          "Les publications sont retenues, et les cases qui diffèrent de moins de min_count de ce "
          + "qui fut publié sont aussi supprimées.")),
  ]

  private static let contributions = [
    OptionDeclaration(
      "value", .field, required: true,
      Message(en: "The cell's total.", fr: "Le total de la case.")),
    OptionDeclaration(
      "largest", .field, required: true,
      Message(
        en: "The largest contribution; it is not given out.",
        fr: "La plus grande contribution ; elle n’est pas donnée.")),
    OptionDeclaration(
      "second", .field, required: true,
      Message(
        en: "The second largest; it is not given out.",
        fr: "La deuxième ; elle n’est pas donnée.")),
  ]

  let keys: [String]
  let axes: [TableAxis]
  let measures: [String]
  let dropped: Set<String>
  let count: Field
  let minCount: Int
  let width: Int
  let knowsMargins: Bool
  /// `dominance`, `p_percent` and `pq`.
  let amounts: [CellRule]
  let history: (name: String, isCumulative: Bool)?
  let link: Link?

  /// The largest contributor's share of a cell, at most, in millionths; nil for none.
  var dominance: Int? { amounts.first { $0.kind == .dominance }?.share }

  /// The fields that are read whatever is wanted.
  var reads: Set<String> {
    Set(keys).union([count.name]).union(amounts.flatMap(\.fields))
  }

  init(_ options: Options, _ binding: Binding) throws {
    let input = binding.input
    let shape = try TableShape(options, binding, for: "protect_table")
    (keys, axes) = (shape.keys, shape.axes)
    let counted = Self.count(options, binding)
    minCount = try binding.require(options["min_count"]?.integer)
    width = options["width"]?.integer ?? minCount
    knowsMargins = options["margins"]?.text != "none"
    let rules = ["dominance", "p_percent", "pq"].compactMap { name in
      options[name].flatMap { Self.amount(name, $0, binding) }
    }
    amounts = rules
    history = options["history"].flatMap { node in
      node["name"]?.text.map { ($0, node["cumulative"]?.boolean == true) }
    }
    link = Self.link(options["with"], keys, counted?.name, binding)
    try binding.settle()
    let counting = try binding.require(counted)
    count = counting
    let own = keys
    let parts = Set(rules.flatMap { [$0.largest] + ($0.second.map { [$0] } ?? []) })
    let used = parts.union(rules.map(\.value)).union([counting.name])
    if !used.isDisjoint(with: own) || parts.contains(counting.name)
      || rules.contains(where: { parts.contains($0.value) })
    {
      binding.diagnostics.error(
        "repeated-field", at: options["by"]?.position ?? options.position,
        Message(
          en: "a field is a dimension, a total, a contribution or the count, and no two of these",
          fr: "un champ est une dimension, un total, une contribution ou le compte, et pas deux de "
            + "ceux-ci"))
      throw StageRejected()
    }
    dropped = parts
    let left = dropped
    measures = input.names.filter { !own.contains($0) && !left.contains($0) }
  }

  private static func count(_ options: Options, _ binding: Binding) -> Field? {
    let counting = binding.input.fields.filter { $0.counts != nil }
    guard let node = options["count"] else {
      if counting.count == 1 { return counting.first }
      binding.diagnostics.error(
        "missing-key", at: options.position,
        Message(
          en: "which field counts the rows of a cell? say `count:`",
          fr: "quel champ compte les lignes d’une case ? dites `count:`"),
        remedy: Message(
          en: "aggregate with `n: count()`", fr: "agrégez avec `n: count()`"))
      return nil
    }
    guard let field = binding.field(node) else { return nil }
    binding.isOfType(field, [.integer], at: node.position)
    if field.counts == nil, binding.input.isAboutPersons {
      binding.diagnostics.error(
        "not-a-count", at: node.position,
        Message(
          en: "'\(field.name)' is no count of all rows of a cell",
          fr: "« \(field.name) » n’est pas le compte de toutes les lignes d’une case"),
        remedy: Message(
          en: "aggregate with `n: count()`", fr: "agrégez avec `n: count()`"))
    }
    return field
  }

  private static func link(
    _ node: SpecNode?, _ keys: [String], _ count: String?, _ binding: Binding
  ) -> Link? {
    guard let node, let tableNode = node["table"], let sharedNode = node["shared"],
      let by = node["by"], let table = binding.table(tableNode),
      let shared = binding.table(sharedNode), let count
    else { return nil }
    let others = binding.fields(by, in: table)
    let wanted =
      keys.compactMap { binding.input.field($0) } + others
      + [table.field(count), binding.input.field(count)].compactMap { $0 }
    for (facts, place, fields) in [
      (table, tableNode, binding.input.field(count).map { [$0] } ?? []),
      (shared, sharedNode, wanted),
    ] {
      for field in fields where facts.field(field.name)?.type != field.type {
        binding.diagnostics.error(
          "unknown-field", at: place.position,
          Message(
            en: "this table has no field '\(field.name)' of type \(field.type.name)",
            fr: "ce tableau n’a pas de champ « \(field.name) » de type \(field.type.name)"))
      }
    }
    return Link(
      table: table, name: tableNode.text ?? "", keys: others.map(\.name), shared: shared,
      sharedName: sharedNode.text ?? "")
  }

  private static func amount(_ name: String, _ node: SpecNode, _ binding: Binding) -> CellRule? {
    let parts = ["value", "largest", "second"].compactMap { node[$0] }
    let fields = parts.compactMap { part in
      binding.field(part).flatMap {
        binding.isOfType($0, [.integer, .decimal], at: part.position) ? $0.name : nil
      }
    }
    if Set(fields).count < fields.count {
      binding.diagnostics.error(
        "repeated-field", at: node.position,
        Message(
          en: "total, largest and second largest contribution are different fields",
          fr: "le total, la plus grande contribution et la deuxième sont des champs différents"))
      return nil
    }
    var share = 0.0
    if let limit = node["at_most"] {
      guard case .share(let millionths)? = RowLimit(limit), millionths > 0 else {
        binding.diagnostics.error(
          "wrong-value", at: limit.position,
          Message(en: "expected a share such as 85%", fr: "on attend une part telle que 85%"))
        return nil
      }
      share = Double(millionths)
    } else {
      share = (node["p"]?.number ?? 0) * 1_000_000 / (node["q"]?.number ?? 100)
    }
    guard fields.count == parts.count, fields.count > 1 else { return nil }
    return CellRule(
      kind: name == "dominance" ? .dominance : .remainder, share: Int(share.rounded(.up)),
      value: fields[0], largest: fields[1], second: fields.count > 2 ? fields[2] : nil)
  }
}
