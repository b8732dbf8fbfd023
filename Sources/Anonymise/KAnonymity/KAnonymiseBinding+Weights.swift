import StageKit
import Tabular

extension KAnonymiseBinding {
  /// By quasi-identifier; none where nothing is said.
  static func weights(_ options: Options, _ quasi: [Quasi]) -> [Double] {
    guard let node = options["weights"] else { return [] }
    return quasi.map { node[$0.field.name]?.number ?? 1 }
  }

  static func checkWeights(_ options: Options, _ quasi: [Quasi], _ binding: Binding) {
    guard let node = options["weights"] else { return }
    let names = (options["quasi"]?.entries ?? []).map(\.key)
    for entry in node.entries ?? [] where !names.contains(entry.key) {
      let near = Suggestion.nearest(to: entry.key, among: names)
      binding.diagnostics.error(
        "unknown-field", at: entry.keyPosition,
        Message(
          en: "'\(entry.key)' is none of the quasi-identifiers"
            + (near.map { " (did you mean '\($0)'?)" } ?? ""),
          fr: "« \(entry.key) » n’est aucun des quasi-identifiants"
            + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? "")))
    }
    if !weights(options, quasi).contains(where: { $0 > 0 }), !quasi.isEmpty {
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(
          en: "one quasi-identifier at least weighs more than 0",
          fr: "un quasi-identifiant au moins pèse plus que 0"))
    }
    let objective = options["objective"]
    guard ["discernibility", "class_size"].contains(objective?.text) else { return }
    binding.diagnostics.error(
      "wrong-value", at: node.position,
      Message(
        en: "'\(objective?.text ?? "")' counts rows and no losses: weights change nothing",
        fr: "« \(objective?.text ?? "") » compte des lignes et non des pertes : les poids n’y "
          + "changent rien"))
  }
}
