import Glibc

/// How outliers of an indicator are treated before it is normalised.
struct Treatment: Sendable, Hashable {
  /// What is done where winsorising is not enough.
  enum Fallback: String, Sendable, CaseIterable {
    case none
    /// ln(x − min + 0.01·range).
    case log
    /// ln((max − 1)(x − min)/range + 1), of the Global Innovation Index.
    case logGII = "log_gii"
    /// ln(x − min + 1).
    case logShift = "log_shift"
  }

  enum Kind: String, Sendable, CaseIterable {
    case none
    /// Winsorised while it fails the rule, then what `fallback` says.
    case winsorise
    /// Transformed by `fallback` where it fails the rule.
    case transform
  }

  var kind = Kind.winsorise
  var fallback = Fallback.log
  /// Winsorising goes on while fewer points than this are treated.
  var points = 5
  var skewness = 2.0
  var kurtosis = 3.5

  static let none = Treatment(kind: .none)

  /// What became of an indicator.
  struct Outcome: Sendable, Hashable {
    /// What was done in the end.
    var applied = "none"
    var high = 0
    var low = 0
    var before: (skewness: Double, kurtosis: Double)
    var after: (skewness: Double, kurtosis: Double)
    var passes: Bool
    /// The rows whose values were replaced by others' (not by a transformation).
    var replaced: Set<Int> = []

    static func == (left: Outcome, right: Outcome) -> Bool {
      left.applied == right.applied && left.replaced == right.replaced
    }

    func hash(into hasher: inout Hasher) { hasher.combine(replaced) }
  }

  private func shape(_ values: [Double]) -> (skewness: Double, kurtosis: Double) {
    (Statistics.skewness(values), Statistics.kurtosis(values))
  }

  /// Whether no treatment is needed. Too few values to tell, or values that are all equal, pass.
  private func passes(_ shape: (skewness: Double, kurtosis: Double)) -> Bool {
    if shape.skewness.isNaN { return true }
    if abs(shape.skewness) < skewness { return true }
    return shape.kurtosis.isNaN || shape.kurtosis < kurtosis
  }

  /// A column after treatment, and what was done.
  func treated(_ values: [Double]) -> (values: [Double], outcome: Outcome) {
    let before = shape(values)
    var outcome = Outcome(before: before, after: before, passes: passes(before))
    guard kind != .none, !outcome.passes else { return (values, outcome) }
    var now = values
    if kind == .winsorise {
      outcome.applied = "winsorise"
      now = winsorised(values, &outcome)
      if outcome.passes || fallback == .none { return (now, outcome) }
    }
    guard let transformed = transformed(values) else { return (now, outcome) }
    outcome = Outcome(
      applied: fallback.rawValue, before: before, after: shape(transformed),
      passes: passes(shape(transformed)))
    return (transformed, outcome)
  }

  private func winsorised(_ values: [Double], _ outcome: inout Outcome) -> [Double] {
    var now = values
    var (high, low): (Set<Int>, Set<Int>) = ([], [])
    while !outcome.passes, high.count + low.count < points {
      guard let range = Statistics.range(now), range.least < range.greatest else { break }
      let isHigh = outcome.after.skewness >= 0
      let edge = isHigh ? range.greatest : range.least
      let rows = now.indices.filter { now[$0] == edge }
      let rest = Statistics.range(now.filter { $0 != edge })
      guard let next = isHigh ? rest?.greatest : rest?.least else { break }
      for row in rows { now[row] = next }
      // All that stand at the edge were treated, now or before.
      if isHigh { high.formUnion(rows) } else { low.formUnion(rows) }
      outcome.after = shape(now)
      outcome.passes = passes(outcome.after)
    }
    (outcome.high, outcome.low, outcome.replaced) = (high.count, low.count, high.union(low))
    return now
  }

  /// - Returns: nil where the transformation does not exist for these values.
  private func transformed(_ values: [Double]) -> [Double]? {
    guard let (least, greatest) = Statistics.range(values), least < greatest else { return nil }
    let width = greatest - least
    switch fallback {
    case .none: return nil
    case .log: return values.map { log($0 - least + 0.01 * width) }
    case .logShift: return values.map { log($0 - least + 1) }
    case .logGII:
      guard greatest > 0 else { return nil }
      return values.map { log((greatest - 1) * ($0 - least) / width + 1) }
    }
  }
}
