import StageKit
import Tabular

/// Reads how an index is computed.
struct MethodReader {
  private let binding: Binding

  init(_ binding: Binding) { self.binding = binding }

  func method(_ node: SpecNode) -> IndexMethod {
    var method = IndexMethod()
    method.imputation = node["imputation"]?.text.flatMap { Imputation.names[$0] } ?? .none
    method.screening.data = NormalisationReader.share(node["screening"]?["data"])
    method.screening.nonzero = NormalisationReader.share(node["screening"]?["nonzero"])
    method.screening.countsImputed = node["screening"]?["counts"]?.text != "observed"
    if let treatment = node["treatment"] {
      method.treatment = NormalisationReader.treatment(treatment)
    }
    if let normalisation = node["normalisation"] {
      method.normalisation = read(normalisation)
    }
    method.rankedFrom = NormalisationReader.share(node["ranked_from"]) ?? 0
    for level in MethodDeclarations.levels {
      method.weightings[level] = node["weights"]?[level.rawValue]?.text
        .flatMap { IndexMethod.Weighting(rawValue: $0) }
      guard let one = node["aggregation"] else { continue }
      let own = one.text == nil ? one[level.rawValue] : one
      if let own { method.compositions[level] = composition(own) }
    }
    return method
  }

  private func composition(_ node: SpecNode) -> IndexMethod.Composition {
    if node.text == nil, node["method"]?.text == "power", (node["power"]?.number ?? 0) == 0 {
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(
          en: "a power mean needs `power:`, not 0 (that is `geometric`)",
          fr: "une moyenne de puissance demande `power:`, non nul (0 est `geometric`)"),
        remedy: IndexMessages.sayPower)
    }
    return IndexMethod.Composition(
      aggregation: NormalisationReader.aggregation(node),
      data: NormalisationReader.share(node["data"]) ?? 0)
  }

  private func read(_ node: SpecNode) -> Normalisation {
    if let range = node["range"]?.items, range.count != 2 {
      binding.diagnostics.error(
        "wrong-value", at: node.position, IndexMessages.twoPosts,
        remedy: IndexMessages.asTwoPosts)
    }
    let (method, unit) = NormalisationReader.read(node)
    if case .reference = method, unit == nil {
      binding.diagnostics.error(
        "missing-key", at: node.position,
        Message(
          en: "which unit is the reference?",
          fr: "quelle unité est la référence ?"),
        remedy: IndexMessages.sayUnit)
    }
    return method
  }
}

/// Whether means that need scores above 0 get them, as far as that can be told without data.
struct FloorCheck {
  let tree: IndexTree
  let method: IndexMethod
  let uncertainty: Uncertainty?
  let binding: Binding

  func check(_ node: SpecNode) {
    let doubted = uncertainty?.aggregations.contains(where: \.needsPositive) == true
    for element in tree.composites {
      let own = method.composition(tree.nodes[element].level).aggregation.needsPositive
      guard own || doubted else { continue }
      for child in tree.nodes[element].children {
        guard let place = tree.nodes[child].indicator else { continue }
        let normalisations =
          [tree.indicators[place].normalisation ?? method.normalisation]
          + (uncertainty?.normalisations ?? [])
        guard normalisations.contains(where: { ($0.floor ?? 1) <= 0 }) else { continue }
        binding.diagnostics.error(
          "no-floor", at: (node["aggregation"] ?? node["uncertainty"] ?? node).position,
          IndexMessages.noFloor(tree.nodes[element].name), remedy: IndexMessages.giveFloor)
        return
      }
    }
    for indicator in tree.indicators where indicator.measure != nil {
      switch indicator.normalisation ?? method.normalisation {
      case .goalposts where indicator.posts == nil:
        missing("goalposts", indicator.name, node)
      case .target where indicator.target == nil: missing("target", indicator.name, node)
      default: break
      }
    }
  }

  private func missing(_ key: String, _ name: String, _ node: SpecNode) {
    binding.diagnostics.error(
      "missing-key", at: node.position,
      Message(
        en: "indicator '\(name)' needs '\(key)' for its normalisation",
        fr: "l’indicateur « \(name) » a besoin de « \(key) » pour sa normalisation"),
      remedy: IndexMessages.sayFor(key, name))
  }
}
