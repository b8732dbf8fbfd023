/// How an index is computed of its indicators.
struct IndexMethod: Sendable {
  /// Which units take part.
  struct Screening: Sendable {
    /// Shares of the indicators, 0…1.
    var data: Double?
    var nonzero: Double?
    /// Whether what was imputed counts as data.
    var countsImputed = true
  }

  /// How the scores of an element come from those below it.
  struct Composition: Sendable {
    var aggregation = Aggregation.arithmetic
    /// The share of its elements that must be there, 0…1.
    var data = 0.0
  }

  /// Where the weights of the elements below an element come from.
  enum Weighting: String, Sendable, CaseIterable {
    case declared, equal, pca
  }

  var imputation = Imputation.none
  var screening = Screening()
  var treatment = Treatment.none
  var normalisation = Normalisation.minMax(low: 0, high: 100)
  /// By the level whose scores are made.
  var compositions: [IndexTree.Level: Composition] = [:]
  /// By the level of what they make up.
  var weightings: [IndexTree.Level: Weighting] = [:]
  /// The share of the index's weight that a unit must have data for to be ranked, 0…1.
  var rankedFrom = 0.0
  /// Whether outliers, or scales, are those of all periods together.
  var treatsTogether = true
  var normalisesTogether = true

  func composition(_ level: IndexTree.Level) -> Composition {
    compositions[level] ?? Composition()
  }
}
