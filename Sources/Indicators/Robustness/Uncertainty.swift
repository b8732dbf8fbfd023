import StageKit
import Tabular

/// What could have been chosen otherwise, and how often that is tried.
struct Uncertainty: Sendable {
  var draws = 1000
  var seed: UInt64 = 1
  /// Each weight is multiplied by between 1 − this and 1 + this; 0 for no doubt.
  var weights = 0.0
  /// Empty where there is no doubt.
  var treatments: [Treatment] = []
  var normalisations: [Normalisation] = []
  var aggregations: [Aggregation] = []
  /// Base sample of the sensitivity indices.
  var sobol = 512
  var bootstrap = 1000

  enum Factor: String, Sendable, CaseIterable {
    case weights, treatment, normalisation, aggregation
  }

  /// What is in doubt, in one order.
  var factors: [Factor] {
    Factor.allCases.filter { factor in
      switch factor {
      case .weights: weights > 0
      case .treatment: treatments.count > 1
      case .normalisation: normalisations.count > 1
      case .aggregation: aggregations.count > 1
      }
    }
  }
}

/// Reads what is doubted.
struct UncertaintyReader {
  private let binding: Binding

  init(_ binding: Binding) { self.binding = binding }

  func read(_ node: SpecNode) -> Uncertainty {
    var uncertainty = Uncertainty()
    uncertainty.draws = node["draws"]?.integer ?? 1000
    uncertainty.seed = UInt64(clamping: node["seed"]?.integer ?? 1)
    uncertainty.weights = node["weights"]?.number ?? 0
    uncertainty.treatments = (node["treatment"]?.items ?? []).map(NormalisationReader.treatment)
    uncertainty.normalisations =
      (node["normalisation"]?.items ?? []).map { NormalisationReader.read($0).method }
    uncertainty.aggregations =
      (node["aggregation"]?.items ?? []).map(NormalisationReader.aggregation)
    uncertainty.sobol = node["sobol"]?.integer ?? 512
    uncertainty.bootstrap = node["bootstrap"]?.integer ?? 1000
    if uncertainty.factors.isEmpty {
      binding.diagnostics.error(
        "no-doubt", at: node.position,
        Message(
          en: "nothing is uncertain here",
          fr: "rien n’est incertain ici"),
        remedy: Message(
          en: "say `weights: 0.25`, or two or more treatments, normalisations or aggregations",
          fr: "dites `weights: 0.25`, ou plusieurs traitements, normalisations ou agrégations"))
    }
    return uncertainty
  }
}
