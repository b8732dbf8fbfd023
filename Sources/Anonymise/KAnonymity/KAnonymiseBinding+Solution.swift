import StageKit

extension KAnonymiseBinding {
  /// The solution's file, with what it is to be for; nil without one, or after diagnostics.
  static func solution(
    _ options: Options, _ quasi: [Quasi], person: Field?, _ sensitive: [Sensitive],
    _ binding: Binding
  ) -> SolutionUse? {
    guard let node = options["solution"] else { return nil }
    let limit =
      switch options["suppress_at_most"].flatMap({ RowLimit($0) }) {
      case nil: "0"
      case .count(let most): String(most)
      case .share(let perMillion): "\(perMillion) millionths"
      }
    let rules = sensitive.sorted { $0.field.name < $1.field.name }.flatMap { one in
      [one.field.name] + one.plan.rules.map(\.told).sorted()
    }
    let asked =
      [
        "k \(options["k"]?.integer ?? 0)", "person \(person?.name ?? "\u{1}row")",
        "objective \(options["objective"]?.text ?? "loss_geometric")", "suppress \(limit)",
        "local_recoding \(options["local_recoding"]?.integer ?? 0)",
      ] + weighed(options["weights"]) + population(options["population"]) + rules
    let trees =
      quasi.map { ($0.field.name, $0.levels) }
      + sensitive.compactMap { one in
        one.plan.hierarchy.map { ("\u{1}" + one.field.name, $0) }
      }
    return SolutionUse(
      node, PinnedSolution.Purpose(options: asked, hierarchies: trees),
      quasi.map { ($0.field.name, $0.levels.count) },
      rounds: 1 + (options["local_recoding"]?.integer ?? 0), binding)
  }

  private static func weighed(_ node: SpecNode?) -> [String] {
    (node?.entries ?? []).map { "weight \($0.value.number ?? 0) \($0.key)" }.sorted()
  }

  private static func population(_ node: SpecNode?) -> [String] {
    ["table", "count", "k_map", "presence_at_least", "presence_at_most"].compactMap { name in
      guard let node = node?[name] else { return nil }
      return name + " " + (node.number.map { "\($0)" } ?? node.text ?? "")
    }
  }
}
