import StageKit
import Tabular

extension KAnonymiseBinding {
  /// A sensitive field with what is asked of it.
  struct Sensitive {
    let field: Field
    let node: SpecNode
    let plan: SensitiveField
    let spreads: Set<Anonymity.Spread>
  }

  static func sensitive(_ node: SpecNode?, _ quasi: [Quasi], _ binding: Binding) -> [Sensitive] {
    (node?.entries ?? []).compactMap { entry in
      guard let field = binding.field(entry.keyNode) else { return nil }
      hold(field, at: entry.keyNode, binding)
      if quasi.contains(where: { $0.field.name == field.name }) {
        binding.diagnostics.error(
          "repeated-field", at: entry.keyPosition,
          Message(
            en: "'\(field.name)' is a quasi-identifier: its values are no secret of a class",
            fr: "« \(field.name) » est un quasi-identifiant : ses valeurs ne sont pas le secret "
              + "d’une classe"))
      }
      return sensitive(field, entry, binding)
    }
  }

  private static func sensitive(
    _ field: Field, _ entry: SpecNode.Entry, _ binding: Binding
  ) -> Sensitive? {
    let asked = entry.value
    func millionths(_ name: String) -> Int? {
      asked[name]?.number.map { Int(($0 * 1_000_000).rounded()) }
    }
    var (rules, spreads): ([SensitiveField.Rule], Set<Anonymity.Spread>) = ([], [])
    if let l = asked["distinct"]?.integer {
      rules.append(.distinct(l))
      spreads.insert(.distinct(l))
    }
    if let l = millionths("entropy") {
      rules.append(.entropy(millionths: l))
      spreads.insert(.entropy(millionths: l))
    }
    if let recursive = asked["recursive"], let c = recursive["c"]?.number,
      let l = recursive["l"]?.integer
    {
      let c = Int((c * 1_000_000).rounded())
      rules.append(.recursive(millionths: c, l))
      spreads.insert(.recursive(millionths: c, l))
    }
    let file = asked["hierarchy"]
    if let t = millionths("closeness") {
      let isOrdered = asked["ground"]?.text == "ordered"
      let ground: SensitiveField.Ground =
        file != nil ? .hierarchical : isOrdered ? .ordered : .equal
      rules.append(.closeness(millionths: t, ground))
      spreads.insert(
        .closeness(
          millionths: t,
          file.map { .hierarchical($0.text ?? "") } ?? (isOrdered ? .ordered : .equal)))
    }
    if let likeness = asked["likeness"], let beta = likeness["beta"]?.number {
      let beta = Int((beta * 1_000_000).rounded())
      let isEnhanced = likeness["kind"]?.text == "enhanced"
      rules.append(.likeness(millionths: beta, isEnhanced: isEnhanced))
      spreads.insert(.betaLikeness(millionths: beta, isEnhanced: isEnhanced))
    }
    if let delta = millionths("disclosure") {
      rules.append(.disclosure(millionths: delta))
      spreads.insert(.disclosure(millionths: delta))
    }
    if rules.isEmpty {
      binding.diagnostics.error(
        "missing-key", at: entry.keyPosition,
        Message(
          en: "nothing is asked of '\(field.name)'", fr: "rien n’est demandé de « \(field.name) »"))
      return nil
    }
    var hierarchy: [[String]]?
    if let file {
      guard let levels = HierarchyOptions.levels(file, binding) else { return nil }
      hierarchy = levels
    }
    let plan = SensitiveField(
      name: field.name, rules: rules, isNumber: field.type == .integer, hierarchy: hierarchy)
    return Sensitive(field: field, node: entry.keyNode, plan: plan, spreads: spreads)
  }

  /// What the models asked for do not go with.
  static func checkModels(_ options: Options, _ sensitive: [Sensitive], _ binding: Binding) {
    if options["k"]?.integer == 1, let place = options["k"], sensitive.isEmpty,
      options["population"] == nil
    {
      binding.diagnostics.error(
        "wrong-value", at: place.position,
        Message(
          en: "a class of one person hides nobody: ask for more, or for another model",
          fr: "une classe d’une personne ne cache personne : demandez plus, ou un autre modèle"))
    }
    guard let population = options["population"],
      let place = population["presence_at_least"] ?? population["presence_at_most"],
      (options["local_recoding"]?.integer ?? 0) > 0
    else { return }
    binding.diagnostics.error(
      "wrong-value", at: place.position,
      Message(
        en: "with `local_recoding` persons alike stand in several classes: no share of a "
          + "population is known of one",
        fr: "avec `local_recoding` des personnes pareilles sont dans plusieurs classes : on ne "
          + "connaît d’aucune la part d’une population"))
  }
}
