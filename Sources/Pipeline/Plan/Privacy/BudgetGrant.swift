import StageKit
import Tabular

extension Charter {
  /// Whether noise hides the persons behind a table from an audience that has a budget for it:
  /// then its small counts give nobody away.
  func isHidden(_ facts: Facts, from audience: Audience) -> Bool {
    budgets[audience.name] != nil && facts.guarantees.contains(where: \.isNoise)
  }
}

/// What an audience may learn of the persons in one source, by noisy figures, in all.
public struct BudgetGrant: Sendable, Hashable {
  /// ε in millionths, over all releases together.
  public let epsilonMillionths: Int
  /// δ at which ε is told, as a power of ten.
  public let deltaExponent: Int

  public init(epsilonMillionths: Int, deltaExponent: Int) {
    (self.epsilonMillionths, self.deltaExponent) = (epsilonMillionths, deltaExponent)
  }

  /// The charter's key `budgets`.
  static let declaration = OptionDeclaration(
    "budgets",
    .map(
      keys: "audience",
      .record([
        OptionDeclaration(
          "epsilon", .number(0...1000), required: true,
          Message(
            en: "ε of all noisy releases together, of each source.",
            fr: "ε de toutes les publications bruitées ensemble, de chaque source.")),
        OptionDeclaration(
          "delta", .number(0...0.001), default: "1e-9",
          Message(
            en: "δ at which it is told: a power of ten.",
            fr: "δ auquel il est exprimé : une puissance de dix.")),
      ])),
    Message(
      en: "What each audience may learn by noisy figures (dp_aggregate).",
      fr: "Ce que chaque public peut apprendre par des chiffres bruités (dp_aggregate)."))

  /// - Parameter charter: a charter's top.
  static func grants(of charter: SpecNode, _ diagnostics: Diagnostics) -> [String: BudgetGrant] {
    var grants: [String: BudgetGrant] = [:]
    for entry in charter["budgets"]?.entries ?? [] {
      if charter["audiences"]?[entry.key] == nil {
        diagnostics.error(
          "unknown-audience", at: entry.keyPosition, NoiseMessages.unknownAudience(entry.key))
      }
      guard let epsilon = epsilon(entry.value["epsilon"]), let delta = delta(entry.value["delta"])
      else {
        diagnostics.error("wrong-value", at: entry.value.position, NoiseMessages.wrongGrant)
        continue
      }
      grants[entry.key] = BudgetGrant(epsilonMillionths: epsilon, deltaExponent: delta)
    }
    return grants
  }

  private static func epsilon(_ node: SpecNode?) -> Int? {
    guard let value = node?.value(as: .decimal)?.asDecimal?.trimmed, value.scale <= 6,
      let digits = value.rescaled(to: 6)?.digits, (1...1_000_000_000).contains(digits)
    else { return nil }
    return Int(digits)
  }

  private static func delta(_ node: SpecNode?) -> Int? {
    guard let node else { return -9 }
    return (-15 ... -3).first { Double("1e\($0)") == node.number }
  }
}
